"""Answers a client by script, each case at an address of its own, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from errorcontract.audit.cases import GOOD, Script
from errorcontract.audit.identity import attempt, parsed
from errorcontract.audit.reply import CLOSED, PARTIAL, WELL, WHOLE, Reply, Say
from errorcontract.audit.routes import operation_of, values_of
from errorcontract.audit.voice import Voice
from errorcontract.audit.wire import Connection, Incoming
from errorcontract.model import Attempt, Headers, Operation, Request, resolve

_ENOUGH = 60
"""Attempts of one call after which nothing more can be learned."""


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


@dataclass(slots=True)
class Host:
    """The server of one case. `only`: places ("POST /pay") that are answered by script, others succeed; None: all."""

    script: Script
    voice: Voice
    only: frozenset[str] | None = None
    notice: Callable[[Heard], None] = lambda _: None
    heard: list[Heard] = field(default_factory=list)
    url: str = ""
    _server: asyncio.Server | None = None
    _turns: Counter[str] = field(default_factory=Counter)
    _orders: dict[str, tuple[Operation, Any]] = field(default_factory=dict)
    _pending: dict[int, tuple[Request, Attempt]] = field(default_factory=dict)
    _offset: float = 0.0

    async def open(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen. Raises OSError where the port is taken."""
        loop = asyncio.get_running_loop()
        self._offset = time.time() - loop.time()
        self._server = await loop.create_server(lambda: Connection(self._answer, self._sent), host, port, backlog=256)
        self.url = f"http://{host}:{self._server.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.close()

    @property
    def enough(self) -> bool:
        """Whether the client sends the same without end."""
        return any(count > _ENOUGH for count in self._turns.values())

    def _answer(self, incoming: Incoming) -> Reply:
        contract = self.voice.contract
        operation = operation_of(contract, incoming.method, incoming.target)
        headers: Headers = tuple(incoming.headers)
        request = Request(
            method=incoming.method,
            target=incoming.target,
            headers=headers,
            body=bytes(incoming.body) or None,
            operation=operation.id if operation else None,
        )
        say, made = self._said(request, operation)
        self._pending[id(incoming)] = request, made
        return self._reply(say, request, operation)

    def _said(self, request: Request, operation: Operation | None) -> tuple[Say, Attempt]:
        """What the script has for a request: each call has turns of its own."""
        made = attempt(self.voice.contract, operation, request, scripted=True)
        looked = self._looked_up(request, operation)
        self._turns[made.content] += 1
        apart = looked is not None or (self.only is not None and made.place not in self.only)
        if apart or self.script.id == GOOD:
            missed = looked is False
            made = attempt(self.voice.contract, operation, request, scripted=False)
            return (self._missing() if missed else WELL), _missed(made) if missed else made
        says = self.script.says
        return says[min(self._turns[made.content], len(says)) - 1], made

    def _looked_up(self, request: Request, operation: Operation | None) -> bool | None:
        """Whether what is looked up is there; None for any other request, and where nothing was lost."""
        if operation is None or self.script.landed is None:
            return None
        finds = {one.look_up.partition("/")[0] for one in self.voice.contract.operations.values() if one.look_up}
        if operation.id not in finds:
            return None
        values = values_of(operation, self.voice.contract.prefix, request.target).values()
        return self.script.landed or any(value in self._orders and self._done(value) for value in values)

    def _done(self, reference: str) -> bool:
        """Whether an order got an answer, if not the first time."""
        return self._turns.get(f"done {reference}", 0) > 0

    def _missing(self) -> Say:
        contract = self.voice.contract
        cause = contract.causes.get("unknown-resource")
        code = min(cause.codes, default=None) if cause else None
        return Say(status=404, code=code)

    def _reply(self, say: Say, request: Request, operation: Operation | None) -> Reply:
        sent = parsed(request.body or b"")
        self._remember(operation, sent, say)
        if say.how not in {WHOLE, PARTIAL}:
            return Reply(status=0, how=say.how)
        if say.status < 400 and say.body is None:  # noqa: PLR2004
            status, body = self.voice.success(operation, sent, self._shown(request, operation))
            return Reply(status=status, headers=_head("application/json", ()), body=body or b"", how=say.how)
        waits = say.delay[1] if say.delay and say.delay[0] == "body" else None
        body = self.voice.error(say.code, say.status, waits) if say.body is None else say.body
        media = self.voice.media_type if say.body is None else say.media_type
        return Reply(status=say.status, headers=_head(media, _hint(say)), body=body, how=say.how)

    def _remember(self, operation: Operation | None, sent: Any, say: Say) -> None:
        """Keep an order under its reference, for whoever looks it up."""
        place = operation.reference if operation else None
        reference = resolve(sent, place.removeprefix("body")) if place else None
        if operation is not None and isinstance(reference, str):
            self._orders[reference] = operation, sent
            if say.how != CLOSED and say.status < 400:  # noqa: PLR2004
                self._turns[f"done {reference}"] = 1

    def _shown(self, request: Request, operation: Operation | None) -> Mapping[str, Any]:
        """What a look-up shows of the order that was sent under its reference."""
        if operation is None:
            return {}
        values = values_of(operation, self.voice.contract.prefix, request.target).values()
        for value in values:
            if value in self._orders:
                by, sent = self._orders[value]
                shows = ((pointer, resolve(sent, place.removeprefix("body"))) for place, pointer in by.shows.items())
                return {pointer: shown for pointer, shown in shows if isinstance(shown, str | int | float)}
        return {}

    def _sent(self, incoming: Incoming, reply: Reply, now: float) -> None:
        request, made = self._pending.pop(id(incoming))
        heard = Heard(
            request=request,
            reply=reply,
            attempt=made,
            arrived=incoming.arrived,
            answered=now,
            started=incoming.arrived + self._offset,
        )
        self.heard.append(heard)
        self.notice(heard)


def _missed(made: Attempt) -> Attempt:
    return Attempt(
        place=made.place,
        content=made.content,
        reference=made.reference,
        credential=made.credential,
        scripted=False,
        missed=True,
    )


def _hint(say: Say) -> Headers:
    form, seconds = say.delay or ("", 0.0)
    if form == "seconds":
        return (("Retry-After", f"{seconds:g}"),)
    if form == "date":
        moment = datetime.fromtimestamp(int(time.time() + seconds + 0.999), UTC)
        return (("Retry-After", format_datetime(moment, usegmt=True)),)
    return ()


def _head(media_type: str, more: Headers) -> Headers:
    date = format_datetime(datetime.now(UTC).replace(microsecond=0), usegmt=True)
    return (("Date", date), ("Content-Type", media_type), *more)
