"""Where the result of a run comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a run's result comes from: what was tested, by what, with which choices."""

    title: str = ""
    digest: str = ""
    folder: str = ""
    target: str = ""
    embedded: bool = False
    fault: str | None = None
    choices: tuple[str, ...] = ()
    seed: int | None = None
    budget: int | None = None
    rate: str | None = None
    fail_on: Severity = Severity.ERROR
    command: str = ""
    python: str = ""
    platform: str = ""
    commit: str | None = None
    repository: str | None = None
    document: str = ""
    """The contract's document, as a path in the repository that the run was started in."""
    whole: bool = False
    """Every question of the suites was to be asked."""
    versions: Mapping[str, str] = field(default_factory=dict)
