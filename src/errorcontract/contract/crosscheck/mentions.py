"""Names that a manifest mentions, and whether they name something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems, unknown

Value = Mapping[str, Any]
Mentions = Iterable[tuple[Path, str]]


def note_unknown(what: str, said: Mentions, known: Collection[str], manifest: Manifest, problems: Problems) -> None:
    """Note every mention of what is not known, with its place."""
    for path, name in said:
        if name not in known:
            problems.add(manifest, path, unknown(what, name, known))
