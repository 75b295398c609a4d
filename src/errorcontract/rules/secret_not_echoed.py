"""No answer repeats the credential of its request, in no header and no body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from errorcontract.model import HIDDEN, Credentials
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_MARK = re.compile(re.escape(HIDDEN[:-3]) + r"(?::\w+)?\*\*\*")
_BESIDE = 24


def judge(evidence: Evidence) -> Judgement:
    """Breach for each answer that holds the credential, save where the contract says that an operation shows it."""
    means = evidence.contract.credentials
    if means is None:
        return
    for reading in evidence.answered:
        needle = _needle(reading, means)
        place, text = _place(reading, needle)
        if place is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "no credential in any answer",
                f"a credential in {place}, {_shown(text, needle)}",
                f"a credential is repeated in {place}",
                evidence.contract.envelope_basis,
                cause=place,
                **_where(reading, place),
            )


def _shown(text: str, needle: re.Pattern[str]) -> str:
    """Where in a text the credential stands, with what is beside it; the credential itself under its mark."""
    pointer, text = next(_leaves(text, needle), ("", text))
    found = needle.search(text)
    start, end = found.span() if found else (0, 0)
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    mark = found[0] if found and found[0].startswith(HIDDEN[:-3]) else HIDDEN
    place = f"at {pointer}, character {start + 1}" if pointer else f"at character {start + 1}"
    return f"{place}: {needle.sub(HIDDEN, before)}{mark}{needle.sub(HIDDEN, after)}"


def _leaves(text: str, needle: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The texts of a body in JSON that hold it, by their pointers."""
    try:
        waiting: list[tuple[str, Any]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{pointer}/{_written(name)}", part) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{place}", part) for place, part in enumerate(value)]
        elif isinstance(value, str) and needle.search(value):
            yield pointer, value


def _written(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _where(reading: Reading, place: str) -> dict[str, str | int | None]:
    """A header is one defect on every answer; a body is written anew for each code."""
    return {"code": reading.code, "status": reading.status} if place == "the body" else {}


def _needle(reading: Reading, means: Credentials) -> re.Pattern[str]:
    """The mark of any credential, and the one that was sent if it was made up."""
    sent = reading.exchange.request.header(means.header) or ""
    value = sent.removeprefix(means.template.partition("{token}")[0])
    return _MARK if not value or "${" in value else re.compile(f"{_MARK.pattern}|{re.escape(value)}")


def _place(reading: Reading, needle: re.Pattern[str]) -> tuple[str | None, str]:
    """What holds a credential, and its text."""
    for name, value in reading.headers:
        if needle.search(value):
            return f"the header {name}", value
    if reading.response and needle.search(reading.response.reason):
        return "the reason phrase", reading.response.reason
    body = reading.response.body.decode("utf-8", "replace") if reading.response else ""
    times = len(needle.findall(body))
    shown = [pointer for operation, pointer in _shown_by(reading) if operation == reading.operation] if times else []
    allowed = sum(len(needle.findall(str(reading.at(pointer)))) for pointer in shown)
    return ("the body" if times > allowed else None), body


def _shown_by(reading: Reading) -> tuple[tuple[str, str], ...]:
    return reading.contract.credentials.echoed_by if reading.contract.credentials else ()


RULE = Rule(
    id="secret-not-echoed",
    group="credentials",
    title="No answer repeats a credential.",
    judge=judge,
)
