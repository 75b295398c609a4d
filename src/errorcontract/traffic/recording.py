"""What a file of recorded traffic holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.model import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One exchange as a browser or proxy kept it.

    `place` is its place in the file, from 1; `origin` is scheme, host and port; `request.target` is path and query as
    recorded. `body_known`: the request's body is there as it was sent, or there was none. `started` is seconds since
    the epoch, `seconds` the duration.
    """

    place: int
    origin: str
    request: Request
    body_known: bool
    response: Response
    started: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The exchanges of a file in the order of their times. `left_out` counts what is none, by reason.

    `ours`: a run of ours wrote it, in which what is secret is hidden already.
    """

    exchanges: tuple[Recorded, ...]
    ours: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
