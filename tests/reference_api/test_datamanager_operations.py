"""The Data Manager reference API keeps what the documents promise."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from .datamanager_calls import (
    CONVERSATION,
    EVENTS,
    HASH,
    LIMITS,
    STATUS,
    TO_ADS,
    UUID,
    Client,
    client_of,
    event,
    owned,
    reasons,
    talk,
)

TYPE = "type.googleapis.com/google.rpc."
ACCEPTED = [
    "events",
    "events in base64",
    "members",
    "members by phone",
    "removal",
    "removal of all",
    "snake case and numbers",
    "same reference in capitals",
    "short hash, encrypted",
    "address",
    "ten identifiers",
    "ten destinations",
    "click",
    "event of last week",
    "analytics",
]
IDENTIFIERS = "events[0].user_data.user_identifiers"
REFUSED = {
    "removal as of tomorrow": ["remove_as_of_time: INVALID_REMOVE_AS_OF_TIME"],
    "unknown request": ["request_id: INVALID_REQUEST_ID"],
    "only validated": ["request_id: INVALID_REQUEST_ID"],
    "refused request": ["request_id: INVALID_REQUEST_ID"],
    "no request id": ["request_id: REQUIRED_FIELD_MISSING"],
    "empty body": ["destinations: REQUIRED_FIELD_MISSING", "events: REQUIRED_FIELD_MISSING"],
    "account to log in with": ["destinations[0].login_account.account_id: INVALID_NUMBER_FORMAT"],
    "account in other digits": ["destinations[0].operating_account.account_id: INVALID_NUMBER_FORMAT"],
    "no account": ["destinations[0].operating_account: REQUIRED_FIELD_MISSING"],
    "unknown destination": ["destinations[0].product_destination_id: INVALID_CONVERSION_ACTION_ID"],
    "unknown audience": ["destinations[0].product_destination_id: INVALID_USER_LIST_ID"],
    "same reference": ["destinations[1].reference: DUPLICATE_DESTINATION_REFERENCE"],
    "reference to nothing": ["events[0].destination_references[0]: INVALID_DESTINATION"],
    "no encoding": ["encoding: REQUIRED_FIELD_MISSING"],
    "unknown encoding": ["encoding: INVALID_ENUM_VALUE"],
    "not hexadecimal twice": [
        "events[0].user_data.user_identifiers[1]: INVALID_HEX_ENCODING",
        "events[1].user_data.user_identifiers[2]: INVALID_HEX_ENCODING",
    ],
    "not base64": [f"{IDENTIFIERS}[0]: INVALID_BASE64_ENCODING"],
    "short hash": [f"{IDENTIFIERS}[0]: INVALID_SHA256_FORMAT"],
    "address nowhere": [
        f"{IDENTIFIERS}[0].address.region_code: INVALID_REGION_CODE",
        f"{IDENTIFIERS}[0].address.postal_code: INVALID_POSTAL_CODE",
    ],
    "eleven identifiers": [f"{IDENTIFIERS}: TOO_MANY_USER_IDENTIFIERS"],
    "eleven destinations": ["destinations: TOO_MANY_DESTINATIONS"],
    "no identifiers": ["events[0]: NO_IDENTIFIERS_PROVIDED"],
    "time that is none": ["events[0].event_timestamp: INVALID_FORMAT"],
    "event of 2001": ["events[0].event_timestamp: EVENT_TIME_INVALID"],
    "event of 2099": ["events[0].event_timestamp: EVENT_TIME_INVALID"],
    "updated before": ["events[0]: INVALID_EVENT"],
    "unknown currency": ["events[0].currency: INVALID_CURRENCY_CODE"],
    "value beyond all numbers": ["events[0].conversion_value: INVALID_NUMBER_FORMAT"],
    "long transaction": ["events[0].transaction_id: FIELD_VALUE_TOO_LONG"],
    "many items": ["events[0].cart_data.items: TOO_MANY_ELEMENTS"],
    "null as event": ["events[0]: INVALID_FORMAT"],
    "analytics, reserved name": [
        "events[0].event_name: RESERVED_NAME_USED",
        "events[0]: BOTH_CLIENT_ID_AND_APP_INSTANCE_ID_NOT_ALLOWED",
    ],
    "analytics, bad name": [
        "events[0].event_name: INVALID_EVENT_NAME",
        "events[0].event_source: EVENT_SOURCE_AND_DESTINATION_MISMATCH",
    ],
    "members of two kinds": ["audience_members[1]: MULTIPLE_DATA_TYPES_NOT_ALLOWED"],
    "empty member": ["audience_members[0]: INVALID_AUDIENCE_MEMBER"],
    "bad mobile id": ["audience_members[0].mobile_data.mobile_ids[0]: INVALID_MOBILE_ID_FORMAT"],
    "no mobile id": ["audience_members[0].mobile_data.mobile_ids: TOO_FEW_ELEMENTS"],
    "short and long ppid": [
        "audience_members[0].ppid_data.ppids[0]: FIELD_VALUE_TOO_SHORT",
        "audience_members[0].ppid_data.ppids[1]: FIELD_VALUE_TOO_LONG",
    ],
}


@pytest.fixture(scope="module")
def api() -> Client:
    return client_of()


@pytest.fixture(scope="module")
def heard(api: Client) -> dict[str, Any]:
    return talk(api, CONVERSATION)


def details_of(answer: Any) -> dict[str, Any]:
    return {detail["@type"].removeprefix(TYPE): detail for detail in answer[2]["error"]["details"]}


@pytest.mark.parametrize("step", ACCEPTED)
def test_a_good_request_is_taken(heard: dict[str, Any], step: str) -> None:
    assert heard[step][0] == 200
    assert list(heard[step][2]) == ["requestId"]


@pytest.mark.parametrize("step", REFUSED)
def test_everything_that_is_wrong_is_listed(heard: dict[str, Any], step: str) -> None:
    assert heard[step][2]["error"]["status"] == "INVALID_ARGUMENT"
    assert reasons(heard[step]) == REFUSED[step]


@pytest.mark.parametrize(
    ("step", "status", "name", "reason", "domain"),
    [
        ("no token", 401, "UNAUTHENTICATED", "CREDENTIALS_MISSING", "googleapis.com"),
        ("wrong token", 401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", "googleapis.com"),
        ("other scheme", 401, "UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "googleapis.com"),
        ("no scope", 403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com"),
        ("disabled", 403, "PERMISSION_DENIED", "SERVICE_DISABLED", "googleapis.com"),
        ("somebody else's account", 403, "PERMISSION_DENIED", "PERMISSION_DENIED", "datamanager.googleapis.com"),
        ("unknown route", 404, "NOT_FOUND", "METHOD_NOT_FOUND", "googleapis.com"),
        ("half a body", 400, "INVALID_ARGUMENT", "PAYLOAD_MALFORMED", "googleapis.com"),
    ],
)
def test_other_refusals_have_their_names(
    heard: dict[str, Any], step: str, status: int, name: str, reason: str, domain: str
) -> None:
    info = details_of(heard[step])["ErrorInfo"]
    error = heard[step][2]["error"]
    assert (heard[step][0], error["code"], error["status"]) == (status, status, name)
    assert (info["reason"], info["domain"]) == (reason, domain)


def test_every_error_has_one_request_id(heard: dict[str, Any]) -> None:
    errors = [answer for answer in heard.values() if isinstance(answer, tuple) and answer[0] >= 400]
    for answer in errors:
        found = details_of(answer)
        assert found["RequestInfo"]["requestId"] == "t-id-1"
        assert found["ErrorInfo"].get("metadata", {}).get("requestId", "t-id-1") == "t-id-1"
    assert len(errors) > 60


def test_request_ids_are_unique(api: Client) -> None:
    found = [api.refused_id() for _ in range(200)]
    assert len(set(found)) == 200
    assert all(UUID.fullmatch(request_id) and request_id.startswith("t-") for request_id in found)


def test_a_project_without_the_api_is_told_where_to_enable_it(heard: dict[str, Any]) -> None:
    found = details_of(heard["disabled"])
    metadata = found["ErrorInfo"]["metadata"]
    assert sorted(metadata) == ["activationUrl", "consumer", "containerInfo", "service", "serviceTitle"]
    assert found["Help"]["links"][0]["url"] == metadata["activationUrl"]
    assert found["LocalizedMessage"]["locale"] == "en-US"


def test_one_bad_record_refuses_all_and_leaves_nothing(api: Client) -> None:
    body = {"destinations": [TO_ADS], "encoding": "HEX", "events": [event(transactionId="only-once"), {}]}
    request_id = json.loads(api.raw("POST", EVENTS, body)[2])["error"]["details"][1]["requestId"]
    assert reasons(api.status(request_id)) == ["request_id: INVALID_REQUEST_ID"]
    again = api.taken(events=[event(transactionId="only-once")])
    assert "errorInfo" not in api.status(again)[2]["requestStatusPerDestination"][0]


def test_what_is_only_validated_tells_of_its_faults(heard: dict[str, Any]) -> None:
    assert reasons(heard["bad, only validated"]) == ["events[0].currency: INVALID_CURRENCY_CODE"]


def test_the_statuses_come_in_the_order_of_the_destinations(heard: dict[str, Any]) -> None:
    told = heard["two destinations"][2]["requestStatusPerDestination"]
    assert [one["destination"]["reference"] for one in told] == ["a", "b"]


def test_a_request_is_in_work_and_then_done(heard: dict[str, Any]) -> None:
    told = [heard[step][2]["requestStatusPerDestination"][0]["requestStatus"] for step in ("in work", "done")]
    assert told == ["PROCESSING", "SUCCESS"]


def test_an_event_that_was_there_before_shows_only_later(heard: dict[str, Any]) -> None:
    first, second = [answer["requestStatusPerDestination"][0] for answer in heard["transaction told twice"]]
    assert (first["requestStatus"], second["requestStatus"]) == ("SUCCESS", "FAILED")
    count = {"recordCount": "1", "reason": "PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID"}
    assert second["errorInfo"]["errorCounts"] == [count]


def test_enums_can_be_asked_for_by_number(heard: dict[str, Any]) -> None:
    told = heard["enums by number"][2]["requestStatusPerDestination"][0]
    assert (told["requestStatus"], told["destination"]["operatingAccount"]["accountType"]) == (2, 1)


@pytest.mark.parametrize("step", ["2000 events", "10000 members"])
def test_as_many_as_are_allowed_are_taken(api: Client, step: str) -> None:
    assert LIMITS[step](api) == 200


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("2001 events", "events: TOO_MANY_EVENTS"),
        ("10001 members", "audience_members: TOO_MANY_AUDIENCE_MEMBERS"),
    ],
)
def test_one_more_is_not(api: Client, step: str, told: str) -> None:
    assert reasons(LIMITS[step](api)) == [told]


def test_a_quota_that_is_used_up_is_named_with_the_wait() -> None:
    api = client_of(rate_limit="2/minute")
    found = details_of([api.call("GET", STATUS) for _ in range(3)][-1])
    assert found["QuotaFailure"]["violations"][0]["quotaId"] == found["ErrorInfo"]["metadata"]["quota_limit"]
    assert found["RetryInfo"]["retryDelay"] in ("59s", "60s")


HOSTILE: dict[str, Callable[[Client], Any]] = {
    "NUL": lambda api: api.ingest(destinations=owned("\0")),
    "half a surrogate": lambda api: api.ingest(event(currency="\ud800")),
    "numbers beyond 64 bits": lambda api: api.ingest(event(conversionValue=10**400), encoding=2**70),
    "lists in place of all": lambda api: api.ingest([], destinations=[[]], encoding=[], consent=[]),
    "text in place of a time": lambda api: api.ingest(event(eventTimestamp=f"{'9' * 500}-01-01T00:00:00Z")),
    "time at the end of time": lambda api: api.ingest(event(eventTimestamp="9999-12-31T23:59:59-23:59")),
    "time zone of a hundred hours": lambda api: api.ingest(event(eventTimestamp="2026-01-01T00:00:00+99:99")),
    "very long hash": lambda api: api.ingest(event(userData={"userIdentifiers": [{"emailAddress": HASH * 10_000}]})),
    "query of trash": lambda api: api.call("GET", f"{STATUS}?requestId=%ff%00&&=&requestId"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_refused_in_good_order(api: Client, name: str) -> None:
    assert HOSTILE[name](api)[2]["error"]["status"] == "INVALID_ARGUMENT"
