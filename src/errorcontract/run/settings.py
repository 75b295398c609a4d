"""What a run is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from errorcontract.exchange import Limits, Secrets
from errorcontract.model import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may decide about a run, and what the run is given by its surroundings."""

    journal: Path
    secrets: Secrets
    seed: int = 0
    budget: int | None = None
    rate: tuple[int, float] | None = None
    limit: tuple[int, float] | None = None
    overrides: Mapping[str, str] = field(default_factory=dict, repr=False)
    accepted: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    about: Mapping[str, Any] = field(default_factory=dict, repr=False)
    openapi: Any = None
    notice: Callable[[Exchange], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None
