"""A finding as it was written down, in the journal or in findings.json."""

from __future__ import annotations

from errorcontract.reporting.reading.exchange import evidence_of
from errorcontract.reporting.reading.tolerant import Line, entries, maybe, members, severity, texts, whole, words
from errorcontract.reporting.result import ReportedFinding


def finding_of(line: Line) -> ReportedFinding:
    """A `finding` line. The exchange that shows it is taken from the story, which knows more of it."""
    basis = members(line.get("provenance"))
    numbers = [whole(one) for one in line.get("exchanges") or ()]
    story = tuple(
        evidence_of(one, numbers[index] if index < len(numbers) else None)
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
        exchange=shown or evidence_of(members(line.get("exchange")), line.get("evidence")),
    )
