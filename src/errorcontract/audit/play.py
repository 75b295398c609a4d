"""Plays cases: a server and a run of the client for each, many side by side, all within a minute."""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from errorcontract.audit.cases import GOOD, SUCCESS, Script
from errorcontract.audit.command import Command
from errorcontract.audit.launch import Client
from errorcontract.audit.server import Heard, Host
from errorcontract.audit.usual import calls_of, changing_of
from errorcontract.audit.voice import Voice
from errorcontract.model import Conduct, Ending, Usual

_CORES = os.cpu_count() or 2
_SIDE_BY_SIDE = 20 * _CORES  # clients that mostly wait
_STARTING = 2 * _CORES  # clients that have not called yet: these need a core
_LONGEST, _SHORTEST = 20.0, 7.0  # seconds that a client is watched after its first call
_FIRST = 14.0  # where all goes well
_ALL = 42.0  # seconds for all cases together
_TO_START = 30.0  # seconds until its first call
_QUIET = 6.0  # seconds without a call after which nothing more is expected where all goes well
_LEFT = 5.0  # seconds without a call that what a client leaves behind is given, once it has ended itself
_TICK = 0.05
_FAR = "it was still waiting or running after {:.0f} s"
_ENDLESS = "it sent the same more than 60 times"
_MUTE = "it made no call within {:.0f} s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A case and what the client did."""

    script: Script
    heard: tuple[Heard, ...]
    conduct: Conduct
    only: frozenset[str] | None


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
        """What the client does when all goes well, and how it ended after errors that it can know, by their class."""
        found: dict[str, list[Ending]] = defaultdict(list)
        for played in self._finished.values():
            if played.script.lasting and not played.script.strange and played.conduct.ending and played.heard:
                found[played.script.kind].append(played.conduct.ending)
        return Usual(calls=self._usual.calls, endings={kind: tuple(endings) for kind, endings in found.items()})

    async def _probe(self, rest: list[Script], usual: Played) -> list[Script]:
        """Find out whether a client goes on after a refused call; one that does not has its reading calls succeed."""
        places = {heard.attempt.place for heard in usual.heard}
        changing = changing_of(usual.heard)
        refused = next((script for script in rest if script.lasting and script.kind == "4xx"), None)
        if not changing or changing == places or refused is None:
            return rest
        first = await self._play(refused, most=_QUIET)
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
                await self._first_call(host, client)
            began = time.monotonic()
            try:
                stopped = await self._watch(host, client, self._patience(most))
                ending = await client.end(stopped, _silence(host))
            finally:
                await client.gone()
        finally:
            host.close()
        return self._played(host, ending, time.monotonic() - began)

    async def _first_call(self, host: Host, client: Client) -> None:
        try:
            await _until(lambda: bool(host.heard) or _is_over(host, client), _TO_START)
        except asyncio.CancelledError:
            await client.gone()
            raise

    async def _watch(self, host: Host, client: Client, patience: float) -> str | None:
        """Wait for the end of a client, or for the moment at which it is stopped, and why."""
        if not host.heard and not client.over:
            return _MUTE.format(_TO_START)
        quiet, began = _QUIET if host.script.id == GOOD else patience, time.monotonic()
        await _until(lambda: _is_over(host, client) or host.enough or _silence(host) > quiet, patience)
        if client.over:
            return None
        return _ENDLESS if host.enough else _FAR.format(time.monotonic() - began)

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


def _is_over(host: Host, client: Client) -> bool:
    """Whether it ended, and what it left behind too, or that is quiet."""
    if not client.over:
        return False
    quiet = min(client.ended, _silence(host)) if host.heard else client.ended
    return quiet > _LEFT or not client.leaves


def _silence(host: Host) -> float:
    """Seconds since the last answer."""
    return asyncio.get_running_loop().time() - host.heard[-1].answered if host.heard else 0.0


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:  # noqa: ASYNC110 - processes and sockets have no common event
        await asyncio.sleep(_TICK)
