"""Serves one case to a client, at an address of its own, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from errorcontract.audit.answering import Answered, Answering
from errorcontract.audit.heard import Heard
from errorcontract.audit.reply import Reply
from errorcontract.audit.script import Script
from errorcontract.audit.voice import Voice
from errorcontract.audit.wire import Connection, Incoming


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
    _answering: Answering = field(init=False)
    _pending: dict[int, Answered] = field(default_factory=dict)
    _offset: float = 0.0

    def __post_init__(self) -> None:
        """Each server has turns of its own."""
        self._answering = Answering(self.script, self.voice, self.only)

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
        return self._answering.enough

    def _answer(self, incoming: Incoming) -> Reply:
        answered = self._pending[id(incoming)] = self._answering.answer(incoming)
        return answered.reply

    def _sent(self, incoming: Incoming, reply: Reply, now: float) -> None:
        answered = self._pending.pop(id(incoming))
        heard = Heard(
            request=answered.request,
            reply=reply,
            attempt=answered.attempt,
            arrived=incoming.arrived,
            answered=now,
            started=incoming.arrived + self._offset,
        )
        self.heard.append(heard)
        self.notice(heard)
