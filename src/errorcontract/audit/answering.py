"""What the script of a case has for each request: every call has turns of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from errorcontract.audit.head import head, hint
from errorcontract.audit.identity import attempt, parsed
from errorcontract.audit.orders import Orders
from errorcontract.audit.reply import PARTIAL, WELL, WHOLE, Reply, Say
from errorcontract.audit.routes import operation_of
from errorcontract.audit.script import GOOD, Script
from errorcontract.audit.voice import Voice
from errorcontract.audit.wire import Incoming
from errorcontract.model import Attempt, Operation, Request

_ENOUGH = 60
"""Attempts of one call after which nothing more can be learned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request with the reply that it gets."""

    request: Request
    attempt: Attempt
    reply: Reply


class Answering:
    """Answers the requests of one case. `only`: places that are answered by script; None: all."""

    def __init__(self, script: Script, voice: Voice, only: frozenset[str] | None) -> None:
        self._script, self._voice, self._only = script, voice, only
        self._turns: Counter[str] = Counter()
        self._orders = Orders(voice.contract)

    @property
    def enough(self) -> bool:
        """Whether the client sends the same without end."""
        return any(count > _ENOUGH for count in self._turns.values())

    def answer(self, incoming: Incoming) -> Answered:
        """The reply to a request."""
        operation = operation_of(self._voice.contract, incoming.method, incoming.target)
        request = Request(
            method=incoming.method,
            target=incoming.target,
            headers=tuple(incoming.headers),
            body=bytes(incoming.body) or None,
            operation=operation.id if operation else None,
        )
        say, made = self._said(request, operation)
        return Answered(request=request, attempt=made, reply=self._reply(say, request, operation))

    def _said(self, request: Request, operation: Operation | None) -> tuple[Say, Attempt]:
        made = attempt(self._voice.contract, operation, request, scripted=True)
        looked = self._looked_up(request, operation)
        self._turns[made.content] += 1
        apart = looked is not None or (self._only is not None and made.place not in self._only)
        if apart or self._script.id == GOOD:
            missed = looked is False
            made = attempt(self._voice.contract, operation, request, scripted=False)
            return (self._missing(), replace(made, gist="", missed=True)) if missed else (WELL, made)
        says = self._script.says
        return says[min(self._turns[made.content], len(says)) - 1], made

    def _looked_up(self, request: Request, operation: Operation | None) -> bool | None:
        """Whether what is looked up is there; None for any other request, and where nothing was lost."""
        if operation is None or self._script.landed is None or not self._orders.are_looked_up_by(operation):
            return None
        return self._script.landed or self._orders.has(operation, request)

    def _missing(self) -> Say:
        cause = self._voice.contract.causes.get("unknown-resource")
        return Say(status=404, code=min(cause.codes, default=None) if cause else None)

    def _reply(self, say: Say, request: Request, operation: Operation | None) -> Reply:
        sent = parsed(request.body or b"")
        self._orders.remember(operation, sent, say)
        if say.how not in {WHOLE, PARTIAL}:
            return Reply(status=0, how=say.how)
        if say.body is not None:
            return Reply(status=say.status, headers=head(say.media_type, hint(say)), body=say.body, how=say.how)
        return self._success(say, sent, request, operation) if say.status < 400 else self._error(say)  # noqa: PLR2004

    def _success(self, say: Say, sent: Any, request: Request, operation: Operation | None) -> Reply:
        status, body = self._voice.success(operation, sent, self._orders.shown(operation, request))
        return Reply(status=status, headers=head("application/json"), body=body or b"", how=say.how)

    def _error(self, say: Say) -> Reply:
        waits = say.delay[1] if say.delay and say.delay[0] == "body" else None
        body = self._voice.error(say.code, say.status, waits)
        return Reply(status=say.status, headers=head(self._voice.media_type, hint(say)), body=body, how=say.how)
