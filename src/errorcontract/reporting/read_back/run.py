"""A run of findings.json as values. The counterpart of findings_json."""

from __future__ import annotations

from dataclasses import replace

from errorcontract.reporting.read_back.told import CodeTold, Told
from errorcontract.reporting.reading.finding import finding_of
from errorcontract.reporting.reading.provenance import provenance
from errorcontract.reporting.reading.tally import judged
from errorcontract.reporting.reading.tolerant import Line, counts, entries, maybe, members, seconds, texts, whole, words
from errorcontract.reporting.result import RunResult, Tally, Timing


def told_of(one: Line) -> Told:
    """The run, as far as the file tells of it."""
    coverage = members(one.get("coverage"))
    run = RunResult(
        contract=words(one.get("contract")),
        made=replace(provenance(one), digest=words(one.get("digest"))),
        started=words(one.get("started")),
        complete=bool(one.get("complete")),
        why=maybe(one.get("why_incomplete")),
        requests=whole(members(one.get("stats")).get("requests")),
        findings=tuple(finding_of(each) for each in entries(one.get("findings"))),
        tallies=tuple(_tally(each) for each in entries(coverage.get("questions"))),
        timings=tuple(_timing(each) for each in entries(coverage.get("operations"))),
    )
    return Told(run=run, codes=_codes(coverage))


def _tally(one: Line) -> Tally:
    causes = counts(one.get("causes"))
    return Tally(
        question=words(one.get("question")),
        family=words(one.get("family")),
        operation=maybe(one.get("operation")),
        requests=whole(one.get("requests")),
        seconds=seconds(one.get("seconds")),
        rules=judged(one.get("rules")),
        causes={cause: (sent, {}) for cause, sent in causes.items()},
        codes={code: counts(seen) for code, seen in members(one.get("codes")).items()},
        unsent={(cause, ""): times for cause, times in counts(one.get("unsent_causes")).items()},
    )


def _timing(one: Line) -> Timing:
    timings = members(one.get("timings"))
    return Timing(
        operation=words(one.get("operation")),
        answers=whole(timings.get("count")),
        median=seconds(timings.get("median")),
        p95=seconds(timings.get("p95")),
        slowest=seconds(timings.get("max")),
    )


def _codes(coverage: Line) -> dict[str, CodeTold]:
    listed = [_code(one) for one in entries(coverage.get("codes"))]
    others = members(coverage.get("unlisted_codes"))
    return {one.code: one for one in listed} | {
        code: CodeTold(code=code, seen=counts(seen), listed=False) for code, seen in others.items()
    }


def _code(one: Line) -> CodeTold:
    status, asked = one.get("status"), one.get("asked")
    statuses = status if isinstance(status, list) else [status]
    return CodeTold(
        code=words(one.get("code")),
        seen=counts(one.get("seen")),
        promised=frozenset(each for each in statuses if isinstance(each, int)),
        asked=asked if isinstance(asked, int) else None,
        answered_as=texts(one.get("answered_as")),
    )
