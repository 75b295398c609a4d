"""What a run reached of the contract, derived from its tallies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.reporting.result import CodeInfo, Counts, RunResult, Timing

NOT_ASKED = "no selected question asks for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCoverage:
    """How a code of the catalogue was met. `seen`: {status: times}; `answered_as`: the aliases that came in its place.

    `right` and `wrong` count the answers with a promised and with another status, `asked` the requests that the code
    would have been right for.
    """

    info: CodeInfo
    provoked: bool
    why_not: str | None = None
    seen: Counts = field(default_factory=dict)
    right: int = 0
    wrong: int = 0
    answered_as: tuple[str, ...] = ()
    asked: int = 0

    @property
    def status(self) -> int | list[int] | None:
        """The promised status: a list when several are right, None when the documents name none."""
        statuses = list(self.info.statuses)
        return statuses[0] if len(statuses) == 1 else statuses or None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationCoverage:
    """How often an operation was asked, and how often it took and refused a request."""

    operation: str
    requests: int = 0
    accepted: int = 0
    rejected: int = 0
    timing: Timing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCoverage:
    """How often a rule judged and found its promise broken. `left_out`: why the contract gives no ground for it."""

    rule: str
    judged: int = 0
    broken: int = 0
    left_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All of it. `matrix`: {(operation, rule): (judged, broken)}; `unlisted`: codes that the catalogue lacks."""

    codes: tuple[CodeCoverage, ...]
    operations: tuple[OperationCoverage, ...]
    rules: tuple[RuleCoverage, ...]
    matrix: Mapping[tuple[str | None, str], tuple[int, int]]
    unlisted: Mapping[str, Counts]

    @property
    def provokable(self) -> tuple[CodeCoverage, ...]:
        """The codes that can be provoked from outside, and those that came although they can't."""
        return tuple(one for one in self.codes if one.info.provokable or one.provoked)

    @property
    def missing(self) -> tuple[CodeCoverage, ...]:
        """The codes that could have been provoked and were not."""
        return tuple(one for one in self.provokable if not one.provoked)


def coverage_of(run: RunResult) -> Coverage:
    """What a run reached."""
    seen = _seen(run)
    known = {code.code for code in run.codes}
    return Coverage(
        codes=tuple(_code(run, info, seen.get(info.code, {})) for info in run.codes),
        operations=_operations(run),
        rules=_rules(run),
        matrix=_matrix(run),
        unlisted={code: counts for code, counts in sorted(seen.items()) if code not in known},
    )


def _seen(run: RunResult) -> dict[str, Counts]:
    seen: dict[str, Counter[str]] = {}
    for tally in run.tallies:
        for code, counts in tally.codes.items():
            seen.setdefault(code, Counter()).update(counts)
    return {code: dict(sorted(counts.items())) for code, counts in seen.items()}


def _code(run: RunResult, info: CodeInfo, seen: Counts) -> CodeCoverage:
    times = sum(seen.values())
    promised = {str(status) for status in info.statuses}
    right = sum(count for status, count in seen.items() if not promised or status in promised)
    aliases = () if times else _aliases(run, info.code)
    provoked = bool(times or aliases)
    asked = _asked(run, info.code)
    return CodeCoverage(
        info=info,
        provoked=provoked,
        why_not=None if provoked else _why_not(run, info, asked),
        seen=seen,
        right=right,
        wrong=times - right,
        asked=asked,
        answered_as=aliases,
    )


def _aliases(run: RunResult, code: str) -> tuple[str, ...]:
    """The codes that came for a cause that lists `code`, and are as right for it."""
    came: set[str] = set()
    for cause in run.causes:
        if code in cause.codes:
            answers = (tally.causes[cause.id][1] for tally in run.tallies if cause.id in tally.causes)
            came.update(other for counts in answers for other in counts if other in cause.codes)
    return tuple(sorted(came))


def _why_not(run: RunResult, info: CodeInfo, asked: int) -> str:
    if not info.provokable:
        return info.why_not or "it can't be provoked from outside"
    if asked:
        return f"asked for {asked} time{'s' * (asked > 1)}, and another answer came"
    wanted = _causes(run, info.code)
    reasons = (why for tally in run.tallies for cause, why in tally.unsent if cause.partition("/")[0] in wanted and why)
    return next(reasons, info.why_not or NOT_ASKED)


def _asked(run: RunResult, code: str) -> int:
    wanted = _causes(run, code)
    return sum(tally.causes[cause][0] for tally in run.tallies for cause in wanted & tally.causes.keys())


def _causes(run: RunResult, code: str) -> set[str]:
    return {cause.id for cause in run.causes if code in cause.codes}


def _operations(run: RunResult) -> tuple[OperationCoverage, ...]:
    totals = {operation.id: (0, 0, 0) for operation in run.operations}
    for tally in run.tallies:
        for name, counts in tally.operations.items():
            totals[name] = _sum(totals.get(name, (0, 0, 0)), counts)
    timings = {one.operation or "-": one for one in run.timings}
    for name, timing in timings.items():  # a run that was killed has answers that no tally tells of
        totals.setdefault(name, (timing.answers, 0, 0))
    return tuple(
        OperationCoverage(
            operation=name, requests=one[0], accepted=one[1], rejected=one[2], timing=timings.get(name)
        )
        for name, one in totals.items()
    )


def _rules(run: RunResult) -> tuple[RuleCoverage, ...]:
    totals = dict.fromkeys((rule.id for rule in run.rules), (0, 0))
    for tally in run.tallies:
        for name, counts in tally.rules.items():
            totals[name] = _add(totals.get(name, (0, 0)), counts)
    for name in run.left_out:
        totals.setdefault(name, (0, 0))
    return tuple(
        RuleCoverage(rule=name, judged=one[0], broken=one[1], left_out=run.left_out.get(name))
        for name, one in totals.items()
    )


def _matrix(run: RunResult) -> dict[tuple[str | None, str], tuple[int, int]]:
    cells: dict[tuple[str | None, str], tuple[int, int]] = {}
    for tally in run.tallies:
        for rule, counts in tally.rules.items():
            cells[tally.operation, rule] = _add(cells.get((tally.operation, rule), (0, 0)), counts)
    return cells


def _add(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return left[0] + right[0], left[1] + right[1]


def _sum(left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[int, int, int]:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]
