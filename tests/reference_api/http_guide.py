"""The HTTP guide's API in every variant that the tests ask for, and a client that speaks its envelope."""

# ruff: noqa: S107 - passwords of a test environment

import asyncio
import importlib
import threading
from functools import cache
from typing import Any

from .client import NUMBERS, Client, Reply
from .conftest import MODULE, reference_api

reference_api()
API = importlib.import_module(f"{MODULE}.http_guide").API
SERVING = importlib.import_module(f"{MODULE}.serving")
USER, ADMIN = "user-token", "admin-token"
BOUNDARY = "cut-here"


@cache
def loop() -> asyncio.AbstractEventLoop:
    """Give the loop of the thread that serves."""
    serving = asyncio.new_event_loop()
    threading.Thread(target=serving.run_forever, daemon=True).start()
    return serving


def port_of(name: str = "", **settings: Any) -> int:
    """Start a server with a fault or a choice, or with several, and give its port."""
    names = name.split()
    faults = [one for one in names if one in {fault.name for fault in API.faults}]
    app = API.app(faults[0] if faults else None, [one for one in names if one not in faults], **settings)
    ready: list[int] = []
    known = threading.Event()

    def tell(port: int) -> None:
        ready.append(port)
        known.set()

    server = SERVING.Server(app, SERVING.bind("127.0.0.1", 0), tell)
    asyncio.run_coroutine_threadsafe(server.serve_here(), loop())
    assert known.wait(10)
    return ready[0]


class Guide(Client):
    """Calls one server."""

    def ask(self, method: str, path: str, body: object = None, token: str | None = None, **headers: str) -> Reply:
        """Send one request."""
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.call(method, path, body, None, **headers)

    def make(self, **changes: object) -> Reply:
        """Make a user with some fields changed."""
        return self.ask("POST", "/users", changed({"age": 30}, changes))

    def register(self, **changes: object) -> Reply:
        """Register an account with some fields changed."""
        return self.ask("POST", "/register", changed({}, changes))

    def login(self, email: str = "ahmed@domain.com", password: str = "correct-horse-1") -> Reply:
        """Log in."""
        return self.ask("POST", "/login", {"email": email, "password": password})

    def upload(self, filename: str = "data.xlsx", kind: str | None = None, part: str = "file") -> Reply:
        """Import a file."""
        head = f'Content-Disposition: form-data; name="{part}"; filename="{filename}"'
        body = f"--{BOUNDARY}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n1,2\r\n--{BOUNDARY}--\r\n"
        kind = f"multipart/form-data; boundary={BOUNDARY}" if kind is None else kind
        return self.ask("POST", "/data/import", body.encode(), Content_Type=kind)

    def total(self) -> int:
        """Give the number of users."""
        return int(self.ask("GET", "/users").json["data"]["total"])


def email() -> str:
    """Give an e-mail that no other test has."""
    return f"t{next(NUMBERS)}@domain.com"


def changed(more: dict[str, object], changes: dict[str, object]) -> dict[str, object]:
    """A good user with fields changed; a field that is `...` is left out."""
    good = {"name": "Ali", "email": email(), "password": "long-enough", **more, **changes}
    return {name: value for name, value in good.items() if value is not ...}


def told(reply: Reply) -> tuple[int, list[str]]:
    """The status and the fields that an answer lists as wrong."""
    return reply.status, [one["field"] for one in reply.json.get("errors", [])]
