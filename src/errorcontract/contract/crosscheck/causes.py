"""Causes that a manifest names."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems


def cause_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    """Every cause that is named must be there."""
    note_unknown("cause", _causes_said(value), value["causes"], manifest, problems)


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
