"""Operations that a manifest names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems


def operation_names(manifest: Manifest, value: Value, routes: Mapping[str, Route], problems: Problems) -> None:
    """Every operation that is named outside of `causes` must be there."""
    note_unknown("operation", (*_said(value), *_harmless(value)), routes, manifest, problems)


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
