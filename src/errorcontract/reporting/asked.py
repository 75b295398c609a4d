"""Whether a run asked what it takes to see a finding: if not, that it was not seen says nothing."""

from __future__ import annotations

from collections.abc import Iterable

from errorcontract.reporting.result import Tally

NOBODY = "-"


def question_of(family: str, operation: str | None) -> str:
    """The name of a question that is the same wherever the suites lie: `phone/sendTopUp`."""
    return f"{family}/{operation or NOBODY}"


def asked(tallies: Iterable[Tally], question: str, rule: str, cause: str | None, enough: int | None = None) -> bool:
    """Whether the question was put, the rule judged, and no case of the cause left unsent.

    `enough`: with so many cases of the cause it does not matter that others are unsent.
    """
    put = [one for one in tallies if question_of(one.family, one.operation) == question]
    if not any(one.rules.get(rule, (0, 0))[0] for one in put):
        return False
    if enough is not None:
        return sum(_sent(one, cause) or 0 for one in put) >= enough
    return not any(left == _plain(cause) for one in put for left, _ in one.unsent)


def sent_for(tallies: Iterable[Tally], question: str, cause: str | None) -> int | None:
    """How many cases of a cause a question sent, None where it counts none of that cause."""
    put = [one for one in tallies if question_of(one.family, one.operation) == question]
    counts = [sent for one in put if (sent := _sent(one, cause)) is not None]
    return sum(counts) if counts else None


def _sent(tally: Tally, cause: str | None) -> int | None:
    name = _plain(cause)
    return tally.causes[name][0] if name in tally.causes else None


def _plain(cause: str | None) -> str:
    """A cause without the class of its value, as tallies count it."""
    return (cause or "").partition("/")[0]
