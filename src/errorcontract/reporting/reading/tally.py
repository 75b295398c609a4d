"""What one finished question counted, as the journal has it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from errorcontract.reporting.reading.tolerant import Line, counts, entries, maybe, members, seconds, texts, whole, words
from errorcontract.reporting.result import Tally


def tally_of(line: Line) -> Tally:
    """A `tally` line."""
    unsent = Counter((words(one.get("cause")), words(one.get("why"))) for one in entries(line.get("unsent")))
    return Tally(
        question=words(line.get("question")),
        family=words(line.get("family")),
        operation=maybe(line.get("operation")),
        requests=whole(line.get("requests")),
        seconds=seconds(line.get("seconds")),
        rules=judged(line.get("rules")),
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


def judged(value: Any) -> dict[str, tuple[int, int]]:
    """{rule: (judged, broken)}."""
    return {name: (whole(both[0]), whole(both[1])) for name, both in members(value).items()}


def _answered(value: Line) -> dict[str, tuple[int, dict[str, int]]]:
    """{cause: (sent, {code: times})}; the class of the value after a slash is dropped."""
    totals: dict[str, tuple[int, dict[str, int]]] = {}
    for name, one in value.items():
        cause = name.partition("/")[0]
        times, answered = totals.get(cause, (0, {}))
        both = Counter(answered) + Counter(counts(one.get("answered")))
        totals[cause] = (times + whole(one.get("sent")), dict(both))
    return totals
