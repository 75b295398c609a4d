"""The documented behaviour of every operation of the Depth reference API, and every error in the house envelope."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .depth_calls import (
    ADMIN,
    CONVERSATION,
    LIMITED,
    MANAGER,
    PROJECTS,
    REGISTER,
    STRONG,
    Client,
    days,
    decoded,
    servers,
    talk,
)

TYPES = {"validation", "authentication", "authorization", "business", "system"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
ARABIC = re.compile(r"[\u0600-\u06ff]")
SECURED = [
    ("DELETE", "/api/admin/users/user_123"),
    ("GET", PROJECTS),
    ("POST", PROJECTS),
    ("POST", f"{PROJECTS}/project_123/assign"),
]


@pytest.fixture
def api() -> Iterator[Client]:
    """A client of a fresh server."""
    with servers({"": {}}) as clients:
        yield clients[""]


@pytest.fixture(scope="module")
def plain() -> Iterator[dict[str, Any]]:
    """What came back in the conversation, by the name of the step."""
    with servers({"": {}, "limited": {"rate_limit": "5/minute"}}) as clients:
        yield talk(clients[""], CONVERSATION) | talk(clients["limited"], LIMITED)


OUTCOMES: dict[str, tuple[int, str | None]] = {
    "registered": (201, None),
    "registered again": (409, "USER_EMAIL_EXISTS"),
    "registered, domain in capitals": (409, "USER_EMAIL_EXISTS"),
    "known e-mail": (409, "USER_EMAIL_EXISTS"),
    "three faults": (400, "VALIDATION_FAILED"),
    "eight characters": (201, None),
    "half a body": (400, "INVALID_REQUEST_FORMAT"),
    "list as body": (400, "INVALID_REQUEST_FORMAT"),
    "other media type": (400, "INVALID_REQUEST_FORMAT"),
    "oversized": (400, "INVALID_REQUEST_FORMAT"),
    "list without token": (401, "AUTHENTICATION_REQUIRED"),
    "list, wrong token": (401, "TOKEN_INVALID"),
    "list, longer token": (401, "TOKEN_INVALID"),
    "list, expired token": (401, "TOKEN_EXPIRED"),
    "unknown route": (404, "ENDPOINT_NOT_FOUND"),
    "wrong method": (404, "ENDPOINT_NOT_FOUND"),
    "created": (201, None),
    "six days and a half": (422, "PROJECT_DEADLINE_INVALID"),
    "twenty days ago": (422, "PROJECT_DEADLINE_INVALID"),
    "31st of February": (400, "VALIDATION_FAILED"),
    "busy creator": (422, "PROJECT_CREATOR_BUSY"),
    "assigned": (200, None),
    "assigned again": (200, None),
    "unknown creator": (404, "CREATOR_NOT_FOUND"),
    "unknown project": (404, "PROJECT_NOT_FOUND"),
    "finished project": (422, "INVALID_STATE_TRANSITION"),
    "deleted by the manager": (403, "INSUFFICIENT_PERMISSIONS"),
    "unknown user, by the manager": (403, "INSUFFICIENT_PERMISSIONS"),
    "deleted": (200, None),
    "deleted again": (404, "USER_NOT_FOUND"),
    "list": (200, None),
    "sixth request": (429, "RATE_LIMIT_EXCEEDED"),
}


@pytest.mark.parametrize("step", OUTCOMES)
def test_a_step_has_its_outcome(plain: dict[str, Any], step: str) -> None:
    status, _, body = plain[step]
    assert (status, body.get("error", {}).get("code")) == OUTCOMES[step]
    assert body["success"] is (status < 400)


def test_every_error_keeps_the_envelope(plain: dict[str, Any]) -> None:
    errors = [answer[2]["error"] for answer in plain.values() if isinstance(answer, tuple) and answer[0] >= 400]
    assert len(errors) > 30
    for error in errors:
        assert ARABIC.search(error["message"])
        assert error["messageEn"]
        assert not ARABIC.search(error["messageEn"])
        assert error["type"] in TYPES
        assert (error["timestamp"], error["requestId"]) == ("now", "req")
        assert error["documentation"] == f"https://docs.depth-agency.com/errors/{error['code']}"
        assert error["type"] != "validation" or error["details"]["errors"]


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        ("three faults", ["AUTH_INVALID_EMAIL", "AUTH_WEAK_PASSWORD", "MISSING_REQUIRED_FIELD"]),
        ("all fields left out", ["MISSING_REQUIRED_FIELD"] * 3),
        ("password as number", ["INVALID_FIELD_VALUE"]),
        ("no special character", ["AUTH_WEAK_PASSWORD"]),
        ("number and text left out", ["INVALID_FIELD_VALUE", "MISSING_REQUIRED_FIELD"]),
        ("no creator", ["MISSING_REQUIRED_FIELD"]),
    ],
)
def test_all_that_is_wrong_is_told_at_once(plain: dict[str, Any], step: str, codes: list[str]) -> None:
    items = plain[step][2]["error"]["details"]["errors"]
    assert [item["code"] for item in items] == codes
    assert all(ARABIC.search(item["message"]) and not ARABIC.search(item["messageEn"]) for item in items)
    weak = [item["requirements"] for item in items if item["code"] == "AUTH_WEAK_PASSWORD"]
    wanted = {"minLength": 8, "requireNumbers": True, "requireSpecialChars": True, "requireUppercase": True}
    assert all(requirements == wanted for requirements in weak)


EMAILS = ["", " ", "a", "@", "a@", "@example.com", "a b@example.com", "a@example", "a..b@example.com", ".a@example.com"]
OTHERS = [
    "a@exam ple.com",
    "a@example.com\n",
    "a@-example.com",
    "a@b@example.com",
    "x" * 250 + "@example.com",
    5,
    [],
    {},
]


@pytest.mark.parametrize("email", EMAILS + OTHERS)
def test_a_malformed_email_is_refused(api: Client, email: object) -> None:
    status, _, body = api.register(email)
    assert (status, body["error"]["field"]) == (400, "email")


@pytest.mark.parametrize("email", ["a@b.co", "first.last+tag@sub.example.com", "o'neil_1@ex-ample.org"])
def test_a_good_email_is_taken(api: Client, email: str) -> None:
    assert api.register(email)[0] == 201


def test_of_eight_registrations_at_once_one_is_made(plain: dict[str, Any]) -> None:
    assert plain["race"] == [201] + [409] * 7


def test_an_answer_does_not_hold_the_password(api: Client) -> None:
    replies = [api.raw("POST", REGISTER, {"email": email, "password": STRONG}) for email in ("a@example.com", "bad")]
    assert not any(STRONG.encode() in content for _, _, content in replies)


def test_a_refusal_of_the_role_says_what_it_lacks(plain: dict[str, Any]) -> None:
    details = plain["deleted by the manager"][2]["error"]["details"]
    assert details["requiredPermission"] == "users.delete"
    assert details["requiredPermission"] not in details["userPermissions"]
    assert (details["userRole"], details["action"], details["resource"]) == (
        "project_manager",
        "delete_user",
        "user_124",
    )


def test_a_busy_creator_is_told_with_who_is_free(api: Client) -> None:
    _, _, content = api.raw("POST", f"{PROJECTS}/project_123/assign", {"creatorId": "creator_456"}, MANAGER)
    details = decoded(content)["error"]["details"]
    assert datetime.fromisoformat(details["availableFrom"]) > datetime.now(UTC)
    assert [project["id"] for project in details["currentProjects"]] == ["project_789", "project_101"]
    assert [other["id"] for other in details["alternativeCreators"]] == ["creator_789"]


def test_a_creator_with_two_projects_is_busy(api: Client) -> None:
    for _ in range(2):
        api.create(days(30))
    outcomes = [api.assign("creator_789", project)[0] for project in ("project_123", "project_1002", "project_1003")]
    _, _, body = api.assign("creator_789", "project_1003")
    assert (outcomes, len(body["error"]["details"]["currentProjects"])) == ([200, 200, 422], 2)


def test_the_deadline_lies_seven_days_ahead(api: Client) -> None:
    assert api.create(days(7.001))[0] == 201
    _, _, content = api.raw("POST", PROJECTS, {"deadline": days(1), "projectType": "food"}, MANAGER)
    details = decoded(content)["error"]["details"]
    ahead = datetime.fromisoformat(details["minimumDeadline"]) - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < ahead <= timedelta(days=7)
    assert details.keys() == {"providedDeadline", "minimumDeadline", "projectType"}


@pytest.mark.parametrize(
    "deadline", ["2030-01-01", "2030-13-01T00:00:00Z", "2030-01-01T00:00:00", "9999-12-31T23:59:59-23:59"]
)
def test_a_malformed_deadline_is_refused(api: Client, deadline: str) -> None:
    assert api.create(deadline)[0] == 400


def test_what_was_created_and_assigned_is_listed(plain: dict[str, Any]) -> None:
    projects = plain["list"][2]["data"]["projects"]
    assert [project["id"] for project in projects] == ["project_123", "project_900", "project_N", "project_N"]
    assert [project["creators"] for project in projects] == [["creator_789"], [], ["creator_789"], []]


@pytest.mark.parametrize(("method", "path"), SECURED)
def test_every_operation_but_registration_needs_a_token(api: Client, method: str, path: str) -> None:
    codes = [api.call(method, path, token=token)[2]["error"]["code"] for token in (None, "", "wrong", "expired-token")]
    assert codes == ["AUTHENTICATION_REQUIRED", "AUTHENTICATION_REQUIRED", "TOKEN_INVALID", "TOKEN_EXPIRED"]


def test_a_token_on_registration_is_not_looked_at(api: Client) -> None:
    body = {"email": "any@example.com", "password": STRONG, "specialties": ["food"]}
    assert api.call("POST", REGISTER, body, "wrong")[0] == 201


@pytest.mark.parametrize("user", ["user_000", "%00", "%F0%9F%90%9B", "x" * 5000, "user_123%2F", "user_123%20"])
def test_an_odd_user_is_not_known(api: Client, user: str) -> None:
    assert api.delete(user)[2]["error"]["code"] == "USER_NOT_FOUND"


BODIES = [b"", b"{", b"null", b"7", b'"text"', b"\xff\xfe", b'{"email":1,"email":2}', b'{"a":NaN}', b"[" * 100_000]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("path", [REGISTER, PROJECTS, f"{PROJECTS}/project_123/assign"])
def test_a_malformed_body_is_refused(api: Client, path: str, body: bytes) -> None:
    status, _, answer = api.call("POST", path, body, ADMIN)
    assert (status, answer["error"]["code"]) == (400, "INVALID_REQUEST_FORMAT")


def test_what_is_not_http_is_answered_in_the_envelope(api: Client) -> None:
    status, _, body = api.call("GET", "/api/projects", Authorization="Bearer x", Content_Length="x")
    assert (status, body["error"]["code"]) == (400, "INVALID_REQUEST_FORMAT")


def test_request_ids_are_unique_and_times_have_their_form(api: Client) -> None:
    errors = [decoded(api.raw("GET", "/api/none")[2])["error"] for _ in range(100)]
    assert len({error["requestId"] for error in errors}) == 100
    assert all(TIME.fullmatch(error["timestamp"]) for error in errors)
