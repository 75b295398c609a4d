"""What is forbidden can't be told from what is not there, where that is promised, and is told the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from errorcontract.model import Hiding
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_FORBIDDEN, _NOT_FOUND = 403, 404
_OWN = re.compile(r"""["«“][^"»”]*["»”]|(?<!\w)'[^']*'(?!\w)|/\S*|\b[\w-]*\d[\w-]*\b""")
"""What belongs to one request in a message: quoted words, paths, ids."""


def judge(evidence: Evidence) -> Judgement:
    """Breach where the two differ in status, code, members or, if they may only be told alike, in the message."""
    hidden = next((one for one in evidence.contract.hiding if one.name == evidence.trace.case.variant), None)
    forbidden = [reading for reading in evidence.answered if reading.step.name.startswith("forbidden")]
    missing = evidence.step("missing")
    if evidence.about != "hiding" or hidden is None or missing is None or len(forbidden) < 2:  # noqa: PLR2004
        return
    if not all(reading.rejected and not reading.passing for reading in [*forbidden, missing]):
        return  # what is open is another rule's matter
    first, later = forbidden[:2]
    changed, apart = _unlike(hidden, later, first, "the same before"), _told_apart(hidden, first, missing)
    if changed:
        told = f"{hidden.name}: what is forbidden is not answered the same each time"
        yield evidence.breach(later, f"{first.told()} again", changed, told, hidden.basis, cause="not each time")
    elif apart:
        expected = "what is answered to nothing"
        yield evidence.breach(
            first,
            expected if hidden.mode == "same" else f"403, or {expected}",
            apart,
            f"{hidden.name}: what is forbidden can be told from what is not there",
            hidden.basis,
            operation=first.operation,
            cause=hidden.name,
        )
    else:
        yield KEPT


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
    mine, theirs = set(_members(one.json)), set(_members(other.json))
    if mine != theirs:
        return f"{', '.join(sorted(mine ^ theirs))[:120]} in one of the two only"
    words = _words(one) | _words(other)
    if hidden.mode != "same" and _pattern(one, words) != _pattern(other, words):
        return f"{_pattern(one, words)[:80]!r}, but {_pattern(other, words)[:80]!r} to {what}"
    return None


def _members(value: Any, place: str = "") -> Iterator[str]:
    """The places of all members, whatever the number in a list."""
    stack = [(value, place)]
    while stack:
        value, place = stack.pop()
        if isinstance(value, dict):
            yield from (f"{place}/{name}" for name in value)
            stack += [(member, f"{place}/{name}") for name, member in value.items()]
        elif isinstance(value, list):
            stack += [(item, place) for item in value]


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
