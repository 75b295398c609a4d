"""What a scripted server says: in the script's words, and as bytes."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.model import Headers

WHOLE, CLOSED, RESET, PARTIAL = "whole", "closed", "reset", "partial"
"""How an answer ends: as it should; without a byte; with a reset; in the middle of its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One answer of a script. `body` takes the place of the envelope; `delay` is a form and its seconds.

    The form is "seconds" or "date" for a Retry-After, "body" for the place that the contract names. `found`: to a
    look-up by reference, whether there is such a thing.
    """

    status: int = 200
    code: str | None = None
    delay: tuple[str, float] | None = None
    how: str = WHOLE
    body: bytes | None = None
    media_type: str = "application/json"


WELL = Say()
"""Success, as the contract has it for the operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it goes out."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    how: str = WHOLE
