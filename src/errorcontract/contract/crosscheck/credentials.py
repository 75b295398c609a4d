"""Credentials that a manifest names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems


def credential_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    """Every credential that a request is to be sent with must be there."""
    known = ["none", *(value.get("credentials") or {}).get("others", {})]
    note_unknown("credential", _credentials_said(value, ()), known, manifest, problems)


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
