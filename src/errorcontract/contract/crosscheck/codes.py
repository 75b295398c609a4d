"""Codes that a manifest names, their statuses, and codes that nothing provokes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.model import LOST, Code


def code_names(manifest: Manifest, value: Value, codes: Mapping[str, Code], problems: Problems) -> None:
    """Every code that is named must be in the code table, with a status that fits, and be given by some cause."""
    _policy_names(manifest, value, codes, problems)
    given: set[str] = set()
    for id_, cause in value["causes"].items():
        listed = cause.get("codes", ())
        given.update(listed)
        said = ((("causes", id_, "codes", number), name) for number, name in enumerate(listed))
        note_unknown("code", said, codes, manifest, problems)
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
