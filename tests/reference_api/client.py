"""A small HTTP client that keeps a connection alive and notes what came back, complete or not."""

import http.client
import itertools
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

KEY = "sandbox-key"
SEND, INTERNET, CARDS = "/v3/mobile/send", "/v3/internet/send", "/v3/gift-cards/placeOrder"
NUMBERS = itertools.count()
LEFT_OUT = object()


@dataclass(frozen=True)
class Reply:
    """An answer, or the name of what went wrong instead."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    broken: str = ""

    @property
    def json(self) -> Any:
        """The body as strict JSON, or None."""
        try:
            return json.loads(self.body.decode()) if not self.body.startswith(b"\xef\xbb\xbf") else None
        except ValueError:
            return None

    @property
    def code(self) -> str | None:
        """The error code, or None."""
        error = self.json.get("error") if isinstance(self.json, dict) else None
        return error.get("code") if isinstance(error, dict) else None

    @property
    def outcome(self) -> tuple[object, ...]:
        """Status, code and whether the answer came whole."""
        return self.status, self.code, self.broken

    @property
    def data(self) -> Any:
        """The data of a success."""
        return self.json["data"]

    @property
    def details(self) -> Any:
        """The details of a refusal."""
        return self.json["error"].get("details")


def reference() -> str:
    """Give a reference no other test has."""
    return f"t-{os.getpid()}-{next(NUMBERS)}"


class Client:
    """Calls one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def call(self, method: str, path: str, body: object = None, key: str | None = KEY, **headers: str) -> Reply:
        """Send one request; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            fields["X-Access-Token"] = key
        if content is not None:
            fields.setdefault("Content-Type", "application/json")
        try:
            self._connection.request(method, path, content, fields)
            answer = self._connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        except (OSError, http.client.HTTPException) as problem:
            self._connection.close()
            return Reply(broken=type(problem).__name__)

    def get(self, path: str, **more: Any) -> Reply:
        """GET a path."""
        return self.call("GET", path, **more)

    def post(self, path: str, body: object, **more: Any) -> Reply:
        """POST a body."""
        return self.call("POST", path, body, **more)

    def send(self, **changes: object) -> Reply:
        """Send a good mobile top-up with some fields changed."""
        good = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 100, "ref": reference()}
        return self.post(SEND, _changed(good, changes))

    def internet(self, **changes: object) -> Reply:
        """Send a good internet top-up with some fields changed."""
        good = {"type": "ADSL", "number": "036362608", "value": 500, "ref": reference()}
        return self.post(INTERNET, _changed(good, changes))

    def card(self, **changes: object) -> Reply:
        """Order a gift card with some fields changed."""
        return self.post(CARDS, _changed({"productId": "amazon-us", "typeId": "25usd", "quantity": 1}, changes))

    def line(self, query: str) -> Reply:
        """Check the number of a line."""
        return self.get(f"/v3/internet/check-number?{query}")

    def balance(self) -> float:
        """Give the balance."""
        return float(self.get("/v3/account/balance").data["balance"])

    def cost(self, action: Callable[[], object]) -> float:
        """Give what an action takes from the balance."""
        before = self.balance()
        action()
        return before - self.balance()

    def at_once(self, count: int, **changes: object) -> list[Reply]:
        """Send mobile top-ups at once, each on a connection of its own."""
        clients = [Client(self.port) for _ in range(count)]
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(lambda client: client.send(**changes), clients))


def _changed(good: dict[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in {**good, **changes}.items() if value is not LEFT_OUT}
