"""Runs a client program: in a process group of its own, its output kept, ended when its time is over."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import Process
from dataclasses import dataclass
from pathlib import Path

from errorcontract.audit.command import URL, Command, CommandError
from errorcontract.audit.crashes import crash_of
from errorcontract.model import Ending

_GRACE = 1.0  # seconds from SIGTERM to SIGKILL
_KEPT = 16 * 1024  # bytes of output, half from its start and half from its end
_EAST = "Asia/Tokyo"


class Said(asyncio.Protocol):
    """What a client says, the middle of much left out."""

    def __init__(self) -> None:
        self._start, self._end = bytearray(), bytearray()
        self.over = asyncio.Event()

    @property
    def text(self) -> str:
        """All that is kept."""
        return bytes(self._start + self._end).decode("utf-8", "replace")

    def data_received(self, data: bytes) -> None:
        """It says more."""
        room = max(0, _KEPT // 2 - len(self._start))
        self._start += data[:room]
        self._end = (self._end + data[room:])[-_KEPT // 2 :]

    def connection_lost(self, _: Exception | None) -> None:
        """Nobody is left who could say anything."""
        self.over.set()


@dataclass(slots=True)
class Client:
    """One run of a client."""

    process: Process
    started: float
    _said: Said
    _pipe: asyncio.ReadTransport
    _over: float | None = None

    @classmethod
    async def start(cls, command: Command, url: str, *, elsewhere: bool = False) -> Client:
        """Start it. Raises CommandError where it can't be."""
        environment = {**os.environ, **command.environment, URL: url} | _plain_network()
        if elsewhere:
            environment |= {"TZ": _east()}
        hears, says = os.pipe()
        pipe, said = await asyncio.get_running_loop().connect_read_pipe(Said, os.fdopen(hears, "rb", 0))
        try:
            process = await asyncio.create_subprocess_exec(
                *command.words(url),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=says,
                stderr=asyncio.subprocess.STDOUT,
                env=environment,
                cwd=command.folder,
                start_new_session=True,
            )
        except OSError as problem:
            pipe.close()
            raise CommandError(f"--client {command.text!r} can't be run: {problem.strerror or problem}") from None
        finally:
            os.close(says)
        return cls(process, time.monotonic(), said, pipe)

    @property
    def over(self) -> bool:
        """Whether it ended by itself."""
        return self.process.returncode is not None

    @property
    def ended(self) -> float:
        """Seconds since it was first seen to be over."""
        now = time.monotonic()
        if self._over is None and self.over:
            self._over = now
        return now - self._over if self._over is not None else 0.0

    @property
    def leaves(self) -> bool:
        """Whether anything that it started is still there."""
        try:
            os.killpg(self.process.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def kill(self) -> None:
        """End it at once, with all that it started."""
        self._signal(signal.SIGKILL)

    async def gone(self) -> None:
        """Kill it, and wait until it and its output are over; who keeps the output open is not waited for."""
        self.kill()
        await self.process.wait()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._said.over.wait(), _GRACE)
        self._pipe.close()

    async def end(self, stopped: str | None, silence: float) -> Ending:
        """How it ended; where it has not, it is stopped, with all that it started."""
        running, seconds = not self.over, time.monotonic() - self.started
        if running:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.process.wait(), _GRACE)
        await self.gone()  # with what it left behind
        code, output = self.process.returncode or 0, self._said.text
        crash = None if running or code == 0 else crash_of(output)
        return Ending(
            code=code if code >= 0 and not running else None,
            signal=_name(-code) if code < 0 and not running else None,
            stopped=stopped or "it did not end" if running else None,
            crash=crash,
            silence=silence,
            seconds=seconds,
            output=output,
        )

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def _east() -> str:
    """A time zone east of UTC, by its rule where this machine knows no names."""
    return _EAST if Path("/usr/share/zoneinfo", _EAST).exists() else "EST-9"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _plain_network() -> dict[str, str]:
    """No proxy stands between a client and this machine."""
    kept = ",".join(filter(None, [os.environ.get("NO_PROXY") or os.environ.get("no_proxy"), "127.0.0.1,localhost"]))
    return {"NO_PROXY": kept, "no_proxy": kept}
