"""Each fault changes what its probe sees, and leaves other calls right."""

# ruff: noqa: S106 - passwords of a test environment

import re
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from .client import Reply
from .http_guide import ADMIN, API, USER, Guide, email, port_of, told

Probe = Callable[[Guide], object]
SEQUENCES = "ledger-agrees"  # what only many calls show is shown where sequences are drawn
FAULTS = {fault.name: fault for fault in API.faults if fault.rule != SEQUENCES}
TAKEN = "ahmed@domain.com"
NOT_THERE = 404
ADMINS = "/admin/users"


def got(path: str, token: str | None = None, **headers: str) -> Probe:
    return lambda api: seen(api.ask("GET", path, token=token, **headers))


def made(**changes: object) -> Probe:
    return lambda api: api.make(**changes).status


def listed(**changes: object) -> Probe:
    return lambda api: told(api.make(**changes))


def posted(body: bytes, path: str = "/users") -> Probe:
    return lambda api: seen(api.ask("POST", path, body))


def seen(reply: Reply) -> object:
    body = reply.json
    shown = {name: body[name] for name in body if name != "data"} if isinstance(body, dict) else reply.body[:9]
    return reply.status, shown, reply.broken, reply.headers.get("content-type")


def taken(api: Guide) -> object:
    return seen(api.register(email=TAKEN))


def location(api: Guide) -> object:
    where = api.make().headers.get("location")
    return where and api.ask("GET", where.partition(str(api.port))[2]).status


def race(api: Guide) -> object:
    address = email()
    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(lambda _: Guide(api.port).register(email=address).status, range(4)))


def crowd(api: Guide, ask: Callable[[Guide], object]) -> object:
    """All that a dozen at once are answered, in some tries."""
    guides = [Guide(api.port) for _ in range(12)]
    with ThreadPoolExecutor(12) as pool:
        return sorted({answer for _ in range(5) for answer in pool.map(ask, guides)}, key=str)


def listed_after_a_race(api: Guide) -> object:
    address = email()
    crowd(api, lambda guide: guide.register(email=address).status)
    return api.ask("GET", "/users").body.count(address.encode()) > 1


def registered(*changes: dict[str, object]) -> Probe:
    def probe(api: Guide) -> object:
        address = email()
        return [api.register(**{"email": address, **more}).status for more in changes]

    return probe


def sixth(api: Guide) -> object:
    reply = [api.login(password="wrong") for _ in range(6)][-1]
    return seen(reply), "retry-after" in reply.headers


def wrong_method(api: Guide) -> object:
    reply = api.ask("DELETE", "/users")
    return seen(reply), reply.headers.get("allow")


def twice(path: str, token: str | None = None) -> Probe:
    return lambda api: [api.ask("GET", path, token=token).status for _ in range(2)]


def member(name: str, **changes: object) -> Probe:
    return lambda api: (value := api.make(**changes).json["data"].get(name)) and re.sub(r"\d", "0", str(value))


def order(api: Guide) -> object:
    reply = api.ask("POST", "/api/orders", {"product": "laptop", "quantity": 1})
    return reply.status, "location" in reply.headers


def left_by(act: Callable[[Guide], object]) -> Probe:
    def probe(api: Guide) -> object:
        before = api.total()
        act(api)
        return api.total() - before

    return probe


def changed(header: str, sent: str) -> Probe:
    def probe(api: Guide) -> object:
        known = api.ask("GET", "/products/2").headers[header]
        api.ask("PUT", "/products/2", {"name": "phone", "price": 1})
        return api.ask("GET", "/products/2", **{sent: known}).status

    return probe


def copy(**headers: str) -> Probe:
    return lambda api: api.ask("GET", "/products/1", **headers).status


def raw(request: str) -> Probe:
    def probe(api: Guide) -> object:
        with socket.create_connection(("127.0.0.1", api.port), timeout=3) as line:
            line.sendall(f"{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            return line.makefile("rb").read().partition(b"\r\n\r\n")[2]

    return probe


def after_a_while(api: Guide) -> object:
    api.ask("GET", "/articles/old-article-2020")
    time.sleep(1.1)
    return api.ask("GET", "/articles/old-article-2020").status


FOUR = {"name": "a", "email": "no", "age": -1, "password": "x"}
DEEP = b"[" * 5000 + b"]" * 5000
PROBES: dict[str, Probe] = {
    "other-case-registered": lambda api: api.register(email=TAKEN.upper()).status,
    "register-race": race,
    "race-loser-stays-in-the-list": listed_after_a_race,
    "users-at-once-clash": lambda api: crowd(api, lambda guide: guide.make(email=email()).status),
    "email-registered-twice": registered({}, {"name": "Omar"}),
    "refused-email-stays-taken": registered({"password": "x"}, {}),
    "null-age-crashes": made(age=None),
    "infinite-age-crashes": posted(b'{"name": "Ali", "email": "x@y.zz", "age": 1e400}'),
    "array-body-crashes": posted(b"[]", "/login"),
    "email-list-crashes": made(email=[TAKEN]),
    "lone-surrogate-crashes": made(name="\ud800abc"),
    "nul-in-slug-crashes": got("/articles/a%00"),
    "other-digits-in-id-crash": got("/users/%C2%B2"),
    "huge-id-crashes": got("/users/" + "9" * 20),
    "form-without-boundary-crashes": lambda api: api.upload(kind="multipart/form-data").status,
    "success-word-on-refusal": taken,
    "refusal-with-200": got("/articles/nothing"),
    "other-number-in-body": taken,
    "number-in-body-as-text": got("/articles/old-article-2020"),
    "success-number-differs": lambda api: api.make().json["code"],
    "empty-message": wrong_method,
    "errors-as-mapping": lambda api: type(api.make(age=-1).json["errors"]),
    "unknown-route-as-page": got("/nothing"),
    "json-said-to-be-a-page": lambda api: seen(api.make(age=-1)),
    "conflict-names-no-field": taken,
    "broken-rule-as-400": made(age=-1),
    "missing-field-as-422": made(name=...),
    "wrong-type-as-422": made(age="twenty-five"),
    "short-name-accepted": made(name="ab"),
    "short-password-accepted": made(password="1234567"),
    "zero-age-accepted": made(age=0),
    "true-age-accepted": made(age=True),
    "email-without-domain-accepted": made(email="ahmed@"),
    "eight-characters-refused": made(password="12345678"),
    "three-characters-refused": made(name="Ali"),
    "stack-trace-on-500": posted(DEEP),
    "statement-in-conflict": taken,
    "exception-name-in-501": got("/reports"),
    "wrong-token-in-message": got("/profile", "junk"),
    "password-in-created-user": member("password"),
    "first-error-only": listed(**FOUR),
    "last-missing-field-only": listed(name=..., email=...),
    "innocent-field-listed": listed(age=-1),
    "field-called-otherwise": listed(email="no"),
    "no-list-of-missing-fields": listed(email=...),
    "wait-told-in-header": sixth,
    "wait-told-in-message": sixth,
    "allow-missing": wrong_method,
    "allow-lists-the-refused": wrong_method,
    "allowed-methods-missing": wrong_method,
    "allowed-methods-untrue": wrong_method,
    "csv-said-to-be-supported": lambda api: seen(api.upload("data.csv")),
    "supported-types-missing": lambda api: seen(api.upload("data.csv")),
    "profile-without-token": got("/profile"),
    "any-token-is-known": got("/profile", "junk"),
    "right-not-checked-for-one": got("/admin/users/1", USER),
    "missing-told-before-right": got("/admin/users/99999", USER),
    "hidden-route-says-so": got("/admin/users", USER),
    "cover-comes-and-goes": twice("/admin/users", USER),
    "challenge-missing": lambda api: api.ask("GET", "/profile").headers.get("www-authenticate"),
    "rights-as-401": got("/admin/users", USER),
    "missing-token-as-403": got("/profile"),
    "conflict-as-400": taken,
    "csv-as-400": lambda api: api.upload("data.csv").status,
    "unfinished-as-500": got("/reports"),
    "old-token-as-419": got("/profile", "junk"),
    "logins-never-limited": sixth,
    "gone-article-turns-404": twice("/articles/old-article-2020"),
    "deleted-in-the-future": got("/articles/old-article-2020"),
    "empty-password-alternates": lambda api: [api.make(password="").status for _ in range(2)],
    "created-with-200": made(),
    "created-without-location": location,
    "location-leads-nowhere": location,
    "creation-time-local": member("createdAt"),
    "see-other-without-location": order,
    "moved-without-location": lambda api: "location" in api.ask("POST", "/old/users", b"{}").headers,
    "accepted-claims-success": posted(b'{"subject": "a", "content": "b"}', "/newsletter/send"),
    "order-placed-with-201": order,
    "user-made-although-refused": left_by(made(age=-1)),
    "account-made-although-taken": left_by(taken),
    "tag-outlives-change": changed("etag", "If_None_Match"),
    "any-tag-matches": copy(If_None_Match='"other"'),
    "any-date-matches": changed("last-modified", "If_Modified_Since"),
    "body-on-204": raw("DELETE /users/7"),
    "body-on-304": raw('GET /products/1 HTTP/1.1\r\nIf-None-Match: "1-1"\r\nX-Rest:'),
    "body-on-head": raw("HEAD /users/99999"),
    "answer-cut-short": got("/articles/old-article-2020"),
    "refusal-follows-a-success": lambda api: [made(**change)(api) for change in ({"age": -1}, {}, {"age": -1})],
    "head-tells-what-is-hidden": lambda api: [api.ask(how, ADMINS, token=USER).status for how in ("GET", "HEAD")],
    "cover-falls-after-a-visit": lambda api: [api.ask("GET", ADMINS, token=who).status for who in (USER, ADMIN, USER)],
    "gone-article-forgotten": after_a_while,
    "gone-article-unknown-to-head": lambda api: api.ask("HEAD", "/articles/old-article-2020").status,
}


def test_every_fault_is_tested() -> None:
    assert sorted(PROBES) == sorted(FAULTS)


@pytest.mark.parametrize("name", PROBES)
def test_a_fault_shows(name: str) -> None:
    probe = PROBES[name]
    assert probe(Guide(port_of(name))) != probe(Guide(port_of()))


@pytest.mark.parametrize("name", PROBES)
def test_a_fault_leaves_another_call_right(name: str) -> None:
    api = Guide(port_of(name))
    assert [api.ask("GET", path).status for path in ("/users/1", "/users", "/articles/hello-world")] == [200] * 3
    assert api.ask("GET", "/admin/users", token=ADMIN).json["code"] == 200


def test_faults_say_where_they_come_from() -> None:
    assert all(fault.origin and fault.hides and fault.contract == "http-guide" for fault in FAULTS.values())


def test_a_race_does_not_show_one_after_the_other() -> None:
    assert registered({}, {})(Guide(port_of("register-race"))) == [201, 409]


def test_a_crash_stays_in_the_envelope() -> None:
    reply = Guide(port_of("null-age-crashes")).make(age=None)
    assert (reply.status, reply.json) == (
        500,
        {"status": "error", "code": 500, "message": "Something went wrong on our end"},
    )


def test_the_first_look_at_what_turns_404_is_right() -> None:
    assert twice("/articles/old-article-2020")(Guide(port_of("gone-article-turns-404"))) == [410, NOT_THERE]
