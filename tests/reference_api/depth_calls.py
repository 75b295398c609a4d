"""Servers of the Depth reference API, a client, and a conversation that touches all that it does."""

import asyncio
import contextlib
import http.client
import importlib
import json
import queue
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from .conftest import MODULE, reference_api

MANAGER, ADMIN = "pm-token", "admin-token"
REGISTER, PROJECTS = "/api/creators/register", "/api/projects"
STRONG = "Str0ng-pass"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Client:
    """Calls one server; what comes back is made comparable: no ids, no times."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def raw(self, method: str, path: str, body: object = None, token: str | None = None, **headers: str) -> Any:
        """Send one request, and give status, headers and content; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            fields.setdefault("Authorization", f"Bearer {token}")
        if content is not None:
            fields.setdefault("Content-Type", "application/json")
        try:
            self._connection.request(method, path, content, fields)
            answer = self._connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        except (OSError, http.client.HTTPException) as problem:
            self._connection.close()
            return 0, {}, type(problem).__name__.encode()

    def call(self, method: str, path: str, body: object = None, token: str | None = None, **headers: str) -> Any:
        """Send one request, and give what can be compared of the answer."""
        status, told, content = self.raw(method, path, body, token, **headers)
        kept = [told.get(name) for name in ("content-type", "allow", "retry-after", "transfer-encoding")]
        return status, kept, comparable(decoded(content))

    def register(self, email: object = "new@example.com", password: object = STRONG, **more: object) -> Any:
        """Register a creator."""
        return self.call("POST", REGISTER, {"email": email, "password": password, "specialties": ["food"]} | more)

    def create(self, deadline: object, **more: object) -> Any:
        """Create a project as the manager."""
        return self.call("POST", PROJECTS, {"deadline": deadline, "projectType": "food_photography"} | more, MANAGER)

    def assign(self, creator: object, project: str = "project_123") -> Any:
        """Assign a creator as the manager."""
        return self.call("POST", f"{PROJECTS}/{project}/assign", {"creatorId": creator}, MANAGER)

    def delete(self, user: str, token: str | None = ADMIN) -> Any:
        """Delete a user."""
        return self.call("DELETE", f"/api/admin/users/{user}", token=token)

    def listed(self, token: str | None = MANAGER, **headers: str) -> Any:
        """List the projects."""
        return self.call("GET", PROJECTS, token=token, **headers)

    def request_id(self) -> str:
        """Have a registration refused, and give the id of the refusal."""
        _, _, content = self.raw("POST", REGISTER, {})
        return str(decoded(content)["error"]["requestId"]) if content.endswith(b"}") else str(content)

    def race(self, email: str) -> list[int]:
        """Register one e-mail eight times at once, and give the statuses."""
        clients = [Client(self.port) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            return sorted(answer[0] for answer in pool.map(lambda client: client.register(email), clients))


def decoded(content: bytes) -> Any:
    """Give JSON, or what there is instead."""
    try:
        return json.loads(content.decode())
    except ValueError:
        return content[:20].decode(errors="replace")


def comparable(value: Any) -> Any:
    """Put words in the place of ids and times, which differ from server to server."""
    if isinstance(value, Mapping):
        return {name: comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if not isinstance(value, str):
        return value
    return re.sub(
        r"^(creator|project|user|Project)([_ ])\d{4}$", r"\1\2N", re.sub(r"^req_[0-9a-f]{12}$", "req", told(value))
    )


def told(text: str) -> str:
    """Tell a time by its place: past, now, future."""
    if TIME.fullmatch(text) is None:
        return text
    ahead = datetime.fromisoformat(text) - datetime.now(UTC)
    return "now" if abs(ahead) < timedelta(minutes=1) else "future" if ahead > timedelta(0) else "past"


def days(count: float) -> str:
    """Give the time so many days from now, as the documents write it."""
    return (datetime.now(UTC) + timedelta(days=count)).isoformat(timespec="milliseconds")[:-6] + "Z"


CONVERSATION: dict[str, Callable[[Client], Any]] = {
    "busy creator": lambda api: api.assign("creator_456"),
    "registered": lambda api: api.register("first@example.com"),
    "registered again": lambda api: api.register("first@example.com"),
    "registered, domain in capitals": lambda api: api.register("first@EXAMPLE.COM"),
    "registered, name in capitals": lambda api: api.register("FIRST@example.com"),
    "known e-mail": lambda api: api.register("taken@example.com"),
    "known e-mail again": lambda api: api.register("taken@example.com"),
    "race": lambda api: api.race("race@example.com"),
    "three faults": lambda api: api.register("invalid-email", "123", specialties=[]),
    "all fields left out": lambda api: api.call("POST", REGISTER, {}),
    "bad e-mail": lambda api: api.register("invalid-email"),
    "e-mail without dot": lambda api: api.register("a@b"),
    "e-mail with half a surrogate": lambda api: api.register("\ud800@example.com"),
    "no special character": lambda api: api.register("p1@example.com", "Passw0rd1"),
    "no capital": lambda api: api.register("p2@example.com", "passw0rd-1"),
    "no digit": lambda api: api.register("p3@example.com", "Pass-word-"),
    "seven characters": lambda api: api.register("p4@example.com", "Pass-w0"),
    "eight characters": lambda api: api.register("p5@example.com", "Pass-w0r"),
    "password as number": lambda api: api.register("p6@example.com", 12345678),
    "no specialty": lambda api: api.register("p7@example.com", specialties=[]),
    "specialties as text": lambda api: api.register("p8@example.com", specialties="food"),
    "refused e-mail, now right": lambda api: api.register("p8@example.com"),
    "in English": lambda api: api.call("POST", REGISTER, {}, Accept_Language="en-GB"),
    "half a body": lambda api: api.call("POST", REGISTER, b"{"),
    "list as body": lambda api: api.call("POST", REGISTER, b"[]"),
    "other media type": lambda api: api.call("POST", REGISTER, b"{}", Content_Type="text/plain"),
    "oversized": lambda api: api.call("POST", REGISTER, b" " * (1024 * 1024 + 1)),
    "list without token": lambda api: api.listed(None),
    "list, other scheme": lambda api: api.listed(None, Authorization="Basic cG06cG0="),
    "list, wrong token": lambda api: api.listed("wrong"),
    "list, longer token": lambda api: api.listed(MANAGER + "x"),
    "list, expired token": lambda api: api.listed("expired-token"),
    "create without token": lambda api: api.call("POST", PROJECTS, {"projectType": 5}),
    "create, wrong token": lambda api: api.call("POST", PROJECTS, {}, "wrong"),
    "unknown route": lambda api: api.call("GET", "/api/none"),
    "wrong method": lambda api: api.call("PUT", PROJECTS, {}, MANAGER),
    "created": lambda api: api.create(days(30)),
    "created, eight days": lambda api: api.create(days(8)),
    "six days and a half": lambda api: api.create(days(6.5)),
    "twenty days ago": lambda api: api.create(days(-20)),
    "no date": lambda api: api.create("soon"),
    "31st of February": lambda api: api.create("2030-02-31T00:00:00.000Z"),
    "number and text left out": lambda api: api.create(5, projectType=""),
    "assigned": lambda api: api.assign("creator_789"),
    "assigned again": lambda api: api.assign("creator_789"),
    "assigned elsewhere": lambda api: api.assign("creator_789", "project_1002")[0],
    "unknown creator": lambda api: api.assign("creator_000"),
    "creator with a slash": lambda api: api.assign("creator/456"),
    "no creator": lambda api: api.call("POST", f"{PROJECTS}/project_123/assign", {}, MANAGER),
    "creator as number": lambda api: api.assign(5),
    "unknown project": lambda api: api.assign("creator_789", "project_000"),
    "unknown project and creator": lambda api: api.assign("creator_000", "project_000"),
    "finished project": lambda api: api.assign("creator_789", "project_900"),
    "deleted by the manager": lambda api: api.delete("user_124", MANAGER),
    "unknown user, by the manager": lambda api: api.delete("user_000", MANAGER),
    "deleted": lambda api: api.delete("user_123"),
    "deleted again": lambda api: api.delete("user_123"),
    "unknown user": lambda api: api.delete("user_000"),
    "list": lambda api: api.listed(),
    "ids of three refusals": lambda api: len({api.request_id() for _ in range(3)}),
}
LIMITED: dict[str, Callable[[Client], Any]] = {
    "five requests": lambda api: [api.listed()[0] for _ in range(5)],
    "sixth request": lambda api: api.listed(),
}


def talk(api: Client, conversation: Mapping[str, Callable[[Client], Any]]) -> dict[str, Any]:
    """Hold a conversation, and give what came back by the name of the step."""
    return {name: step(api) for name, step in conversation.items()}


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Give the names of the steps that came out differently."""
    return [name for name in ours if ours[name] != theirs[name]]


def steps_of(plain: Mapping[str, Any], words: str) -> list[str]:
    """Name the steps that are meant, in their order: by themselves, or by what the plain server answers them with."""
    wanted = set(filter(None, words.split("; ")))
    assert wanted <= {"every step", "every error", "every field", "401", "403", "404", "409", "422", *plain}
    return [name for name, answer in plain.items() if wanted & {name, *marks(answer)}]


def marks(answer: Any) -> set[str]:
    """Tell what an answer has in common with others: its status, that it is an error, that it names a field."""
    if not isinstance(answer, tuple):
        return set()
    status, _, body = answer
    error = {"every error"} if status >= 400 else set()
    return {"every step", str(status)} | error | ({"every field"} if error and "field" in body["error"] else set())


def depth() -> Any:
    """Give the reference API of this contract."""
    reference_api()
    return importlib.import_module(f"{MODULE}.depth").API


@contextlib.contextmanager
def servers(variants: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Client]]:
    """Serve the reference API in several variants from one thread, and give clients by their names."""
    api = depth()
    serving = importlib.import_module(f"{MODULE}.serving")
    ports: queue.Queue[tuple[str, int]] = queue.Queue()
    serve = [
        serving.Server(api.app(**variant), serving.bind("127.0.0.1", 0), partial(_announce, ports, name))
        for name, variant in variants.items()
    ]

    async def together() -> None:
        await asyncio.gather(*(one.serve_here() for one in serve))

    thread = threading.Thread(target=lambda: asyncio.run(together()), daemon=True)
    thread.start()
    try:
        yield {name: Client(port) for name, port in (ports.get(timeout=20) for _ in serve)}
    finally:
        for one in serve:
            one.should_exit = one.force_exit = True
        thread.join(20)


def _announce(ports: "queue.Queue[tuple[str, int]]", name: str, port: int) -> None:
    ports.put((name, port))
