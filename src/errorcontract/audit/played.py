"""A case that is over."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.audit.heard import Heard
from errorcontract.audit.script import Script
from errorcontract.model import Conduct


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A case and what the client did."""

    script: Script
    heard: tuple[Heard, ...]
    conduct: Conduct
    only: frozenset[str] | None
