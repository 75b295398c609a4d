"""Which codes came, as which status, and why others did not."""

from __future__ import annotations

from collections import Counter

from errorcontract.reporting.coverage.reached import CodeCoverage
from errorcontract.reporting.result import CodeInfo, Counts, RunResult

NOT_ASKED = "no selected question asks for it"


def codes_seen(run: RunResult) -> dict[str, Counts]:
    """{code: {status: times}}, of every code that came."""
    seen: dict[str, Counter[str]] = {}
    for tally in run.tallies:
        for code, counts in tally.codes.items():
            seen.setdefault(code, Counter()).update(counts)
    return {code: dict(sorted(counts.items())) for code, counts in seen.items()}


def code_coverage(run: RunResult, info: CodeInfo, seen: Counts) -> CodeCoverage:
    """How a code of the catalogue was met; `seen` are the statuses that it came with."""
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
