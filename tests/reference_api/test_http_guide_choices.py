"""Each choice changes what its probe sees, and stays legal."""

# ruff: noqa: S106 - passwords of a test environment

from collections.abc import Callable

import pytest

from .client import Reply
from .http_guide import ADMIN, API, USER, Guide, email, port_of, told

Probe = Callable[[Guide], object]


def got(path: str, token: str | None = None) -> Probe:
    return lambda api: api.ask("GET", path, token=token).status


def made(**changes: object) -> Probe:
    return lambda api: told(api.make(**changes))


def deleted(api: Guide) -> list[Reply]:
    path = f"/users/{api.make().json['data']['id']}"
    return [api.ask("DELETE", path), api.ask("DELETE", path), api.ask("GET", path)]


def statuses(api: Guide) -> object:
    return [reply.status for reply in deleted(api)]


def newsletter(**fields: object) -> Probe:
    return lambda api: told(api.ask("POST", "/newsletter/send", fields))


def posted(body: bytes, **headers: str) -> Probe:
    return lambda api: api.ask("POST", "/users", body, **headers).status


def failures(api: Guide) -> list[int]:
    return [api.login(password="wrong").status for _ in range(5)]


def after_failures(api: Guide) -> object:
    return [*failures(api), api.login().status]


def twice(api: Guide) -> object:
    address = email()
    return [api.make(email=address).status, api.make(email=address).status, api.register(email=address).status]


def location(api: Guide) -> object:
    return api.make().headers["location"].startswith("/users/")


def product(api: Guide, name: str) -> object:
    return api.ask("GET", "/products/1").headers.get(name)


def hidden(api: Guide) -> object:
    replies = [api.ask("GET", path, token=USER) for path in ("/admin/users", "/admin/users/1", "/nothing")]
    return len({reply.body for reply in replies}), replies[0].status, got("/admin/users", ADMIN)(api)


EXPECTED: dict[str, tuple[Probe, object]] = {
    "code-absent": (lambda api: sorted(api.ask("GET", "/users/99999").json), ["message", "status"]),
    "other-messages": (lambda api: "\u0631" in api.ask("GET", "/none").json["message"], True),
    "extra-members": (lambda api: sorted(api.make(name="a").json["errors"][0]), ["field", "message", "trace"]),
    "relative-location": (location, True),
    "absolute-redirects": (lambda api: api.ask("GET", "/old/offer").headers["location"][:17], "http://127.0.0.1:"),
    "other-challenge": (lambda api: "realm" in api.ask("GET", "/profile").headers["www-authenticate"], True),
    "users-as-bare-list": (lambda api: type(api.ask("GET", "/users").json["data"]), list),
    "same-email-for-users": (twice, [201, 201, 409]),
    "title-case-headers": (got("/users/1"), 200),
    "others-sign-up": (lambda api: api.ask("GET", "/users").json["data"]["users"][0]["name"][:6], "Other "),
    "chunked-answers": (lambda api: api.ask("GET", "/users").headers.get("transfer-encoding"), "chunked"),
    "malformed-id-as-400": (lambda api: [got("/users/abc")(api), got("/users/99999")(api)], [400, 404]),
    "deleted-user-as-410": (statuses, [204, 410, 410]),
    "second-delete-as-204": (statuses, [204, 204, 404]),
    "deleted-item-returned": (lambda api: deleted(api)[0].json["data"]["name"], "Ali"),
    "admin-hidden": (hidden, (1, 404, 200)),
    "gone-hidden": (got("/articles/old-article-2020"), 404),
    "import-in-background": (lambda api: (api.upload().status, api.upload().json["status"]), (202, "accepted")),
    "oversized-as-400": (posted(b" " * 1_100_000), 400),
    "unreadable-listed-alone": (made(name="a", age="x"), (400, ["age"])),
    "options-answered": (lambda api: api.ask("OPTIONS", "/users").headers["allow"], "GET, HEAD, POST, OPTIONS"),
    "number-texts-taken": (lambda api: [made(age="25")(api), made(age="-5")(api)], [(201, []), (422, ["age"])]),
    "ages-of-people": (lambda api: [made(age=25.5)(api), made(age=151)(api)], [(422, ["age"])] * 2),
    "beyond-numbers-as-422": (posted(b'{"name": "Ali", "email": "x@y.zz", "age": 1e400}'), 422),
    "null-is-absent": (lambda api: [made(age=None)(api), made(name=None)(api)], [(201, []), (400, ["name"])]),
    "password-required": (made(password=...), (400, ["password"])),
    "unknown-members-refused": (made(more=1), (400, ["more"])),
    "empty-texts-as-400": (newsletter(subject="", content="x"), (400, ["subject"])),
    "rules-before-uniqueness": (lambda api: api.register(email="ahmed@domain.com", name="a").status, 422),
    "short-passwords-registered": (lambda api: api.register(password="123456").status, 201),
    "content-type-needed": (posted(b"{}", Content_Type=""), 415),
    "media-types-listed": (
        lambda api: api.ask("POST", "/users", b"", Content_Type="text/plain").json["supportedTypes"],
        ["application/json"],
    ),
    "last-duplicate-counts": (posted(b'{"name": "a", "name": "Ali", "email": "x@y.zz"}'), 201),
    "right-password-opens": (after_failures, [401] * 5 + [200]),
    "failures-by-address": (after_failures, [401] * 5 + [429]),
    "fifth-failure-as-429": (failures, [401] * 4 + [429]),
    "weak-tags": (lambda api: product(api, "etag"), 'W/"1-1"'),
    "tags-only": (lambda api: product(api, "last-modified"), None),
    "dates-only": (lambda api: product(api, "etag"), None),
    "change-answers-204": (
        lambda api: api.ask("PUT", "/products/1", {"name": "laptop", "price": 1}).status,
        204,
    ),
}


def test_every_choice_is_tested() -> None:
    assert sorted(EXPECTED) == sorted(choice.name for choice in API.choices)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_choice_shows(name: str) -> None:
    probe, expected = EXPECTED[name]
    assert probe(Guide(port_of(name))) == expected


@pytest.mark.parametrize("name", EXPECTED)
def test_a_choice_keeps_what_the_samples_promise(name: str) -> None:
    api = Guide(port_of(name))
    made = api.make()
    assert (made.status, api.ask("GET", made.headers["location"].partition(str(api.port))[2] or "/users/1").status) == (
        201,
        200,
    )
    assert api.register(email="ahmed@domain.com", password="123456").status == 409
    assert told(api.make(name="a", email="not-an-email", age=-5, password="123")) == (
        422,
        ["name", "email", "age", "password"],
    )
    assert told(api.make(email=...)) == (400, ["email"])
    reply = api.ask("GET", "/products/2")
    sent = {"If_None_Match": "etag", "If_Modified_Since": "last-modified"}
    known = {name: reply.headers[header] for name, header in sent.items() if header in reply.headers}
    assert api.ask("GET", "/products/2", **known).status == 304


def test_choices_combine() -> None:
    api = Guide(port_of("extra-members relative-location weak-tags deleted-item-returned"))
    assert location(api)
    assert deleted(api)[0].json["trace"] == "eu-1"
    assert str(product(api, "etag")).startswith("W/")
