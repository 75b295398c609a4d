"""Keeps a baseline: takes findings of a run into it, drops those that are gone. From entries to entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from errorcontract.baseline.entry import Entry
from errorcontract.contract import nearest
from errorcontract.errors import UsageError
from errorcontract.reporting.acceptance import needed
from errorcontract.reporting.asked import question_of
from errorcontract.reporting.read_back import Told
from errorcontract.reporting.result import ReportedFinding, RunResult
from errorcontract.reporting.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """The entries as they are to stand, and what was done for that, by id."""

    entries: tuple[Entry, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    """Not seen, but the run did not ask for them, or can't tell: they stay."""


def accept(
    entries: Sequence[Entry], told: Iterable[Told], ids: Sequence[str], reason: str, expires: date | None
) -> Upkeep:
    """Take findings in: those of `ids`, without any all that are not there yet. Raises UsageError for a wrong id."""
    found = {one.id: _entry(run.run, one, reason, expires) for run in told for one in run.run.findings}
    missing = [name for name in ids if name not in found]
    if missing:
        raise UsageError(f"no finding {missing[0]!r} there{nearest(missing[0], found)}")
    known = {entry.id: entry for entry in entries}
    wanted = list(dict.fromkeys(ids)) or [name for name in found if name not in known]
    kept = tuple(found[entry.id] if entry.id in wanted else entry for entry in entries)
    added = tuple(name for name in wanted if name not in known)
    return Upkeep(
        entries=(*kept, *(found[name] for name in added)),
        added=added,
        changed=tuple(name for name in wanted if name in known and known[name] != found[name]),
    )


def drop_unneeded(entries: Sequence[Entry], told: Sequence[Told]) -> Upkeep:
    """Drop what the runs asked for and no longer found."""
    verdicts = {entry.id: _needed(entry, told) for entry in entries}
    return Upkeep(
        entries=tuple(entry for entry in entries if verdicts[entry.id] is not False),
        dropped=tuple(name for name, verdict in verdicts.items() if verdict is False),
        unasked=tuple(name for name, verdict in verdicts.items() if verdict is None),
    )


def _needed(entry: Entry, told: Sequence[Told]) -> bool | None:
    """True where one run found it; False where one asked for it, and none found it."""
    verdicts = {needed(one.run, entry.acceptance(date.max)) for one in told}
    if True in verdicts:
        return True
    several = len(verdicts) > 1 and not entry.contract
    return False if False in verdicts and not several else None


def _entry(run: RunResult, one: ReportedFinding, reason: str, expires: date | None) -> Entry:
    family = next((tally.family for tally in run.tallies if tally.question == one.question), "")
    operation = next((tally.operation for tally in run.tallies if tally.question == one.question), None)
    return Entry(
        id=one.id,
        reason=one_line(reason, 500),
        expires=expires,
        contract=run.contract,
        operation=one_line(one.operation or "", 120),
        cause=one_line(one.cause or "", 120),
        question=question_of(family, operation) if family else "",
        summary=one_line(one.summary, 200),
    )
