"""Servers of single cases, clients that are raw sockets, and whole audits of the sample clients."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from errorcontract.audit import Command, Host, Script, Voice, cases
from errorcontract.contract import load
from errorcontract.model import Contract
from errorcontract.run.audit import voice_of


@cache
def spoken(contract: str) -> tuple[Contract, Voice]:
    """A bundled contract and its voice, made once."""
    api = load(contract)
    return api, voice_of(api)


class Serving:
    """The server of one case in a thread of its own."""

    def __init__(self, host: Host) -> None:
        self.host, self._loop = host, asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.wait(host.open())
        self.port = int(host.url.rpartition(":")[2])

    def wait(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    @property
    def heard(self):
        self.wait(asyncio.sleep(0))
        return self.host.heard

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def ask(self, text: bytes) -> bytes:
        """All that comes back until the connection is closed."""
        with self.connect() as connection:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self.host.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@pytest.fixture
def serve() -> Iterator[Callable[..., Serving]]:
    """Serves a case: `serve("429-seconds")`."""
    running: list[Serving] = []

    def served(case: str, contract: str = "oneclickdz", only: frozenset[str] | None = None) -> Serving:
        api, voice = spoken(contract)
        script = next(script for script in cases(api) if script.id == case)
        running.append(Serving(Host(script=script, voice=voice, only=only)))
        return running[-1]

    yield served
    for one in running:
        one.stop()


@pytest.fixture
def voice() -> Callable[[str], Voice]:
    """The voice of a bundled contract."""
    return lambda contract: spoken(contract)[1]


@pytest.fixture
def script() -> Callable[[str], Script]:
    """A case of the bundled contract by name."""
    known = {one.id: one for one in cases(spoken("oneclickdz")[0])}
    return known.__getitem__


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Command]:
    """A client that is a few lines of Python; `url` is the base URL."""

    def made(text: str) -> Command:
        file = tmp_path / "client.py"
        file.write_text(f"import os, sys\nurl = sys.argv[1]\n{text}\n", "utf-8")
        return Command(text=f"{sys.executable} {file} {{url}}")

    return made
