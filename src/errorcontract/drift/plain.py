"""The changes as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.drift.change import CodeChange, Drift, Fate, FindingChange, Move, RunDrift, Slower
from errorcontract.reporting.text import one_line, plural, printed

SHOWN = 50
HEADS = {
    Fate.NEW: "new findings",
    Fate.FIXED: "fixed",
    Fate.NOT_ASKED: "not asked again",
    Fate.UNCHANGED: "unchanged",
}
VERDICTS = {True: "WORSE", False: "NOT WORSE"}


def as_text(drift: Drift) -> str:
    """The whole comparison, what got worse marked with an exclamation mark."""
    lines = [f"{VERDICTS[drift.worse]}  {one_line(drift.old)} -> {one_line(drift.new)}"]
    lines += [f"  only in the old runs: {one_line(name)}" for name in drift.only_old]
    lines += [f"  only in the new runs: {one_line(name)}" for name in drift.only_new]
    for run in drift.runs:
        lines += ["", *_run(run)]
    return printed("\n".join(lines)) + "\n"


def counts(run: RunDrift) -> str:
    """How many findings met each fate."""
    return ", ".join(f"{len(run.fated(fate))} {fate}" for fate in Fate)


def status_change(one: CodeChange) -> str:
    """`400 -> 422`, or the statuses of the one side that has some."""
    sides = [" and ".join(side) for side in (one.before, one.after) if side]
    return " -> ".join(sides)


def slowed(one: Slower) -> str:
    """How much slower, by median and by the 95th percentile."""
    before, after = one.before, one.after
    return (
        f"median {_step(before.median, after.median)}, 95th percentile {_step(before.p95, after.p95)}, "
        f"of {before.answers:,} and {plural(after.answers, 'answer')}"
    )


def _step(before: float, after: float) -> str:
    times = f" ({after / before:.1f} times)" if before else ""
    return f"{before:.3f} -> {after:.3f} s{times}"


def _run(run: RunDrift) -> Iterator[str]:
    yield f"{one_line(run.contract)}: {counts(run)}"
    yield from (f"  differs: {one_line(text)}" for text in run.differs)
    for fate, head in HEADS.items():
        yield from _findings(head, run.fated(fate))
    for move in Move:
        yield from _codes(f"codes {move}", run.moved(move))
    if run.slower:
        yield "  slower"
        yield from (f"    {one_line(one.operation)}: {slowed(one)}" for one in run.slower)
    if run.untimed:
        yield f"  too few answers to compare times: {plural(run.untimed, 'operation')}"


def _findings(head: str, found: tuple[FindingChange, ...]) -> Iterator[str]:
    if not found:
        return
    yield f"  {head}"
    for one in found[:SHOWN]:
        told = one.finding
        remark = f" ({one_line(one.remark)})" if one.remark else ""
        what = f"{one_line(told.operation or '-', 40)}  {one_line(told.summary)}{remark}"
        yield f"  {_mark(worse=one.worse)} {told.severity}  {one_line(told.id)}  {what}"
    if len(found) > SHOWN:
        yield f"    and {len(found) - SHOWN} more"


def _codes(head: str, found: tuple[CodeChange, ...]) -> Iterator[str]:
    if found:
        yield f"  {head}"
    for one in found[:SHOWN]:
        remark = f" ({one_line(one.remark)})" if one.remark else ""
        yield f"  {_mark(worse=one.worse)} {one_line(one.code)}  {one_line(status_change(one))}{remark}"
    if len(found) > SHOWN:
        yield f"    and {len(found) - SHOWN} more"


def _mark(*, worse: bool) -> str:
    return "!" if worse else " "
