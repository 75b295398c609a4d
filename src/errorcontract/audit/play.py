"""Plays cases: a server and a run of the client for each, many side by side, all within a minute."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from errorcontract.audit.command import Command
from errorcontract.audit.heard import Heard
from errorcontract.audit.launch import Client
from errorcontract.audit.played import Played
from errorcontract.audit.script import GOOD, SUCCESS, Script
from errorcontract.audit.server import Host
from errorcontract.audit.usual import calls_of, changing_of, endings_of
from errorcontract.audit.voice import Voice
from errorcontract.audit.watching import QUIET, first_call, silence, watch
from errorcontract.model import Conduct, Ending, Usual

_CORES = os.cpu_count() or 2
_SIDE_BY_SIDE = 20 * _CORES  # clients that mostly wait
_STARTING = 2 * _CORES  # clients that have not called yet: these need a core
_LONGEST, _SHORTEST = 20.0, 7.0  # seconds that a client is watched after its first call
_FIRST = 14.0  # where all goes well
_ALL = 42.0  # seconds for all cases together


@dataclass(slots=True)
class Plays:
    """All cases of an audit. `notice` is told of each request, `done` of each case that is over."""

    voice: Voice
    command: Command
    notice: Callable[[Heard], None] = lambda _: None
    done: Callable[[Played], None] = lambda _: None
    _only: frozenset[str] | None = None
    _usual: Usual = field(default_factory=Usual)
    _finished: dict[str, Played] = field(default_factory=dict)
    _left: int = 0
    _until: float = 0.0

    async def all(self, scripts: Sequence[Script]) -> Mapping[str, Played]:
        """Play every case: first how the client calls when all goes well, then the others side by side."""
        self._until = time.monotonic() + _ALL
        good = next((script for script in scripts if script.id == GOOD), None)
        usual = await self._play(good or SUCCESS, most=_FIRST)
        self._usual = Usual(calls=calls_of(usual.heard))
        if good:
            self._over(usual)
        rest = [script for script in scripts if script.id != GOOD]
        if not usual.heard or not rest:
            return self._finished
        rest = await self._probe(rest, usual)
        self._left = len(rest)
        many, starting = asyncio.Semaphore(_SIDE_BY_SIDE), asyncio.Semaphore(_STARTING)
        async with asyncio.TaskGroup() as group:
            for script in rest:
                group.create_task(self._one(script, many, starting))
        return self._finished

    @property
    def usual(self) -> Usual:
        """What the client does when all goes well, and how it ended after errors that it can know."""
        return Usual(calls=self._usual.calls, endings=endings_of(self._finished.values()))

    async def _probe(self, rest: list[Script], usual: Played) -> list[Script]:
        """Find out whether a client goes on after a refused call; one that does not has its reading calls succeed."""
        places = {heard.attempt.place for heard in usual.heard}
        changing = changing_of(usual.heard)
        refused = next((script for script in rest if script.lasting and script.kind == "4xx"), None)
        if not changing or changing == places or refused is None:
            return rest
        first = await self._play(refused, most=QUIET)
        if not changing <= {heard.attempt.place for heard in first.heard}:
            self._only = changing
        return rest

    async def _one(self, script: Script, many: asyncio.Semaphore, starting: asyncio.Semaphore) -> None:
        async with many:
            self._over(await self._play(script, starting))
            self._left -= 1

    def _over(self, played: Played) -> None:
        self._finished[played.script.id] = played
        self.done(played)

    def _patience(self, most: float) -> float:
        """How long a client is watched: as long as the time for all allows it."""
        rounds = max(1.0, self._left / _SIDE_BY_SIDE)
        return min(most, max(_SHORTEST, (self._until - time.monotonic()) / rounds))

    async def _play(
        self, script: Script, starting: asyncio.Semaphore | None = None, most: float = _LONGEST
    ) -> Played:
        host = Host(script=script, voice=self.voice, only=self._only, notice=self.notice)
        await host.open()
        try:
            async with starting or nullcontext():
                client = await Client.start(self.command, host.url, elsewhere=script.zone)
                await first_call(host, client)
            began = time.monotonic()
            try:
                stopped = await watch(host, client, self._patience(most))
                ending = await client.end(stopped, silence(host))
            finally:
                await client.gone()
        finally:
            host.close()
        return self._played(host, ending, time.monotonic() - began)

    def _played(self, host: Host, ending: Ending, watched: float) -> Played:
        heard = tuple(sorted(host.heard, key=lambda one: one.arrived))
        conduct = Conduct(
            attempts=tuple(one.attempt for one in heard),
            strange=host.script.strange,
            kind=host.script.kind,
            ending=ending,
            usual=self._usual,
            watched=watched,
        )
        return Played(script=host.script, heard=heard, conduct=conduct, only=self._only)
