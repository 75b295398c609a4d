from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.model import Breach, Violations
from errorcontract.rules import KEPT

SENT = {
    "destinations": [{"loginAccount": {"accountId": "abc"}, "reference": None}],
    "events": [{"userData": {"userIdentifiers": [{"emailAddress": "x"}, {"phone_number": "1"}]}}, {}],
}
IDENTIFIER = {"anyOf": [{"properties": {"emailAddress": {}}}, {"properties": {"phoneNumber": {}}}]}
SCHEMA = {
    "properties": {
        "destinations": {"items": {"properties": {"operatingAccount": {"properties": {"accountId": {}}}}}},
        "events": {"items": {"allOf": [{"properties": {"eventTimestamp": {}, "userData": {}}}]}},
        "encoding": {},
    }
}

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def paths(promising, basis):
    """A contract whose violations name paths into a body of which not all is documented."""

    def made(path="body-path", heads=("events",), resolves=basis, schema=SCHEMA):
        violations = Violations(
            items="/violations", field="/field", path=path, tolerated_heads=frozenset(heads), resolves=resolves
        )
        promised = promising(violations=violations)
        operation = replace(promised.operations["sendTopUp"], body_schema=schema)
        return replace(promised, operations={**promised.operations, "sendTopUp": operation})

    return made


@pytest.fixture
def told(answered):
    def made(*fields, sent=SENT, status=400, **more):
        return answered(status, {"violations": [{"field": field} for field in fields]}, sent=sent, **more)

    return made


@pytest.mark.parametrize(
    "path",
    [
        "destinations[0].login_account.account_id",
        "destinations[0].loginAccount.accountId",
        "Destinations[0].LoginAccount",
        "events.events[0].user_data.user_identifiers[1]",
        "events[0].userData.userIdentifiers[1].phoneNumber",
        "events",
        "events[1]",
        "destinations[0].reference",
    ],
)
def test_a_path_to_what_was_sent_keeps_it(judge, told, paths, path):
    assert judge(told(path), promised=paths()) == [KEPT]


@pytest.mark.parametrize(
    "path",
    [
        "encoding",
        "events[1].event_timestamp",
        "destinations[0].operating_account",
        "destinations[0].operatingAccount.accountId",
    ],
)
def test_a_documented_member_that_is_missing_keeps_it(judge, told, paths, path):
    assert judge(told(path), promised=paths()) == [KEPT]


@pytest.mark.parametrize(
    "path", ["events[2]", "destinations[1].login_account", "events[0].user_data.user_identifiers[2]", "encoding[0]"]
)
def test_an_index_out_of_range_breaks_it(judge, told, paths, path):
    [breach] = judge(told(path), promised=paths())
    assert (breach.expected, breach.observed) == ("a path into the body that was sent", path)
    assert (breach.operation, breach.cause) == (None, "index in a path")
    assert (breach.code, breach.status) == (None, None)


@pytest.mark.parametrize(
    "path",
    [
        "event[0]",
        "events[0].email",
        "destinations[0].login",
        "events[0].events",
        "destinations.destinations[0]",
        "conversion.events[0]",
    ],
)
def test_a_name_that_nothing_has_breaks_it(judge, told, paths, path):
    [breach] = judge(told(path), promised=paths())
    assert breach.cause == "name in a path"


@pytest.mark.parametrize(
    "path", ["/destinations/0", "destinations[]", "a..b", "[0]", "destinations[-1]", "destinations[0]x", "a[", ".a"]
)
def test_another_notation_breaks_it(judge, told, paths, path):
    [breach] = judge(told(path), promised=paths())
    assert breach.cause == "form in a path"


def test_below_what_is_not_documented_any_member_may_be_missing(judge, told, paths):
    assert judge(told("destinations[0].login_account.name", "anything"), promised=paths(schema=None)) == [KEPT, KEPT]


@pytest.mark.parametrize("sent", [None, b"", b"{", [], 5, "text", {}])
def test_without_an_object_that_was_sent_there_are_no_places(judge, told, paths, sent):
    assert judge(told("events[7]", sent=sent), promised=paths()) == []


@pytest.mark.parametrize("field", ["", None, 5, {}])
def test_what_names_nothing_is_the_envelopes_matter(judge, told, answered, paths, field):
    assert judge(told(field), answered(400, {"violations": {}}), answered(400, b"<html>"), promised=paths()) == []


def test_it_speaks_of_errors_and_where_paths_are_promised(judge, told, paths):
    assert judge(told("nothing", status=200), promised=paths()) == []
    assert judge(told("nothing"), promised=paths(path="name")) == []
    assert judge(told("nothing"), promised=paths(resolves=None)) == []
    assert judge(told("nothing")) == []


@many
@given(st.text(min_size=1) | st.text(alphabet="events[0].", min_size=1))
def test_every_text_gets_a_verdict_or_none(judge, told, paths, path):
    assert all(verdict is KEPT or isinstance(verdict, Breach) for verdict in judge(told(path), promised=paths()))
