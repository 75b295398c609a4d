"""Compares two runs, contract by contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from errorcontract.drift.change import Drift, RunDrift, Slower
from errorcontract.drift.codes import changed_codes, questions_of
from errorcontract.drift.findings import changed_findings
from errorcontract.errors import UsageError
from errorcontract.reporting.read_back import Told
from errorcontract.reporting.result import RunResult, Timing

_TOLD: tuple[tuple[str, Callable[[RunResult], object]], ...] = (
    ("contract", lambda run: run.made.digest),
    ("target", lambda run: run.made.target if not run.made.embedded else "the embedded reference API"),
    ("fault", lambda run: run.made.fault),
    ("choices", lambda run: ", ".join(run.made.choices) or None),
    ("seed", lambda run: run.made.seed),
    ("budget", lambda run: run.made.budget),
    ("rate", lambda run: run.made.rate),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From when on an operation counts as slower: so many times and seconds, with so many answers on both sides."""

    times: float = 1.5
    seconds: float = 0.05
    answers: int = 20


def compare(old: Sequence[Told], new: Sequence[Told], names: tuple[str, str], thresholds: Thresholds) -> Drift:
    """What changed from `old` to `new`. Raises UsageError where they have no contract in common."""
    before, after = ({one.run.contract: one for one in side} for side in (old, new))
    both = [name for name in before if name in after]
    if not both:
        told = f"{names[0]} is about {', '.join(before)}, {names[1]} about {', '.join(after)}"
        raise UsageError(f"there is nothing to compare: {told}")
    return Drift(
        old=names[0],
        new=names[1],
        runs=tuple(_compared(before[name], after[name], thresholds) for name in both),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


def _compared(old: Told, new: Told, thresholds: Thresholds) -> RunDrift:
    pairs = list(_timed(old.run, new.run))
    enough = [pair for pair in pairs if min(one.answers for one in pair) >= thresholds.answers]
    return RunDrift(
        contract=new.run.contract,
        differs=tuple(_differs(old.run, new.run)),
        findings=changed_findings(old, new),
        codes=changed_codes(old, new),
        slower=tuple(
            Slower(operation=after.operation, before=before, after=after)
            for before, after in enough
            if _is_slower(before.median, after.median, thresholds) or _is_slower(before.p95, after.p95, thresholds)
        ),
        untimed=len(pairs) - len(enough),
    )


def _differs(old: RunResult, new: RunResult) -> Iterator[str]:
    for name, value in _TOLD:
        before, after = value(old), value(new)
        if before != after:
            yield f"{name}: {_shown(before)} before, {_shown(after)} now"
    only = [len(questions_of(one) - questions_of(other)) for one, other in ((old, new), (new, old))]
    if any(only):
        yield f"questions: {only[0]} that only the old run put, {only[1]} that only the new one put"
    for told, run in (("old", old), ("new", new)):
        if not run.complete:
            yield f"the {told} run is incomplete: {run.why or 'it ended without saying so'}"


def _shown(value: object) -> str:
    return "none" if value in (None, "") else str(value)


def _timed(old: RunResult, new: RunResult) -> Iterator[tuple[Timing, Timing]]:
    before = {one.operation: one for one in old.timings if one.answers}
    yield from ((before[one.operation], one) for one in new.timings if one.answers and one.operation in before)


def _is_slower(before: float, after: float, thresholds: Thresholds) -> bool:
    return after >= before * thresholds.times and after - before >= thresholds.seconds
