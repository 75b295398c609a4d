"""What a case answers: in the contract's envelope, in turn for each call, with the truth about what was done."""

from __future__ import annotations

import json
import time
import uuid
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, RemoteDisconnected

import jsonschema
import pytest

from errorcontract.audit import FAMILIES, cases
from errorcontract.contract import bundled
from errorcontract.model import Basis, Case, Exchange, Outcome, Promise, Provenance, Request, Response, Step, Trace
from errorcontract.rules import Judge, all_rules

ORDER = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 300, "ref": "order-7"}
BESIDE = {
    *("allow-on-405", "supported-types", "challenge-on-401", "request-id-unique"),
    *("details-shape", "request-info", "quota-details", "error-info-fields"),
}
"""What an answer by script need not have: no method is refused here, no format, and nothing has details of its own."""
ABOUT_ANSWERS = {"envelope", "codes", "retry", "request id", "leaks", "language", "messages", "http"}


def ask(server, method, path, body=None, **headers):
    """Status, headers and JSON of an answer."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(method, path, body and json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, json.loads(answer.read())
    finally:
        connection.close()


@pytest.mark.parametrize("name", bundled())
def test_every_code_of_every_contract_is_said_in_its_envelope(voice, name):
    voice = voice(name)
    contract = voice.contract
    form = jsonschema.Draft202012Validator({"$defs": contract.envelope["$defs"], "$ref": "#/$defs/error"})
    judge = Judge(contract, [rule for rule in all_rules() if rule.group in ABOUT_ANSWERS])
    promise = Promise(outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source=""))
    for number, code in enumerate(contract.codes.values()):
        status = min(code.statuses, default=400)
        body = voice.error(code.code, status)
        form.validate(json.loads(body))
        request = Request(method="GET", target="/", operation=None)
        head = (("Content-Type", voice.media_type), ("X-Request-Id", json.loads(body).get("requestId", "")))
        response = Response(status=status, headers=head, body=body)
        exchange = Exchange(
            number=number, case="c", step="test", request=request, response=response, started=time.time()
        )
        step = Step(name="test", make=lambda _: None, promise=promise)
        case = Case(id="c", family="f", operation=None, cause=None, variant="", steps=())
        reading = judge.evidence(Trace(case=case, exchanges=((step, exchange),)))
        assert reading.readings[0].code == code.code
        breaches = [(rule.id, breach) for rule, breach in judge.verdicts(reading) if breach]
        assert {rule for rule, breach in breaches if breach.basis.provenance == "documented"} <= BESIDE


def test_every_case_has_a_family_that_is_told_and_a_name_of_its_own(voice):
    for name in bundled():
        contract = voice(name).contract
        made = cases(contract)
        assert {script.family for script in made} == set(FAMILIES)
        assert len({script.id for script in made}) == len(made)
        assert {f"code-{code.replace('/', '-')}" for code in contract.codes} <= {script.id for script in made}


def test_each_call_has_turns_of_its_own(serve):
    server = serve("503-then-400")
    assert [ask(server, "POST", "/v3/mobile/send", ORDER)[0] for _ in range(3)] == [503, 400, 400]
    assert ask(server, "POST", "/v3/mobile/send", ORDER | {"ref": "another"})[0] == 503
    assert ask(server, "GET", "/v3/account/balance")[0] == 503


@pytest.mark.parametrize("prefix", ["/v3", ""])
def test_a_client_may_know_the_prefix_or_have_it_in_its_base(serve, prefix):
    status, _, body = ask(serve("success"), "GET", f"{prefix}/account/balance")
    assert (status, body["success"]) == (200, True)
    assert isinstance(body["data"]["balance"], int)


def test_a_route_that_nobody_documented_is_answered_too(serve):
    assert ask(serve("success"), "PATCH", "/no/such/thing?x=1", {"a": 1})[2]["success"] is True
    assert ask(serve("code-NO_BALANCE"), "PATCH", "/no/such/thing")[2]["error"]["code"] == "NO_BALANCE"


def test_delays_have_their_forms(serve):
    assert ask(serve("429-seconds"), "GET", "/x")[1]["Retry-After"] == "2"
    assert ask(serve("429-zero"), "GET", "/x")[1]["Retry-After"] == "0"
    assert ask(serve("429-no-hint"), "GET", "/x")[1]["Retry-After"] is None
    date = parsedate_to_datetime(ask(serve("429-date"), "GET", "/x")[1]["Retry-After"])
    assert 1 < date.timestamp() - time.time() < 5
    assert ask(serve("429-body", "depth"), "GET", "/x")[2]["error"]["details"]["retryAfter"] == 2
    [info] = [
        detail
        for detail in ask(serve("429-body", "datamanager"), "GET", "/x")[2]["error"]["details"]
        if detail["@type"].endswith("RetryInfo")
    ]
    assert info["retryDelay"] == "2s"


def test_only_the_calls_that_are_named_fail(serve):
    server = serve("code-ERR_VALIDATION", only=frozenset({"POST /v3/mobile/send"}))
    assert ask(server, "GET", "/v3/account/balance")[0] == 200
    assert ask(server, "POST", "/v3/mobile/send", ORDER)[0] == 400
    assert [one.attempt.scripted for one in server.heard] == [False, True]


@pytest.mark.parametrize(("case", "status"), [("lost-once", 200), ("lost-undone", 404)])
def test_an_order_whose_answer_was_lost_is_found_if_it_was_done(serve, case, status):
    server = serve(case)
    with pytest.raises(RemoteDisconnected):
        ask(server, "POST", "/v3/mobile/send", ORDER)
    found, _, body = ask(server, "GET", "/v3/mobile/check-ref/order-7")
    assert found == status
    assert server.heard[-1].attempt.missed is (status == 404)
    if status == 200:
        assert (body["data"]["ref"], body["data"]["topup_amount"]) == ("order-7", 300)
    else:
        ask(server, "POST", "/v3/mobile/send", ORDER)
        assert ask(server, "GET", "/v3/mobile/check-ref/order-7")[0] == 200


def test_the_same_call_is_known_by_what_it_says_not_by_how(serve):
    server = serve("success")
    again = dict(reversed(ORDER.items()))
    for body in (ORDER, again, ORDER | {"amount": 301}, ORDER | {"ref": "order-8"}):
        ask(server, "POST", "/v3/mobile/send", body)
    first, same, dearer, other = [one.attempt for one in server.heard]
    assert first.content == same.content
    assert len({first.content, dearer.content, other.content}) == 3
    assert first.reference == dearer.reference != other.reference
    assert {one.attempt.place for one in server.heard} == {"POST /v3/mobile/send"}


def test_a_key_in_a_header_is_a_reference_too(serve):
    server = serve("success")
    for key in ("a", "a", "b"):
        ask(server, "POST", "/x", {}, **{"Idempotency-Key": key})
    first, same, other = [one.attempt.reference for one in server.heard]
    assert first == same != other


def test_a_key_in_a_header_counts_where_the_order_has_no_reference_of_its_own(serve):
    server = serve("success")
    for key in ("a", "b"):
        ask(server, "POST", "/v3/mobile/send", ORDER, **{"Idempotency-Key": key})
    assert len({one.attempt.reference for one in server.heard}) == 1


def test_a_reference_is_read_in_a_form_too(serve):
    server = serve("success")
    for amount in (1, 2):
        said = f"ref=order-7&amount={amount}".encode()
        head = f"POST /v3/mobile/send HTTP/1.1\r\nHost: x\r\nContent-Length: {len(said)}\r\n".encode()
        server.ask(head + b"Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n" + said)
    first, other = [one.attempt for one in server.heard]
    assert first.reference == other.reference is not None
    assert first.gist != other.gist


def test_what_is_made_anew_each_time_is_no_other_order(serve):
    server = serve("success")
    order = ORDER | {"attempt": 1, "sentAt": time.time()}
    for change in ({}, {"ref": "order-8"}, {"attempt": 2}, {"sentAt": int(time.time() * 1000)}):
        ask(server, "POST", "/v3/mobile/send", order | change)
    for change in ({"amount": 301}, {"MSSIDN": "0665983439"}):
        ask(server, "POST", "/v3/mobile/send", order | change)
    gists = [one.attempt.gist for one in server.heard]
    assert len({one.attempt.content for one in server.heard}) == 6
    assert len(set(gists[:4])) == 1
    assert len(set(gists[3:])) == 3


def test_a_correction_is_told_from_a_random_value(serve):
    server = serve("success")
    ids = [f"order-{uuid.uuid4()}" for _ in range(2)]
    for said in ({"order": ids[0]}, {"order": ids[1]}, {"order": "order-1"}):
        ask(server, "POST", f"/x?t={time.time()}", said)
    first, same, other = [one.attempt.gist for one in server.heard]
    assert first == same != other


def test_of_a_body_that_has_no_members_every_byte_counts(serve):
    server = serve("success")
    for said in (b"a file", b"a file", b"another"):
        length = f"Content-Length: {len(said)}\r\n\r\n".encode()
        server.ask(b"POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length + said)
    first, same, other = [one.attempt.gist for one in server.heard]
    assert first == same != other


def test_a_body_that_is_nested_without_end_is_answered_too(serve):
    said = b"[" * 900 + b"]" * 900
    answer = serve("success").ask(
        b"POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1800\r\n\r\n" + said
    )
    assert answer.startswith(b"HTTP/1.1 200")
