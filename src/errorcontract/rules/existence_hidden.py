"""What is forbidden can't be told from what is not there, where that is promised, and is told the same each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from errorcontract.model import Breach, Hiding
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.form import unlike
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_FORBIDDEN, _NOT_FOUND = 403, 404
_NO_HEAD = {405, 501}
_OWN = re.compile(r"""["«“][^"»”]*["»”]|(?<!\w)'[^']*'(?!\w)|/\S*|\b[\w-]*\d[\w-]*\b""")
"""What belongs to one request in a message: quoted words, paths, ids."""


def judge(evidence: Evidence) -> Judgement:
    """Breach where the two differ in status, code, members or, if they may only be told alike, in the message."""
    hidden = next((one for one in evidence.contract.hiding if one.name == evidence.trace.case.variant), None)
    forbidden, missing = evidence.step("forbidden-1"), evidence.step("missing")
    if evidence.about != "hiding" or hidden is None or forbidden is None or missing is None:
        return
    if not _refuses(forbidden) or not _refuses(missing):
        return  # what is open is another rule's matter
    later = [one for one in evidence.answered if one.step.name.startswith("forbidden-") and one is not forbidden]
    found = _changed(evidence, hidden, forbidden, [one for one in later if _refuses(one)])
    found = found or _apart(evidence, hidden, forbidden, missing) or _apart_by_head(evidence, hidden, forbidden)
    if found or later:
        yield found or KEPT


def _refuses(reading: Reading) -> bool:
    return reading.rejected and not reading.passing


def _changed(evidence: Evidence, hidden: Hiding, first: Reading, later: Sequence[Reading]) -> Breach | None:
    """A later answer that is another one than the first."""
    for reading in later:
        if changed := _unlike(hidden, reading, first, "the same before"):
            told = f"{hidden.name}: what is forbidden is not answered the same each time"
            return evidence.breach(
                reading, f"{first.told()} again", changed, told, hidden.basis, cause="not each time"
            )
    return None


def _apart(evidence: Evidence, hidden: Hiding, forbidden: Reading, missing: Reading) -> Breach | None:
    apart = _told_apart(hidden, forbidden, missing)
    return _breach(evidence, hidden, forbidden, apart, hidden.name) if apart else None


def _apart_by_head(evidence: Evidence, hidden: Hiding, forbidden: Reading) -> Breach | None:
    """HEAD, where it is known, must not tell what GET hides."""
    one, other = evidence.step("head-forbidden"), evidence.step("head-missing")
    if one is None or other is None or one.passing or other.passing or one.status in _NO_HEAD:
        return None
    if one.status == other.status or (hidden.mode != "same" and forbidden.status != _NOT_FOUND):
        return None
    told = f"HEAD: {one.status}, but {other.status} to nothing"
    return _breach(evidence, hidden, one, told, f"{hidden.name}, by HEAD")


def _breach(evidence: Evidence, hidden: Hiding, reading: Reading, observed: str, cause: str) -> Breach:
    expected = "what is answered to nothing"
    return evidence.breach(
        reading,
        expected if hidden.mode == "same" else f"403, or {expected}",
        observed,
        f"{hidden.name}: what is forbidden can be told from what is not there",
        hidden.basis,
        operation=reading.operation,
        cause=cause,
    )


def _told_apart(hidden: Hiding, reading: Reading, missing: Reading) -> str | None:
    if hidden.mode != "same" and reading.status == _FORBIDDEN:
        return None
    if hidden.mode != "same" and reading.status != _NOT_FOUND:
        return None if _asked_elsewhere(reading) else reading.told()
    return _unlike(hidden, reading, missing, "nothing")


def _asked_elsewhere(reading: Reading) -> bool:
    """Whether the contract says itself how such a request is refused, so that another answer is judged by its code."""
    causes = (reading.contract.causes.get(name) for name in ("insufficient-permission", "foreign-resource"))
    return any(cause is not None and cause.codes and cause.recipes for cause in causes)


def _unlike(hidden: Hiding, one: Reading, other: Reading, what: str) -> str | None:
    """How two answers differ, None where they do not."""
    if (one.status, one.code) != (other.status, other.code):
        return f"{one.told()}, but {other.told()} to {what}"
    if places := unlike(one.json, other.json):
        return f"{', '.join(places)[:120]} in one of the two only"
    words = _words(one) | _words(other)
    if hidden.mode != "same" and _pattern(one, words) != _pattern(other, words):
        return f"{_pattern(one, words)[:80]!r}, but {_pattern(other, words)[:80]!r} to {what}"
    return None


def _words(reading: Reading) -> set[str]:
    """The parts of the path that was asked for, which a message may repeat."""
    path = urlsplit(reading.exchange.request.target).path
    return {part for part in map(unquote, path.split("/")) if len(part) > 1}


def _pattern(reading: Reading, words: set[str]) -> str:
    """The message without what belongs to one request."""
    message = reading.first(reading.contract.pointers.message)
    text = _OWN.sub("…", message) if isinstance(message, str) else ""
    for word in sorted(words, key=lambda word: (-len(word), word)):
        text = text.replace(word, "…")
    return text


RULE = Rule(
    id="existence-hidden",
    group="leaks",
    title="What is forbidden is answered like what is not there.",
    judge=judge,
    story=True,
)
