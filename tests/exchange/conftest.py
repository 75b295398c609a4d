"""Small hostile servers on sockets, and the parts of the exchange set up against them."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from errorcontract.exchange import Answer, Client, Journal, Limits, Mask, Pace, Record, Secrets, Stage
from errorcontract.model import Answers, Basis, Case, Outcome, Promise, Provenance, Request, Step, Trace

UNJUDGED = Promise(outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="a test"))


class Server:
    """Answers each request with what its script says; keeps every request's bytes, counts those under way."""

    def __init__(self, script: Callable[[socket.socket, bytes], None], port: int = 0) -> None:
        self.script = script
        self.requests: list[bytes] = []
        self.connections = self.under_way = self.most_under_way = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while request := read_request(connection):
                with self._lock:
                    self.requests.append(request)
                    self.under_way += 1
                    self.most_under_way = max(self.most_under_way, self.under_way)
                try:
                    self.script(connection, request)
                finally:
                    with self._lock:
                        self.under_way -= 1

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def read_request(connection: socket.socket) -> bytes:
    """One request with its body, empty where the caller is gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(
    body: bytes = b"{}", *, status: str = "200 OK", length: int | None = None, headers: tuple[str, ...] = ()
) -> bytes:
    """The bytes of a whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts a server. It sends the bytes it is given and closes if told so, or follows a script."""
    with ExitStack() as stack:

        def start(
            sent: bytes = b"",
            *,
            closes: bool = False,
            script: Callable[[socket.socket, bytes], None] | None = None,
            port: int = 0,
        ) -> Server:
            def send(connection: socket.socket, _: bytes) -> None:
                connection.sendall(sent)
                if closes:
                    connection.shutdown(socket.SHUT_RDWR)

            server = Server(script or send, port)
            stack.callback(server.stop)
            return server

        yield start


@pytest.fixture
def whole() -> Callable[..., bytes]:
    return answer


@pytest.fixture
def exchange() -> Callable[..., Any]:
    """Sends requests over one client, one after the other, and gives the answers."""

    def sent(
        url: str, *requests: Request, limits: Limits | None = None, secrets: Secrets | None = None
    ) -> list[Answer]:
        async def run() -> list[Answer]:
            secret = secrets or Secrets()
            client = Client(url, secret, Mask(secret.values.values()), limits or Limits())
            try:
                return [await client.send(request) for request in requests or (Request(method="GET", target="/"),)]
            finally:
                await client.close()

        return asyncio.run(run())

    return sent


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    return tmp_path / "journal.ndjson"


@pytest.fixture
def journal_lines(journal_path: Path) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [json.loads(line) for line in journal_path.read_text("utf-8").splitlines()]


@pytest.fixture
def play(journal_path: Path) -> Callable[..., list[Trace]]:
    """Plays cases on a stage of their own."""

    def played(
        url: str,
        *cases: Case,
        budget: int | None = None,
        rate: tuple[int, float] | None = None,
        secrets: Secrets | None = None,
        limits: Limits | None = None,
        begun: Sequence[Case] = (),
    ) -> list[Trace]:
        async def run() -> list[Trace]:
            secret = secrets or Secrets()
            mask = Mask(secret.values.values())
            client = Client(url, secret, mask, limits or Limits(seconds=10, away_seconds=1))
            stage = Stage(client, Pace(rate), Record(Journal(journal_path, "a contract", mask)), url, budget)
            try:
                await stage.begin(begun)
                volleys = [[case] for case in cases] if begun else [cases]  # what has begun may be asked for later
                traces = [trace for volley in volleys for trace in await stage.play_all(volley)]
                stage.check()
                return traces
            finally:
                await client.close()

        return asyncio.run(run())

    return played


def sent(request: Request, _: Answers) -> Request:
    return request


@pytest.fixture
def case() -> Callable[..., Case]:
    """Makes a case of simple requests: its steps are named by their targets."""

    def made(
        name: str, *targets: str, copies: int = 1, alone: bool = False, patient: bool = False, **more: Any
    ) -> Case:
        requests = [Request(method="GET", target=target, **more) for target in targets]
        steps = tuple(
            Step(name=request.target, promise=UNJUDGED, copies=copies, make=partial(sent, request))
            for request in requests
        )
        about = {"family": "a family", "operation": None, "cause": None, "alone": alone, "patient": patient}
        return Case(id=name, variant=name, steps=steps, **about)

    return made
