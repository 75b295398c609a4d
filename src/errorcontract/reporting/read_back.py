"""Reads what a run left: a report folder, its findings.json, or its journal. The counterpart of findings_json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from errorcontract.errors import UsageError
from errorcontract.reporting import findings_json, parse
from errorcontract.reporting.journal import read_lines, read_report
from errorcontract.reporting.result import Counts, Provenance, RunResult, Tally, Timing

FINDINGS, JOURNAL = "findings.json", "journal.ndjson"
_FIRST = 5  # lines by which a journal is known
_EXPECTED = "give a report folder, its findings.json, or its journal.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTold:
    """What is told of a code. `asked` is None where the file is too old to say; `listed`: the catalogue has it."""

    code: str
    seen: Counts = field(default_factory=dict)
    promised: frozenset[int] = frozenset()
    asked: int | None = None
    answered_as: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A run as it is told: what findings.json holds of it, and no more."""

    run: RunResult
    codes: Mapping[str, CodeTold]


def read_back(path: Path) -> tuple[Told, ...]:
    """The runs that a file or folder tells of. Raises UsageError where it tells of none."""
    file = _file(path)
    data = _of_journal(file) if _is_journal(file) else _of_json(file)
    runs = parse.entries(data.get("runs"))
    if data.get("schema") != 1 or not runs:
        raise UsageError(f"{path} tells of no run; {_EXPECTED}")
    try:
        return tuple(_told(one) for one in runs)
    except (TypeError, ValueError, LookupError, AttributeError) as problem:
        raise UsageError(f"{path} is not in the form of `errorcontract schema`: {str(problem)[:120]}") from None


def _file(path: Path) -> Path:
    if path.is_dir():
        found = next((path / name for name in (FINDINGS, JOURNAL) if (path / name).is_file()), None)
        if found is None:
            raise UsageError(f"{path} holds neither {FINDINGS} nor {JOURNAL}; {_EXPECTED}")
        return found
    if not path.is_file():
        raise UsageError(f"{path} is not there; {_EXPECTED}")
    return path


def _is_journal(file: Path) -> bool:
    try:
        return any(line is not None and "type" in line for line in islice(read_lines(file), _FIRST))
    except OSError as problem:
        raise UsageError(f"{file} can't be read: {problem.strerror}") from None


def _of_journal(file: Path) -> parse.Line:
    data: parse.Line = json.loads(findings_json.render(read_report(file)))
    return data


def _of_json(file: Path) -> parse.Line:
    try:
        data = json.loads(file.read_bytes())
    except OSError as problem:
        raise UsageError(f"{file} can't be read: {problem.strerror}") from None
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"{file} is no JSON: {str(problem)[:120]}; {_EXPECTED}") from None
    return parse.members(data)


def _told(one: parse.Line) -> Told:
    coverage = parse.members(one.get("coverage"))
    run = RunResult(
        contract=parse.words(one.get("contract")),
        made=_made(one),
        started=parse.words(one.get("started")),
        complete=bool(one.get("complete")),
        why=parse.maybe(one.get("why_incomplete")),
        requests=parse.whole(parse.members(one.get("stats")).get("requests")),
        findings=tuple(parse.finding(each) for each in parse.entries(one.get("findings"))),
        tallies=tuple(_tally(each) for each in parse.entries(coverage.get("questions"))),
        timings=tuple(_timing(each) for each in parse.entries(coverage.get("operations"))),
    )
    return Told(run=run, codes=_codes(coverage))


def _made(one: parse.Line) -> Provenance:
    return Provenance(
        title=parse.words(one.get("title")),
        digest=parse.words(one.get("digest")),
        target=parse.words(one.get("target")),
        embedded=bool(one.get("embedded")),
        fault=parse.maybe(one.get("fault")),
        choices=parse.texts(one.get("choices")),
        seed=one.get("seed"),
        budget=one.get("budget"),
        rate=parse.maybe(one.get("rate")),
        fail_on=parse.severity(one.get("fail_on", "error")),
        commit=parse.maybe(one.get("commit")),
        whole=bool(one.get("whole")),
        versions={name: parse.words(text) for name, text in parse.members(one.get("versions")).items()},
    )


def _tally(one: parse.Line) -> Tally:
    causes = parse.counts(one.get("causes"))
    return Tally(
        question=parse.words(one.get("question")),
        family=parse.words(one.get("family")),
        operation=parse.maybe(one.get("operation")),
        requests=parse.whole(one.get("requests")),
        seconds=parse.seconds(one.get("seconds")),
        rules={
            name: (parse.whole(both[0]), parse.whole(both[1]))
            for name, both in parse.members(one.get("rules")).items()
        },
        causes={cause: (sent, {}) for cause, sent in causes.items()},
        codes={code: parse.counts(seen) for code, seen in parse.members(one.get("codes")).items()},
        unsent={(cause, ""): times for cause, times in parse.counts(one.get("unsent_causes")).items()},
    )


def _timing(one: parse.Line) -> Timing:
    timings = parse.members(one.get("timings"))
    return Timing(
        operation=parse.words(one.get("operation")),
        answers=parse.whole(timings.get("count")),
        median=parse.seconds(timings.get("median")),
        p95=parse.seconds(timings.get("p95")),
        slowest=parse.seconds(timings.get("max")),
    )


def _codes(coverage: parse.Line) -> dict[str, CodeTold]:
    listed = [_code(one) for one in parse.entries(coverage.get("codes"))]
    others = parse.members(coverage.get("unlisted_codes"))
    return {one.code: one for one in listed} | {
        code: CodeTold(code=code, seen=parse.counts(seen), listed=False) for code, seen in others.items()
    }


def _code(one: parse.Line) -> CodeTold:
    status, asked = one.get("status"), one.get("asked")
    statuses = status if isinstance(status, list) else [status]
    return CodeTold(
        code=parse.words(one.get("code")),
        seen=parse.counts(one.get("seen")),
        promised=frozenset(each for each in statuses if isinstance(each, int)),
        asked=asked if isinstance(asked, int) else None,
        answered_as=parse.texts(one.get("answered_as")),
    )
