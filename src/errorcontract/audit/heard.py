"""What a server of the audit takes down."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.audit.reply import Reply
from errorcontract.model import Attempt, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One request of a client, with what it was answered. `arrived` and `answered` are seconds of one clock."""

    request: Request
    reply: Reply
    attempt: Attempt
    arrived: float
    answered: float
    started: float
    """Seconds since the epoch."""
