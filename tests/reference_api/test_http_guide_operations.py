"""The documented behaviour of every operation, and every answer in the flat envelope."""

# ruff: noqa: S106 - passwords of a test environment

import re
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import pytest

from .client import Reply
from .http_guide import ADMIN, USER, Guide, email, port_of, told

DELETED = "2024-01-15T10:30:00Z"


@pytest.fixture(scope="module")
def port() -> int:
    return port_of()


@pytest.fixture
def api(port: int) -> Guide:
    return Guide(port)


def is_error(reply: Reply, status: int) -> bool:
    body = reply.json
    return (reply.status, body["status"], body["code"]) == (status, "error", status) and bool(body["message"])


def test_a_known_user_is_shown_as_in_the_sample(api: Guide) -> None:
    shown = {"id": 1, "name": "Ahmed", "email": "ahmed@domain.com", "age": 25}
    assert api.ask("GET", "/users/1").json == {"status": "success", "code": 200, "data": shown}


@pytest.mark.parametrize("number", ["99999", "26000", "abc", "0", "01", "-1", "1.0", "%C2%B2", "9" * 300, "%00"])
def test_an_id_that_nobody_has_is_not_found(api: Guide, number: str) -> None:
    assert is_error(api.ask("GET", f"/users/{number}"), 404)


def test_all_known_users_are_there(api: Guide) -> None:
    assert [api.ask("GET", f"/users/{number}").status for number in range(1, 26)] == [200] * 25


def test_a_made_user_has_an_id_a_time_and_a_place(api: Guide) -> None:
    reply = api.make(name="Ali", age=30)
    made = reply.json["data"]
    assert (reply.status, reply.json["status"], reply.json["code"]) == (201, "success", 201)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", made["createdAt"])
    assert reply.headers["location"] == f"http://127.0.0.1:{api.port}/users/{made['id']}"
    assert api.ask("GET", f"/users/{made['id']}").json["data"] == made
    assert "password" not in made


@pytest.mark.parametrize("field", ["age", "password"])
def test_age_and_password_may_be_left_out(api: Guide, field: str) -> None:
    assert api.make(**{field: ...}).status == 201


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"email": ...}, (400, ["email"])),
        ({"name": ...}, (400, ["name"])),
        ({"name": ..., "email": ...}, (400, ["name", "email"])),
        ({"email": ..., "age": "twenty-five"}, (400, ["email", "age"])),
        ({"age": "25"}, (400, ["age"])),
        ({"age": None}, (400, ["age"])),
        ({"age": True}, (400, ["age"])),
        ({"name": 5}, (400, ["name"])),
        ({"name": "\ud800abc"}, (400, ["name"])),
        ({"email": ["a@b.c"]}, (400, ["email"])),
        ({"password": 12345678}, (400, ["password"])),
        ({"name": "a"}, (422, ["name"])),
        ({"name": "ab"}, (422, ["name"])),
        ({"email": "not-an-email"}, (422, ["email"])),
        ({"email": "a@b"}, (422, ["email"])),
        ({"email": "a@b.com\n"}, (422, ["email"])),
        ({"age": -5}, (422, ["age"])),
        ({"age": 0}, (422, ["age"])),
        ({"password": "1234567"}, (422, ["password"])),
        (
            {"name": "a", "email": "not-an-email", "age": -5, "password": "123"},
            (422, ["name", "email", "age", "password"]),
        ),
        ({"name": "a", "age": "twenty-five"}, (400, ["name", "age"])),
    ],
)
def test_every_faulty_field_is_listed_once_and_no_user_is_made(
    api: Guide, changes: dict[str, object], expected: tuple[int, list[str]]
) -> None:
    before = api.total()
    reply = api.make(**changes)
    assert told(reply) == expected
    assert is_error(reply, expected[0])
    assert api.total() == before


@pytest.mark.parametrize("changes", [{"name": "abc"}, {"password": "12345678"}, {"age": 0.5}, {"more": 1}])
def test_what_is_just_allowed_is_taken(api: Guide, changes: dict[str, object]) -> None:
    assert api.make(**changes).status == 201


@pytest.mark.parametrize("path", ["/users", "/register", "/login", "/newsletter/send", "/api/orders"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"name": "Ali",}',
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b"\xff\xfe{}",
        b'{"name": "Ali", "name": "Ali"}',
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=range(10),
)
def test_a_malformed_body_is_refused(api: Guide, path: str, body: bytes) -> None:
    assert is_error(api.ask("POST", path, body), 400)


@pytest.mark.parametrize("number", [b"1e400", b"-1e400"])
def test_a_number_beyond_all_machines_is_refused(api: Guide, number: bytes) -> None:
    reply = api.ask("POST", "/users", b'{"name": "Ali", "email": "x@y.zz", "age": ' + number + b"}")
    assert told(reply) == (400, ["age"])


@pytest.mark.parametrize("kind", ["application/xml", "text/plain", "text/csv"])
def test_a_body_of_another_format_is_refused(api: Guide, kind: str) -> None:
    reply = api.ask("POST", "/users", b"<user/>", Content_Type=kind)
    assert is_error(reply, 415)
    assert reply.json["supportedTypes"] == ["json"]


def test_a_deleted_user_is_not_there_any_more(api: Guide) -> None:
    path = f"/users/{api.make().json['data']['id']}"
    reply = api.ask("DELETE", path)
    assert (reply.status, reply.body) == (204, b"")
    assert {"content-length", "content-type"}.isdisjoint(reply.headers)
    assert [api.ask(method, path).status for method in ("GET", "DELETE")] == [404, 404]


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "PUT", "OPTIONS"])
def test_a_wrong_method_is_told_the_right_ones(api: Guide, method: str) -> None:
    reply = api.ask(method, "/users")
    assert is_error(reply, 405)
    assert (reply.headers["allow"], reply.json["allowedMethods"]) == ("GET, HEAD, POST", ["GET", "POST"])


def test_a_taken_email_is_refused_in_any_case_and_before_a_short_password(api: Guide) -> None:
    before = api.total()
    replies = [api.register(email=taken, password="123456") for taken in ("ahmed@domain.com", "Ahmed@Domain.COM")]
    assert all(is_error(reply, 409) for reply in replies)
    assert {reply.json["field"] for reply in replies} == {"email"}
    assert api.total() == before


def test_of_eight_who_register_at_once_one_does(api: Guide) -> None:
    address = email()
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: Guide(api.port).register(email=address), range(8)))
    assert sorted(reply.status for reply in replies) == [201] + [409] * 7


def test_a_refused_account_leaves_its_email_free(api: Guide) -> None:
    address = email()
    statuses = [api.register(email=address, **more).status for more in ({"password": "short"}, {}, {})]
    assert statuses == [422, 201, 409]


def test_a_login_gives_a_token_that_works(api: Guide) -> None:
    token = api.login().json["data"]["token"]
    assert api.ask("GET", "/profile", token=token).json["data"]["email"] == "ahmed@domain.com"


def test_the_sixth_failure_in_a_row_is_limited_and_tells_no_time() -> None:
    api = Guide(port_of())
    api.register(email="omar@domain.com", password="12345678")
    statuses = [api.login("omar@domain.com", "wrong").status for _ in range(4)]
    api.login("omar@domain.com", "12345678")
    statuses += [api.login("omar@domain.com", "wrong").status for _ in range(5)]
    reply = api.login("omar@domain.com", "wrong")
    assert statuses == [401] * 9
    assert is_error(reply, 429)
    assert "retry-after" not in reply.headers
    assert not re.search(r"\d|minute|second|hour", reply.json["message"])
    assert api.login("omar@domain.com", "12345678").status == 429
    assert api.login().status == 200


def test_a_block_lifts_by_itself() -> None:
    api = Guide(port_of(lock_out_seconds=0.3))
    statuses = [api.login(password="wrong").status for _ in range(6)]
    time.sleep(0.35)
    assert [*statuses, api.login().status] == [401] * 5 + [429, 200]


def test_a_rate_limit_can_be_set() -> None:
    api = Guide(port_of(rate_limit="2/minute"))
    replies = [api.ask("GET", "/users/1") for _ in range(3)]
    assert [reply.status for reply in replies] == [200, 200, 429]
    assert "retry-after" not in replies[-1].headers


def test_a_newsletter_is_taken_without_claiming_success(api: Guide) -> None:
    reply = api.ask("POST", "/newsletter/send", {"subject": "News", "content": "Much is new"})
    assert (reply.status, reply.json["status"], reply.json["code"]) == (202, "accepted", 202)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"content": "x"}, (400, ["subject"])),
        ({"subject": 5, "content": "x"}, (400, ["subject"])),
        ({"subject": "", "content": ""}, (422, ["subject", "content"])),
    ],
)
def test_a_bad_newsletter_is_refused(api: Guide, body: dict[str, object], expected: object) -> None:
    assert told(api.ask("POST", "/newsletter/send", body)) == expected


def test_only_the_listed_format_is_imported(api: Guide) -> None:
    refused = api.upload("data.csv")
    assert is_error(refused, 415)
    assert refused.json["supportedTypes"] == ["xlsx"]
    assert [api.upload(name).status for name in ("data.xlsx", "DATA.XLSX")] == [200, 200]


def test_an_upload_without_a_file_is_refused(api: Guide) -> None:
    assert told(api.upload(part="other")) == (400, ["file"])
    assert is_error(api.upload(kind="multipart/form-data"), 400)
    assert is_error(api.upload(kind="multipart/form-data; boundary=another"), 400)
    assert is_error(api.upload(kind="text/csv"), 415)


def test_a_deleted_article_stays_gone_and_an_unknown_one_is_not_found(api: Guide) -> None:
    assert [api.ask("GET", f"/articles/{slug}").status for slug in ("hello-world", "never-was")] == [200, 404]
    for _ in range(3):
        reply = api.ask("GET", "/articles/old-article-2020")
        assert is_error(reply, 410)
        assert reply.json["deletedAt"] == DELETED


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_an_order_leads_to_itself(api: Guide, kind: str) -> None:
    body = b'{"product": "laptop", "quantity": 1}' if kind.endswith("json") else b"product=laptop&quantity=1"
    reply = api.ask("POST", "/api/orders", body, Content_Type=kind)
    assert (reply.status, reply.body) == (303, b"")
    order = api.ask("GET", reply.headers["location"]).json["data"]
    assert (order["product"], order["quantity"], order["id"] >= 12345) == ("laptop", 1, True)


def test_a_bad_order_is_refused(api: Guide) -> None:
    assert told(api.ask("POST", "/api/orders", {"product": "", "quantity": 0})) == (422, ["product", "quantity"])
    assert told(api.ask("POST", "/api/orders", {"quantity": "one"})) == (400, ["product", "quantity"])
    assert is_error(api.ask("GET", "/orders/1"), 404)


def test_a_good_copy_is_confirmed_without_a_body(api: Guide) -> None:
    first = api.ask("GET", "/products/2")
    for headers in (
        {"If_None_Match": first.headers["etag"]},
        {"If_None_Match": f'"x", {first.headers["etag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        reply = api.ask("GET", "/products/2", **headers)
        assert (reply.status, reply.body) == (304, b"")
        assert reply.headers["etag"] == first.headers["etag"]
        assert {"content-length", "content-type"}.isdisjoint(reply.headers)


def test_a_changed_product_is_sent_anew(api: Guide) -> None:
    first = api.ask("GET", "/products/3").headers
    assert api.ask("PUT", "/products/3", {"name": "headset", "price": 85}).status == 200
    assert api.ask("GET", "/products/3", If_None_Match=first["etag"]).json["data"]["price"] == 85
    assert api.ask("GET", "/products/3", If_Modified_Since=first["last-modified"]).status == 200
    assert api.ask("GET", "/products/3", If_Modified_Since="soon").status == 200
    both = {"If_None_Match": '"other"', "If_Modified_Since": formatdate(usegmt=True)}
    assert api.ask("GET", "/products/3", **both).status == 200


def test_a_date_that_two_versions_have_confirms_neither() -> None:
    api = Guide(port_of())
    dates = set()
    for price in range(1, 60):
        api.ask("PUT", "/products/1", {"name": "laptop", "price": price})
        dates.add(date := api.ask("GET", "/products/1").headers["last-modified"])
    assert len(dates) < 59
    assert api.ask("GET", "/products/1", If_Modified_Since=date).status == 200


def test_a_bad_price_is_refused(api: Guide) -> None:
    assert told(api.ask("PUT", "/products/1", {"name": "ab", "price": -1})) == (422, ["name", "price"])
    assert told(api.ask("PUT", "/products/1", {"name": "laptop", "price": "1"})) == (400, ["price"])


@pytest.mark.parametrize(
    ("method", "path", "status", "location"),
    [
        ("GET", "/old/articles/hello-world", 301, "/articles/hello-world"),
        ("GET", "/old/offer", 302, "/products/1"),
        ("POST", "/old/newsletter/send", 307, "/newsletter/send"),
        ("POST", "/old/users", 308, "/users"),
    ],
)
def test_a_moved_route_says_where_to(api: Guide, method: str, path: str, status: int, location: str) -> None:
    reply = api.ask(method, path, b"{}" if method == "POST" else None)
    assert (reply.status, reply.headers["location"], reply.body) == (status, location, b"")


@pytest.mark.parametrize("path", ["/admin/users", "/admin/users/1", "/profile"])
@pytest.mark.parametrize("token", [None, "", "junk", "user-token "])
def test_a_caller_who_is_not_known_is_asked_to_log_in(api: Guide, path: str, token: str | None) -> None:
    reply = api.ask("GET", path, token=token)
    known = token == "user-token "  # white space around a token is not part of it
    assert known or is_error(reply, 401)
    assert known or reply.headers["www-authenticate"].startswith("Bearer")


def test_rights_are_checked_before_anything_is_looked_up(api: Guide) -> None:
    paths = ["/admin/users", "/admin/users/1", "/admin/users/99999"]
    replies = [api.ask("GET", path, token=USER) for path in paths]
    assert {reply.body for reply in replies} == {replies[0].body}
    assert is_error(replies[0], 403)
    assert [api.ask("GET", path, token=ADMIN).status for path in paths] == [200, 200, 404]


def test_what_is_not_written_yet_says_so(api: Guide) -> None:
    assert is_error(api.ask("GET", "/reports"), 501)


def test_other_refusals_come_in_the_envelope(api: Guide) -> None:
    assert is_error(api.ask("GET", "/"), 404)
    assert is_error(api.ask("GET", "/users/"), 404)
    assert is_error(api.ask("GET", "/no/such/route%ff"), 404)
    assert is_error(api.ask("POST", "/users", b" " * (1024 * 1024 + 1)), 413)


@pytest.mark.parametrize("path", ["/users/1", "/users/99999", "/products/1", "/articles/old-article-2020"])
def test_head_is_get_without_a_body(api: Guide, path: str) -> None:
    head, get = api.ask("HEAD", path), api.ask("GET", path)
    assert (head.status, head.body, head.headers["content-length"]) == (get.status, b"", str(len(get.body)))
