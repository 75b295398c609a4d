"""Runs a client program: in a process group of its own, its output kept, ended when its time is over."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shlex
import shutil
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from errorcontract.errors import UsageError
from errorcontract.model import Ending

URL = "ERRORCONTRACT_URL"
_GRACE = 1.0  # seconds from SIGTERM to SIGKILL
_KEPT = 16 * 1024  # bytes of output, half from its start and half from its end
_EAST = "Asia/Tokyo"
_CRASHES = {
    "an exception of Python that nobody caught": re.compile(r"^Traceback \(most recent call last\):$", re.MULTILINE),
    "an exception of Node.js that nobody caught": re.compile(r"^Node\.js v\d+", re.MULTILINE),
    "a panic of Go": re.compile(r"^panic: |^fatal error: ", re.MULTILINE),
    "an exception of Java that nobody caught": re.compile(r'^Exception in thread "', re.MULTILINE),
    "a panic of Rust": re.compile(r"^thread '.*' (?:\(\d+\) )?panicked at ", re.MULTILINE),
    "an exception of .NET that nobody caught": re.compile(r"^Unhandled exception\. ", re.MULTILINE),
    "an exception of Ruby that nobody caught": re.compile(r"^\S+\.rb:\d+:in .+\(\w+(?:::\w+)*\)$", re.MULTILINE),
    "a fatal error of PHP": re.compile(r"^(?:PHP )?Fatal error: ", re.MULTILINE),
}


class CommandError(UsageError):
    """The command of a client can't be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as the user wrote it, `{url}` for the base URL. `environment`: what the client is given besides."""

    text: str
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def words(self, url: str) -> list[str]:
        """The command with the URL in its place."""
        return [word.replace("{url}", url) for word in self.split()]

    def split(self) -> list[str]:
        """Its words, as a shell would read them. Raises CommandError where it is none."""
        try:
            words = shlex.split(self.text)
        except ValueError as problem:
            raise CommandError(f"--client {self.text!r} can't be read: {problem}") from None
        if not words:
            raise CommandError("--client is empty: write a command such as 'node pay.mjs {url}'")
        folder = str(self.folder) if self.folder and os.sep in words[0] else None
        found = shutil.which(words[0]) or (folder and shutil.which(os.path.join(folder, words[0])))  # noqa: PTH118
        if not found:
            raise CommandError(f"--client: there is no program {words[0]!r}")
        return words

    def told(self, url: str) -> str:
        """The command for people."""
        return shlex.join(self.words(url)) if "{url}" in self.text else f"{URL}={shlex.quote(url)} {self.text}"


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
        crash = None if running or code == 0 else _crash(output)
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


def _crash(output: str) -> str | None:
    return next((what for what, last_words in _CRASHES.items() if last_words.search(output)), None)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _plain_network() -> dict[str, str]:
    """No proxy stands between a client and this machine."""
    kept = ",".join(filter(None, [os.environ.get("NO_PROXY") or os.environ.get("no_proxy"), "127.0.0.1,localhost"]))
    return {"NO_PROXY": kept, "no_proxy": kept}
