"""Checks across the files of a contract: every name must name something, every promise must be possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.inputs import places, schema_at
from errorcontract.contract.names import RESERVED, names_in
from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.model import LOST, Code

Value = Mapping[str, Any]


def cross_check(
    manifest: Manifest,
    value: Value,
    routes: Mapping[str, Route],
    codes: Mapping[str, Code] | None,
    problems: Problems,
) -> None:
    """Note every name in a manifest that names nothing. `codes` is None where a contract has no code table."""
    _operation_names(manifest, value, routes, problems)
    _cause_names(manifest, value, problems)
    _known_names(manifest, value, problems)
    _private_names(manifest, value, problems)
    _recipes(manifest, value, routes, problems)
    _pattern(manifest, value, problems)
    if codes is not None:
        _code_names(manifest, value, codes, problems)


def _operation_names(manifest: Manifest, value: Value, routes: Mapping[str, Route], problems: Problems) -> None:
    for path, name in (*_said(value), *_harmless(value)):
        if name not in routes:
            problems.add(manifest, path, unknown("operation", name, routes))


def _said(value: Value) -> Iterator[tuple[Path, str]]:
    """Every mention of an operation outside of `causes`."""
    yield from _said_beside(value)
    for id_, operation in value["operations"].items():
        for number, watch in enumerate(operation.get("watch", ())):
            yield ("operations", id_, "watch", number, "operation"), watch["operation"]
        for part in ("holder", "each") if "limited" in operation else ():
            yield ("operations", id_, "limited", part, "operation"), operation["limited"][part]["operation"]


def _said_beside(value: Value) -> Iterator[tuple[Path, str]]:
    """Every mention of an operation outside of `operations` and `causes`."""
    if value.get("ledger"):
        yield ("ledger", "operation"), value["ledger"]["operation"]
    for number, echo in enumerate((value.get("credentials") or {}).get("echoed_by", ())):
        yield ("credentials", "echoed_by", number, "operation"), echo["operation"]
    for name, known in value.get("data", {}).items():
        if isinstance(known, dict) and "learn" in known:
            yield ("data", name, "learn", "operation"), known["learn"]["operation"]
    for number, hidden in enumerate(value.get("hiding") or ()):
        for side in ("forbidden", "missing"):
            if "operation" in hidden[side]:
                yield ("hiding", number, side, "operation"), hidden[side]["operation"]


def _harmless(value: Value) -> Iterator[tuple[Path, str]]:
    for number, name in enumerate((value.get("retry_policy") or {}).get("harmless", ())):
        yield ("retry_policy", "harmless", number), name


def _cause_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    for path, name in _causes_said(value):
        if name not in value["causes"]:
            problems.add(manifest, path, unknown("cause", name, value["causes"]))


def _causes_said(value: Value) -> Iterator[tuple[Path, str]]:
    if value.get("rate_limit"):
        yield ("rate_limit", "cause"), value["rate_limit"]["cause"]
    if (value.get("credentials") or {}).get("lock_out"):
        yield ("credentials", "lock_out", "cause"), value["credentials"]["lock_out"]["cause"]
    for id_, operation in value["operations"].items():
        if "gone" in operation.get("makes", {}):
            yield ("operations", id_, "makes", "gone"), operation["makes"]["gone"]
        for place, field in operation.get("fields", {}).items():
            path = ("operations", id_, "fields", place)
            yield (*path, "cause"), field.get("cause", "invalid-field")
            if "unknown_cause" in field:
                yield (*path, "unknown_cause"), field["unknown_cause"]
        if "limited" in operation:
            yield ("operations", id_, "limited", "cause"), operation["limited"]["cause"]


def _known_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    data = value.get("data", {})
    parts = {key: value[key] for key in ("operations", "causes", "data") if key in value}
    for path, name, member in names_in(parts):
        if member is None and name not in data and name not in RESERVED:
            problems.add(manifest, path, unknown("value of the known data", name, [*data, *RESERVED]))
        elif member is not None:
            _earlier(manifest, value, path, (name, member), problems)
    _credential_names(manifest, value, problems)


def _earlier(manifest: Manifest, value: Value, path: Path, named: tuple[str, str], problems: Problems) -> None:
    """Check `{operation.name}`, or `{before.name}` in a recipe that sends something before."""
    name, member = named
    told = _before(value, path)
    operations, operation = value["operations"], told.get(name, name)
    if operation not in operations:
        problems.add(manifest, path, unknown("operation", name, [*told, *operations]))
    elif member not in (returned := operations[operation].get("returns", {})):
        problems.add(manifest, path, unknown(f"value returned by {operation}", member, returned))


def _before(value: Value, path: Path) -> dict[str, str]:
    """What is sent before in the recipe that holds a path: operation by name."""
    if path[:1] != ("causes",) or len(path) < 4 or path[2] != "provoke":  # noqa: PLR2004
        return {}
    recipe = value["causes"][path[1]]["provoke"][path[3]]
    return {before["name"]: before["operation"] for before in recipe.get("before", ()) if "name" in before}


def _credential_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    known = ["none", *(value.get("credentials") or {}).get("others", {})]
    for path, name in _credentials_said(value, ()):
        if name not in known:
            problems.add(manifest, path, unknown("credential", name, known))


def _credentials_said(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    parts = {key: value[key] for key in ("operations", "causes", "hiding") if key in value} if not path else value
    if isinstance(parts, dict):
        if path and isinstance(parts.get("as"), str) and path[-1] not in {"body", "query", "path", "change"}:
            yield (*path, "as"), parts["as"]
        for key, member in parts.items():
            yield from _credentials_said(member, (*path, key))
    elif isinstance(parts, list):
        for number, member in enumerate(parts):
            yield from _credentials_said(member, (*path, number))


def _recipes(manifest: Manifest, value: Value, routes: Mapping[str, Route], problems: Problems) -> None:
    for id_, cause in value["causes"].items():
        for number, recipe in enumerate(cause.get("provoke", ())):
            path: Path = ("causes", id_, "provoke", number)
            operation = value["operations"].get(recipe["operation"])
            if operation is None or recipe["operation"] not in routes:
                text = unknown("operation", recipe["operation"], value["operations"])
                problems.add(manifest, (*path, "operation"), text)
                continue
            names = [good["name"] for good in operation["good"]]
            if recipe.get("good", names[0]) not in names:
                problems.add(manifest, (*path, "good"), unknown("good request", recipe["good"], names))
            route = routes[recipe["operation"]]
            for place in recipe.get("change", {}):
                if schema_at(route, place) is None:
                    problems.add(manifest, (*path, "change", place), unknown("input", place, places(route)))
            for number_before, before in enumerate(recipe.get("before", ())):
                if before["operation"] not in value["operations"]:
                    text = unknown("operation", before["operation"], value["operations"])
                    problems.add(manifest, (*path, "before", number_before, "operation"), text)


def _pattern(manifest: Manifest, value: Value, problems: Problems) -> None:
    pattern = (value.get("request_id") or {}).get("pattern")
    try:
        re.compile(pattern or "")
    except (re.error, OverflowError, RecursionError) as error:
        problems.add(manifest, ("request_id", "pattern"), f"is no regular expression: {error}")


def _policy_names(manifest: Manifest, value: Value, codes: Mapping[str, Code], problems: Problems) -> None:
    """Check the codes of the retry policy; all else there is a status, a class of statuses, or "lost"."""
    for path, names in _answers_named(value.get("retry_policy") or {}):
        for place, name in enumerate(map(str, names)):
            if name not in codes and name != LOST and not re.fullmatch("[1-5](?:[0-9]{2}|xx)", name):
                problems.add(manifest, ("retry_policy", *path, "on", place), unknown("code", name, codes))


def _answers_named(policy: Value) -> Iterator[tuple[Path, Sequence[Any]]]:
    for key in ("answers", "unsafe"):
        yield from (((key, number), stance["on"]) for number, stance in enumerate(policy.get(key, ())))
    yield ("header_delay",), (policy.get("header_delay") or {}).get("on", ())


def _code_names(manifest: Manifest, value: Value, codes: Mapping[str, Code], problems: Problems) -> None:
    _policy_names(manifest, value, codes, problems)
    given: set[str] = set()
    for id_, cause in value["causes"].items():
        listed = cause.get("codes", ())
        given.update(listed)
        for number, name in enumerate(listed):
            if name not in codes:
                problems.add(manifest, ("causes", id_, "codes", number), unknown("code", name, codes))
        _statuses(manifest, id_, cause, [codes[name] for name in listed if name in codes], problems)
    for name in sorted(codes.keys() - given):
        if codes[name].provokable:
            text = f"no cause gives the code {name!r}, which the code table calls provokable"
            problems.add(manifest, ("causes",), text)


def _statuses(manifest: Manifest, id_: str, cause: Value, codes: list[Code], problems: Problems) -> None:
    statuses = set(cause.get("statuses", ()))
    allowed = set().union(*(code.statuses for code in codes))
    for code in codes:
        if statuses and code.statuses and not statuses & code.statuses:
            text = f"the code {code.code} comes with {sorted(code.statuses)}, none of which is listed"
            problems.add(manifest, ("causes", id_, "statuses"), text)
    if codes and all(code.statuses for code in codes) and statuses - allowed:
        problems.add(manifest, ("causes", id_, "statuses"), f"no code of it comes with {sorted(statuses - allowed)}")


def _private_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    """Known data that is marked must be there."""
    data = value.get("data", {})
    for kind, marked in value.get("private", {}).items():
        for number, name in enumerate(marked.get("data", ())):
            if name not in data:
                path = ("private", kind, "data", number)
                problems.add(manifest, path, unknown("value of the known data", name, data))
