"""The places that the items of a list of violations name, and those that were wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from errorcontract.model import Contract, Promise, Violations, resolve
from errorcontract.rules.reading import MISSING, Reading

Path = tuple[str | int, ...]

_DOTTED = re.compile(r"[^./\[\]]+(?:\[[0-9]{1,9}\])*(?:\.[^./\[\]]+(?:\[[0-9]{1,9}\])*)*")
_PART = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_DEEPEST = 8


def named_by(reading: Reading, violations: Violations) -> list[str]:
    """What the items name, in their order."""
    items = reading.at(violations.items)
    found = (resolve(item, violations.field) for item in (items if isinstance(items, list) else ()))
    return [text for text in found if isinstance(text, str) and text.strip("./[]")]


def path_of(text: str, violations: Violations) -> Path | None:
    """A dotted path with indices in its parts, None where the text is none. A tolerated doubled head counts once."""
    if not _DOTTED.fullmatch(text):
        return None
    parts = tuple(int(index) if index else name for index, name in _PART.findall(text))
    heads = {folded(head) for head in violations.tolerated_heads}
    doubled = len(parts) > 1 and folded(parts[0]) == folded(parts[1]) and folded(parts[0]) in heads
    return parts[1:] if doubled else parts


def faults_of(promise: Promise) -> list[str]:
    """The places that were wrong; only the name of the field where no more is known."""
    return list(promise.field_names) or ([promise.field_name] if promise.field_name is not None else [])


def means(text: str, fault: str, violations: Violations) -> bool:
    """Whether what an item names is the place of a fault, or holds it, or lies in it."""
    path = path_of(text, violations)
    if violations.path != "body-path" or path is None or not fault.startswith("body/"):
        return _same_name(re.split(r"[./\[\]]+", text.strip("./[]")), fault, fold=violations.path == "body-path")
    wrong = [int(part) if part.isdecimal() else part for part in fault.split("/")[1:]]
    return all(folded(one) == folded(other) for one, other in zip(path, wrong, strict=False))


def _same_name(parts: Sequence[str], fault: str, *, fold: bool) -> bool:
    names = [part for part in parts if not part.isdecimal()]
    wrong = [part for part in fault.split("/") if not part.isdecimal()]
    if fold:
        names, wrong = [str(folded(name)) for name in names], [str(folded(name)) for name in wrong]
    return bool(names) and (wrong[-1] in names or names[-1] in wrong)


def folded(part: str | int) -> str | int:
    """A name as it is in snake and in camel case alike; an index as it is."""
    return part.replace("_", "").replace("-", "").lower() if isinstance(part, str) else part


def wrong_in(text: str, reading: Reading, contract: Contract, violations: Violations) -> str | None:
    """Why what an item names is no place of the body that was sent: its "form", an "index" or a "name"; else None."""
    path, operation = path_of(text, violations), contract.operations.get(reading.operation or "")
    return "form" if path is None else _astray(path, sent(reading), operation.body_schema if operation else None)


def sent(reading: Reading) -> dict[str, Any]:
    """The JSON object that was sent, which alone has places; empty where it was none."""
    return reading.sent if isinstance(reading.sent, dict) else {}


def _astray(path: Path, body: Any, schema: Mapping[str, Any] | None) -> str | None:
    """Where a path leads to nothing that was sent: "index" or "name". None: it leads somewhere.

    A documented member that is missing can't be there, so that the path to it is all right.
    """
    forms = list(_spread(schema))
    for part in path:
        inner = _inside(body, part)
        if inner is MISSING and (isinstance(part, int) or not _may_miss(body, part, forms)):
            return "index" if isinstance(part, int) else "name"
        body, forms = inner, [form for outer in forms for form in _forms_of(outer, part)]
    return None


def _inside(body: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return body[part] if isinstance(body, list) and part < len(body) else MISSING
    members = body if isinstance(body, dict) else {}
    return members.get(part, next((value for key, value in members.items() if folded(key) == folded(part)), MISSING))


def _may_miss(holder: Any, name: str, forms: Sequence[Mapping[str, Any]]) -> bool:
    if not (isinstance(holder, dict) or holder in (None, MISSING)):
        return False
    documented = [folded(member) for form in forms for member in form.get("properties", ())]
    return folded(name) in documented or (isinstance(holder, dict) and not documented)


def _spread(schema: Any, deep: int = 0) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, Mapping) and deep < _DEEPEST:
        yield schema
        for combination in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(combination, ()):
                yield from _spread(part, deep + 1)


def _forms_of(form: Mapping[str, Any], part: str | int) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, int):
        yield from _spread(form.get("items"))
    else:
        for name, inner in form.get("properties", {}).items():
            if folded(name) == folded(part):
                yield from _spread(inner)
