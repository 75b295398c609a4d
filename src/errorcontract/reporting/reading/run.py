"""What the first line of a run tells: where its result comes from, and what the contract lists."""

from __future__ import annotations

from dataclasses import replace

from errorcontract.reporting.reading.provenance import provenance
from errorcontract.reporting.reading.tolerant import Line, entries, maybe, members, texts, whole, words
from errorcontract.reporting.result import Acceptance, CauseInfo, CodeInfo, OperationInfo, RuleInfo, RunResult


def begun(run: RunResult, line: Line) -> RunResult:
    """The run, with all that a `run` line tells of it."""
    return replace(
        run,
        made=provenance(line),
        started=words(line.get("started")),
        rules=_rules(line),
        left_out={name: words(why) for name, why in members(line.get("left_out")).items()},
        codes=_codes(line),
        causes=_causes(line),
        operations=_operations(line),
        baseline=_baseline(line),
    )


def _rules(line: Line) -> tuple[RuleInfo, ...]:
    return tuple(
        RuleInfo(
            id=words(one.get("id")),
            group=words(one.get("group")) or "other",
            title=words(one.get("title")),
            severity_note=words(one.get("severity_note")),
        )
        for one in entries(line.get("rules"))
    )


def _codes(line: Line) -> tuple[CodeInfo, ...]:
    return tuple(
        CodeInfo(
            code=words(one.get("code")),
            retry=words(one.get("retry")),
            statuses=tuple(sorted(whole(each) for each in one.get("statuses") or ())),
            provenance=words(one.get("provenance")),
            source=words(one.get("source")),
            provokable=bool(one.get("provokable", True)),
            why_not=maybe(one.get("why_not")),
            message=maybe(one.get("message")),
        )
        for one in entries(line.get("codes"))
    )


def _causes(line: Line) -> tuple[CauseInfo, ...]:
    return tuple(
        CauseInfo(id=words(one.get("id")), title=words(one.get("title")), codes=texts(one.get("codes")))
        for one in entries(line.get("causes"))
    )


def _operations(line: Line) -> tuple[OperationInfo, ...]:
    return tuple(
        OperationInfo(
            id=words(one.get("id")),
            method=words(one.get("method")),
            path=words(one.get("path")),
            line=whole(one.get("line")) or None,
        )
        for one in entries(line.get("operations"))
    )


def _baseline(line: Line) -> tuple[Acceptance, ...]:
    about = ("contract", "operation", "cause", "question")
    return tuple(
        Acceptance(
            id=words(one.get("id")),
            reason=words(one.get("reason")),
            state=words(one.get("state")) or "accepted",
            expires=maybe(one.get("expires")),
            **{name: words(one.get(name)) for name in about},
        )
        for one in entries(line.get("baseline"))
    )
