"""From the tallies of a run to what it reached."""

from __future__ import annotations

from errorcontract.reporting.coverage.codes import code_coverage, codes_seen
from errorcontract.reporting.coverage.reached import Coverage, OperationCoverage, RuleCoverage
from errorcontract.reporting.result import RunResult


def coverage_of(run: RunResult) -> Coverage:
    """What a run reached."""
    seen = codes_seen(run)
    known = {code.code for code in run.codes}
    return Coverage(
        codes=tuple(code_coverage(run, info, seen.get(info.code, {})) for info in run.codes),
        operations=_operations(run),
        rules=_rules(run),
        matrix=_matrix(run),
        unlisted={code: counts for code, counts in sorted(seen.items()) if code not in known},
    )


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
