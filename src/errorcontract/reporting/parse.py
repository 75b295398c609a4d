"""One line of the journal, as values. What is missing or odd becomes its default: a report is owed whatever comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from errorcontract.model import Severity
from errorcontract.reporting.result import (
    Acceptance,
    CauseInfo,
    CodeInfo,
    Evidence,
    OperationInfo,
    Pairs,
    Provenance,
    Received,
    ReportedFinding,
    RuleInfo,
    Sent,
    Tally,
)

Line = Mapping[str, Any]


def words(value: Any) -> str:
    """Text of any value, empty for None."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def maybe(value: Any) -> str | None:
    """Text of any value, None for None."""
    return None if value is None else words(value)


def whole(value: Any) -> int:
    """An integer, 0 for what is none."""
    return value if isinstance(value, int) else 0


def seconds(value: Any) -> float:
    """A duration, 0.0 for what is none."""
    return float(value) if isinstance(value, (int, float)) else 0.0


def members(value: Any) -> Line:
    """An object, empty for what is none."""
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Line]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: Any) -> tuple[str, ...]:
    """The members of a list as text."""
    return tuple(words(one) for one in value) if isinstance(value, list) else ()


def severity(value: Any) -> Severity:
    """Of what is unknown, the one that nobody overlooks."""
    return Severity.WARNING if value == "warning" else Severity.ERROR


def provenance(line: Line) -> Provenance:
    """Where the result comes from, out of a `run` line."""
    contract = members(line.get("contract"))
    return Provenance(
        title=words(line.get("title") or contract.get("title")),
        digest=words(contract.get("digest")),
        folder=words(contract.get("folder")),
        target=words(line.get("target")),
        embedded=bool(line.get("embedded")),
        fault=maybe(line.get("fault")),
        choices=texts(line.get("choices")),
        seed=line.get("seed"),
        budget=line.get("budget"),
        rate=maybe(line.get("rate")),
        fail_on=severity(line.get("fail_on", "error")),
        command=words(line.get("command")),
        python=words(line.get("python")),
        platform=words(line.get("platform")),
        commit=maybe(line.get("commit")),
        repository=maybe(line.get("repository")),
        document=words(contract.get("document")),
        whole=bool(line.get("whole")),
        versions={words(name): words(version) for name, version in members(line.get("versions")).items()},
    )


def rules(line: Line) -> tuple[RuleInfo, ...]:
    """The rules of a `run` line."""
    return tuple(
        RuleInfo(
            id=words(one.get("id")),
            group=words(one.get("group")) or "other",
            title=words(one.get("title")),
            severity_note=words(one.get("severity_note")),
        )
        for one in entries(line.get("rules"))
    )


def codes(line: Line) -> tuple[CodeInfo, ...]:
    """The code catalogue of a `run` line."""
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


def causes(line: Line) -> tuple[CauseInfo, ...]:
    """The causes of a `run` line."""
    return tuple(
        CauseInfo(id=words(one.get("id")), title=words(one.get("title")), codes=texts(one.get("codes")))
        for one in entries(line.get("causes"))
    )


def operations(line: Line) -> tuple[OperationInfo, ...]:
    """The operations of a `run` line."""
    return tuple(
        OperationInfo(
            id=words(one.get("id")),
            method=words(one.get("method")),
            path=words(one.get("path")),
            line=whole(one.get("line")) or None,
        )
        for one in entries(line.get("operations"))
    )


def baseline(line: Line) -> tuple[Acceptance, ...]:
    """The entries of the baseline in a `run` line."""
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


def evidence(value: Line, number: int | None = None) -> Evidence:
    """An exchange, out of an `exchange` line or a member of a finding."""
    response = value.get("response")
    return Evidence(
        request=sent(members(value.get("request"))),
        response=received(response) if isinstance(response, dict) else None,
        number=number if number is not None else value.get("number"),
        step=words(value.get("step")),
        failure=maybe(value.get("failure")),
        seconds=seconds(value.get("seconds")),
    )


def sent(value: Line) -> Sent:
    """A request."""
    return Sent(
        method=words(value.get("method")),
        url=words(value.get("url")),
        headers=pairs(value.get("headers")),
        body=maybe(value.get("body")),
        base64=bool(value.get("base64")),
        cut=maybe(value.get("cut")),
    )


def received(value: Line) -> Received:
    """A response."""
    return Received(
        status=whole(value.get("status")),
        reason=words(value.get("reason")),
        headers=pairs(value.get("headers")),
        body=words(value.get("body")),
        base64=bool(value.get("base64")),
        cut=maybe(value.get("cut")),
    )


def pairs(value: Any) -> Pairs:
    """Headers, from a list of pairs or an object."""
    found: Iterable[Any] = value.items() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple((words(name), words(text)) for name, text in found)


def finding(line: Line) -> ReportedFinding:
    """A `finding` line. The exchange that shows it is taken from the story, which knows more of it."""
    basis = members(line.get("provenance"))
    numbers = [whole(one) for one in line.get("exchanges") or ()]
    story = tuple(
        evidence(one, numbers[index] if index < len(numbers) else None)
        for index, one in enumerate(entries(line.get("story")))
    )
    shown = next((one for one in story if one.number == line.get("evidence")), None)
    return ReportedFinding(
        id=words(line.get("id")),
        rule=words(line.get("rule")),
        severity=severity(line.get("severity")),
        operation=maybe(line.get("operation")),
        cause=maybe(line.get("cause")),
        code=maybe(line.get("code")),
        status=line.get("status"),
        summary=words(line.get("summary")),
        expected=words(line.get("expected")),
        observed=words(line.get("observed")),
        provenance=words(basis.get("kind")),
        source=words(basis.get("source")),
        curl=words(line.get("curl")),
        question=words(line.get("question")),
        accepted=maybe(line.get("accepted")),
        field=maybe(line.get("field")),
        variants=texts(line.get("variants")),
        story=story,
        exchange=shown or evidence(members(line.get("exchange")), line.get("evidence")),
    )


def tally(line: Line) -> Tally:
    """A `tally` line."""
    unsent = Counter((words(one.get("cause")), words(one.get("why"))) for one in entries(line.get("unsent")))
    return Tally(
        question=words(line.get("question")),
        family=words(line.get("family")),
        operation=maybe(line.get("operation")),
        requests=whole(line.get("requests")),
        seconds=seconds(line.get("seconds")),
        rules={name: (whole(both[0]), whole(both[1])) for name, both in members(line.get("rules")).items()},
        operations={
            name: (whole(one.get("requests")), whole(one.get("accepted")), whole(one.get("rejected")))
            for name, one in members(line.get("operations")).items()
        },
        statuses=counts(line.get("statuses")),
        codes={name: counts(one) for name, one in members(line.get("codes")).items()},
        causes=_answered(members(line.get("causes"))),
        unsent=dict(unsent),
        notes=texts(line.get("notes")),
    )


def counts(value: Any) -> dict[str, int]:
    """{name: times}."""
    return {words(name): whole(times) for name, times in members(value).items()}


def _answered(value: Line) -> dict[str, tuple[int, dict[str, int]]]:
    """{cause: (sent, {code: times})}; the class of the value after a slash is dropped."""
    totals: dict[str, tuple[int, dict[str, int]]] = {}
    for name, one in value.items():
        cause = name.partition("/")[0]
        times, answered = totals.get(cause, (0, {}))
        both = Counter(answered) + Counter(counts(one.get("answered")))
        totals[cause] = (times + whole(one.get("sent")), dict(both))
    return totals
