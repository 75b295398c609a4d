"""The families about HTTP, rights and hiding: what they ask next, by what was answered."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load
from errorcontract.model import Asked, Exchange, Hiding, HttpPromises, Outcome, Response

FAMILIES = (
    "heads",
    "methods-allowed",
    "created",
    "conditional",
    "gone",
    "media-types",
    "hiding",
    "watched-refusals",
)
URL = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def guide():
    return load("http-guide")


@pytest.fixture
def kit_of():
    def made(contract, *, local=True, url=URL, unknown=frozenset()):
        returned = {f"{one.id}.{name}": "26" for one in contract.operations.values() for name in one.returns}
        build = Build(contract, Names(run="ec-test", returned=returned), unknown)
        return Kit(build, local=local, url=url)

    return made


@pytest.fixture
def cases_of(guide, kit_of):
    """The cases of a family, by the operation or the variant that they are about."""

    def made(family, contract=guide, **more):
        return list(families()[family](kit_of(contract, **more)))

    return made


@pytest.fixture
def answer():
    """What was answered to the request of a step."""

    def made(step, status, body=None, answers=None, **headers):
        request = step.make(answers or {})
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        raw = b"" if body is None else json.dumps(body).encode()
        response = Response(status=status, headers=named, body=raw)
        return {step.name: Exchange(number=1, case="a case", step=step.name, request=request, response=response)}

    return made


def asked(case, answers, first):
    """The requests of the steps after the first ones, up to the one that is not made."""
    made = []
    for step in case.steps[first:]:
        if (request := step.make(answers)) is None:
            break
        made.append(request)
    return made


def one(cases, operation):
    return next(case for case in cases if case.operation == operation)


@pytest.mark.parametrize("family", FAMILIES)
def test_where_a_contract_promises_nothing_nothing_is_asked(cases_of, guide, family):
    silent = {name: replace(known, watch=()) for name, known in guide.operations.items()}
    assert cases_of(family, replace(guide, http=HttpPromises(), hiding=(), operations=silent)) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_each_question_has_a_case_that_tells_much(cases_of, family):
    assert max(case.tells for case in cases_of(family)) >= 80


def test_head_is_sent_wherever_get_is_documented_and_where_nothing_is(cases_of, guide):
    cases = cases_of("heads")
    assert {case.steps[0].make({}).method for case in cases} == {"HEAD"}
    reading = {one.id for one in guide.operations.values() if one.method == "GET"}
    assert {case.operation for case in cases} == {None, *reading}


def test_listed_methods_are_asked_the_undocumented_ones_first(cases_of, answer):
    case = one(cases_of("methods-allowed"), "listUsers")
    refused = answer(case.steps[0], 405, Allow="GET, HEAD, POST, PUT")
    assert case.steps[0].make({}).method == "PATCH"
    assert [request.method for request in asked(case, refused, 1)] == ["HEAD", "PUT", "GET", "POST"]


def test_a_list_in_the_body_counts_as_well_and_the_refused_method_is_not_asked(cases_of, answer):
    case = one(cases_of("methods-allowed"), "listUsers")
    refused = answer(case.steps[0], 405, {"allowedMethods": ["get", "PATCH", 7]}, Allow="GET")
    assert [request.method for request in asked(case, refused, 1)] == ["GET"]


def test_elsewhere_what_may_change_something_is_asked_only_as_documented(cases_of, answer):
    case = one(cases_of("methods-allowed", local=False), "listUsers")
    refused = answer(case.steps[0], 405, Allow="PUT, DELETE, POST, OPTIONS, TRACE")
    requests = asked(case, refused, 1)
    assert [request.method for request in requests] == ["OPTIONS", "POST"]
    assert requests[-1].operation == "createUser"


@pytest.mark.parametrize("status", [200, 404])
def test_without_a_405_no_listed_method_is_asked(cases_of, answer, status):
    case = one(cases_of("methods-allowed"), "listUsers")
    assert asked(case, answer(case.steps[0], status, Allow="GET"), 1) == []


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        (URL, f"{URL}/users/26", "/users/26"),
        (URL, "/users/26?full=1", "/users/26?full=1"),
        (URL, "users/26", "/users/26"),
        ("http://api.example.org", "http://API.example.org:80/users/26", "/users/26"),
        (f"{URL}/v1", f"{URL}/v1/users/26", "/users/26"),
        (f"{URL}/v1", "/users/26", None),
        (URL, "http://127.0.0.1:9000/users/26", None),
        (URL, "https://127.0.0.1:8000/users/26", None),
        (URL, "http://somewhere.example/users/26", None),
        (URL, "http://[broken/users/26", None),
        (URL, "/users/a b", None),
        (URL, "/users/é", None),
        (URL, " ", None),
    ],
)
def test_a_location_is_followed_on_the_target_itself(cases_of, answer, url, location, target):
    case = one(cases_of("created", url=url), "createUser")
    created = answer(case.steps[0], 201, Location=location)
    requests = asked(case, created, 1)
    assert [(request.method, request.target) for request in requests] == ([("GET", target)] if target else [])
    assert all(request.header("Authorization") for request in requests)


def test_what_is_no_201_or_has_no_location_is_not_followed(cases_of, answer):
    case = one(cases_of("created"), "createUser")
    assert asked(case, answer(case.steps[0], 200, Location="/users/26"), 1) == []
    assert asked(case, answer(case.steps[0], 201), 1) == []


def conditions(case, first):
    sent = [request.headers[-2:] for request in asked(case, first, 2)]
    return [[pair for pair in headers if pair[0].startswith("If-")] for headers in sent]


def test_each_condition_is_sent_that_the_first_answer_allows(cases_of, answer):
    case = cases_of("conditional")[0]
    date, before = "Mon, 01 Jan 2024 00:00:00 GMT", "Sun, 31 Dec 2023 00:00:00 GMT"
    both = answer(case.steps[1], 200, ETag='"1-1"', Last_Modified=date)
    other = '"errorcontract-no-such-version"'
    assert conditions(case, both) == [
        [("If-None-Match", '"1-1"')],
        [("If-None-Match", other)],
        [("If-None-Match", other), ("If-Modified-Since", date)],
        [("If-Modified-Since", before)],
        [("If-Modified-Since", date)],
    ]
    assert conditions(case, answer(case.steps[1], 200)) == []
    assert conditions(case, answer(case.steps[1], 200, Last_Modified="soon")) == [[("If-Modified-Since", "soon")]]


def test_a_second_that_is_not_over_is_waited_for(cases_of, answer):
    look, first = cases_of("conditional")[0].steps[:2]
    assert first.pause(answer(look, 200, ETag='"1-1"')) > 1
    assert first.pause(answer(look, 200, ETag='"1-1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")) == 0
    assert first.pause(answer(look, 200)) == first.pause({}) == 0


def test_the_thing_is_changed_twice_and_read_with_the_version_of_before(cases_of, answer):
    case = next(case for case in cases_of("conditional") if case.steps[0].name == "change-1")
    first = answer(case.steps[1], 200, ETag='"1-1"')
    bodies = [json.loads(step.make({}).body) for step in (case.steps[0], case.steps[2])]
    assert bodies[0]["price"] != bodies[1]["price"]
    assert asked(case, first, 3)[0].header("If-None-Match") == '"1-1"'
    assert asked(case, answer(case.steps[1], 200, ETag='W/"1-1"'), 3) == []


def test_what_is_gone_is_asked_for_again_and_again(cases_of):
    [case] = [case for case in cases_of("gone") if case.cause == "gone"]
    names = ["test", "again-1", "between", "again-2", "head", "attempt-1", "again-3", "again-4"]
    assert [step.name for step in case.steps] == names
    requests = dict(zip(names, (step.make({}) for step in case.steps), strict=True))
    assert len({requests[name] for name in names if name.startswith(("test", "again"))}) == 1
    assert requests["between"] != requests["test"]
    assert requests["head"] == replace(requests["test"], method="HEAD")
    assert (requests["attempt-1"].method, requests["attempt-1"].target) == ("PUT", requests["test"].target)
    assert [step.name for step in case.steps if step.pause] == ["again-4"]


def test_what_is_gone_is_changed_and_made_anew_as_documented(cases_of):
    [case] = [case for case in cases_of("gone") if case.cause == "deleted-user"]
    made = Exchange(
        number=1,
        case="",
        step="made",
        request=case.steps[0].make({}),
        response=Response(status=201, body=b'{"data": {"id": 26}}'),
    )
    attempts = [step.make({"made": made}) for step in case.steps if step.name.startswith("attempt")]
    asked = [(attempt.method, attempt.target) for attempt in attempts]
    assert asked == [("DELETE", "/users/26"), ("POST", "/users"), ("PUT", "/users/26")]


def test_elsewhere_what_is_gone_is_changed_only_as_documented(cases_of):
    [case] = [case for case in cases_of("gone", local=False) if case.cause == "gone"]
    assert not [step for step in case.steps if step.name.startswith("attempt")]


@pytest.mark.parametrize("ending", ["xlsx", ".XLSX"])
def test_a_listed_ending_is_sent_as_the_good_file_that_has_it(cases_of, answer, ending):
    case = one(cases_of("media-types"), "importData")
    [request] = asked(case, answer(case.steps[0], 415, {"supportedTypes": [ending, "csv", "ods"]}), 1)
    assert b'filename="data.xlsx"' in request.body
    assert request.header("Content-Type").startswith("multipart/form-data; boundary=")


def test_a_listed_type_is_sent_as_the_good_body_called_by_it(cases_of, answer):
    case = one(cases_of("media-types"), "createUser")
    assert case.steps[0].make({}).header("Content-Type") == "application/xml"
    types = ["application/json", "json", "text/yaml", "multipart/form-data", "image/*"]
    requests = asked(case, answer(case.steps[0], 415, {"supportedTypes": types}), 1)
    assert [request.header("Content-Type") for request in requests] == [*["application/json"] * 2, "text/yaml"]
    assert all(json.loads(request.body)["age"] == 30 for request in requests)


@pytest.mark.parametrize("body", [None, {}, {"supportedTypes": "json"}, {"supportedTypes": [1]}])
def test_without_a_list_no_format_is_sent(cases_of, answer, body):
    case = one(cases_of("media-types"), "createUser")
    assert asked(case, answer(case.steps[0], 415, body), 1) == []


def test_what_is_forbidden_and_what_is_missing_are_asked_for_by_the_same_caller(cases_of, guide):
    hidden = Hiding(
        name="one user",
        mode="same",
        forbidden=Asked(operation="administrateUser", sends_as="user"),
        missing=Asked(change={"path/id": "{unknown_user}"}),
        basis=guide.http.no_body,
    )
    [case] = cases_of("hiding", replace(guide, hiding=(hidden,)))
    requests = {step.name: step.make({}) for step in case.steps}
    first, second, missing = (requests[name] for name in ("forbidden-1", "forbidden-2", "missing"))
    assert first == second == requests["forbidden-3"]
    assert requests["head-forbidden"] == replace(first, method="HEAD")
    assert requests["head-missing"] == replace(missing, method="HEAD")
    assert requests["allowed"].headers != first.headers
    assert first.headers == missing.headers
    assert (first.target, missing.target) == ("/admin/users/1", "/admin/users/99999")
    assert case.variant == "one user"


def test_a_plain_path_is_asked_for_as_who_may_not(cases_of):
    case = one(cases_of("hiding"), "administrateUsers")
    requests = [step.make({}) for step in case.steps]
    assert requests[2].target == "/no/such/route"
    senders = {step.name: request.header("Authorization") for step, request in zip(case.steps, requests, strict=True)}
    allowed = senders.pop("allowed")
    assert len({*senders.values()} - {allowed}) == len({*senders.values()}) == 1


def test_where_a_credential_is_not_known_nothing_is_asked(cases_of):
    for case in cases_of("hiding", unknown=frozenset({"user"})):
        assert not any(step.make({}) for step in case.steps if step.name != "allowed")


def test_a_forbidden_request_is_promised_a_refusal_of_any_code(cases_of):
    promise = one(cases_of("hiding"), "administrateUsers").steps[0].promise
    assert (promise.outcome, promise.cause) == (Outcome.REJECTED, "insufficient-permission")
    assert promise.codes == promise.statuses == frozenset()


def test_refused_requests_stand_between_two_looks(cases_of, guide):
    cases = cases_of("watched-refusals")
    assert {case.operation for case in cases} == {one.id for one in guide.operations.values() if one.watch}
    for case in cases:
        assert case.alone
        names = [step.name for step in case.steps]
        before, after = names.index("watch-before-1"), names.index("watch-after-1")
        between = case.steps[before + 1 : after]
        assert between
        assert all(step.promise.outcome is Outcome.REJECTED for step in between)


def test_what_makes_a_refusal_comes_before_the_first_look(cases_of):
    cases = cases_of("watched-refusals", load("merchant"))
    [case] = [case for case in cases if case.variant == "9 after 10"]
    assert [step.name for step in case.steps] == [
        "first",
        "watch-quiet-1",
        "watch-quiet-2",
        "watch-before-1",
        "watch-before-2",
        "refused-1",
        "watch-after-1",
        "watch-after-2",
    ]


@pytest.fixture
def top_ups(cases_of):
    """The stories about what a refused top-up leaves behind."""
    return [case for case in cases_of("watched-refusals", load("oneclickdz")) if case.operation == "sendTopUp"]


def test_each_refused_request_is_looked_up_by_a_reference_of_its_own(top_ups):
    cases = [case for case in top_ups if case.about == "looked-up"]
    references = []
    for case in cases:
        nothing, *rest = case.steps
        never = nothing.make({}).target
        for refused, found in zip(rest[::2], rest[1::2], strict=True):
            assert (refused.name, found.name) == (refused.name, refused.name.replace("refused", "found"))
            sent, target = refused.make({}), found.make({}).target
            assert target.rpartition("/")[2] in sent.body.decode()
            assert target != never
            references.append(target)
    causes = {step.promise.cause.partition("/")[0] for case in cases for step in case.steps if "refused-" in step.name}
    assert {"missing-credentials", "malformed-body", "invalid-amount", "unknown-plan"} <= causes
    in_front = [step for case in cases for step in case.steps if step.name.startswith("refused")][-2:]
    assert [step.promise.cause for step in in_front] == ["missing-credentials", "malformed-body"]


def test_the_balance_is_read_around_what_is_refused_in_front(top_ups):
    [case] = [case for case in top_ups if case.about == "no-trace"]
    assert [step.name for step in case.steps] == ["balance-before", "refused-1", "refused-2", "balance-after"]
    _, keyless, half, _ = (step.make({}) for step in case.steps)
    assert keyless.header("X-Access-Token") is None
    with pytest.raises(json.JSONDecodeError):
        json.loads(half.body)


def test_where_wrong_credentials_shut_nobody_out_they_are_among_the_refused(cases_of):
    causes = {
        step.promise.cause
        for case in cases_of("watched-refusals", load("depth"))
        for step in case.steps
        if step.name.startswith("refused")
    }
    assert {"missing-credentials", "wrong-credentials", "malformed-body", "insufficient-permission"} - causes == {
        "insufficient-permission"
    }
