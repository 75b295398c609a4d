"""An exchange as reports show it."""

from __future__ import annotations

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it left. `base64`: the body is Base64 of bytes that are not UTF-8; `cut`: why it is not whole."""

    method: str
    url: str
    headers: Pairs = ()
    body: str | None = None
    base64: bool = False
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A response as it came. `cut` says why the body is not whole."""

    status: int
    reason: str = ""
    headers: Pairs = ()
    body: str = ""
    base64: bool = False
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One exchange of a finding's story. `number` is its place in the journal."""

    request: Sent
    response: Received | None = None
    number: int | None = None
    step: str = ""
    failure: str | None = None
    seconds: float = 0.0
