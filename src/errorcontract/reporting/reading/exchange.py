"""An exchange as it was written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from errorcontract.reporting.reading.tolerant import Line, maybe, members, seconds, whole, words
from errorcontract.reporting.result import Evidence, Pairs, Received, Sent


def evidence_of(value: Line, number: int | None = None) -> Evidence:
    """An exchange, out of an `exchange` line or a member of a finding."""
    response = value.get("response")
    return Evidence(
        request=_sent(members(value.get("request"))),
        response=_received(response) if isinstance(response, dict) else None,
        number=number if number is not None else value.get("number"),
        step=words(value.get("step")),
        failure=maybe(value.get("failure")),
        seconds=seconds(value.get("seconds")),
    )


def _sent(value: Line) -> Sent:
    return Sent(
        method=words(value.get("method")),
        url=words(value.get("url")),
        headers=_pairs(value.get("headers")),
        body=maybe(value.get("body")),
        base64=bool(value.get("base64")),
        cut=maybe(value.get("cut")),
    )


def _received(value: Line) -> Received:
    return Received(
        status=whole(value.get("status")),
        reason=words(value.get("reason")),
        headers=_pairs(value.get("headers")),
        body=words(value.get("body")),
        base64=bool(value.get("base64")),
        cut=maybe(value.get("cut")),
    )


def _pairs(value: Any) -> Pairs:
    """Headers, from a list of pairs or an object."""
    found: Iterable[Any] = value.items() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return tuple((words(name), words(text)) for name, text in found)
