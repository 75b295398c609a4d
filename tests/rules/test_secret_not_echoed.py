from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from errorcontract.model import HIDDEN, Provenance, hidden
from errorcontract.rules import KEPT

WRONG = "wrong-key-0000"


@pytest.mark.parametrize("token", ["${ERRORCONTRACT_TOKEN}", WRONG, "", None])
def test_an_answer_without_the_credential_keeps_it(judge, refused, accepted, token):
    answers = refused(401, "ERR_AUTH", message="The key is wrong", token=token), accepted(token=token)
    assert judge(*answers) == [KEPT, KEPT]


def test_a_credential_that_is_partly_hidden_keeps_it(judge, refused):
    assert judge(refused(401, "ERR_AUTH", details={"key": "wro***0000"}, token=WRONG)) == [KEPT]


@pytest.mark.parametrize(
    ("token", "told"), [(WRONG, WRONG), ("${ERRORCONTRACT_TOKEN}", HIDDEN), ("${ERRORCONTRACT_TOKEN}x", f"{HIDDEN}x")]
)
def test_a_credential_in_a_body_breaks_it(judge, refused, token, told):
    [breach] = judge(refused(401, "ERR_AUTH", message=f"The key {told} is wrong", token=token))
    assert breach.expected == "no credential in any answer"
    shown = f"a credential in the body, at /error/message, character 9: The key {HIDDEN}"
    assert re.fullmatch(rf"{re.escape(shown)}x? is wrong", breach.observed)
    assert WRONG not in breach.summary
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "the body", "ERR_AUTH", 401)


def test_a_credential_in_a_header_is_one_defect_on_every_answer(judge, refused, accepted):
    header = (("X-Debug", f"key={HIDDEN}"),)
    breaches = judge(refused(404, "NOT_FOUND", headers=header), accepted(headers=header))
    assert {(breach.cause, breach.code, breach.status) for breach in breaches} == {("the header X-Debug", None, None)}


def test_a_finding_shows_where_it_stood_and_which_it_was(judge, answered, refused):
    mark = hidden("ERRORCONTRACT_TOKEN")
    [header] = judge(refused(404, "NOT_FOUND", headers=(("X-Debug", f"key={mark}; a=1"),)))
    assert header.observed == f"a credential in the header X-Debug, at character 5: key={mark}; a=1"
    [page] = judge(answered(502, f"<p>{mark}</p>".encode(), content_type="text/html"))
    assert page.observed == f"a credential in the body, at character 4: <p>{mark}</p>"
    [deep] = judge(answered(500, json.dumps({"a/b": [1, {"c": f"x {mark}"}]}).encode()))
    assert deep.observed == f"a credential in the body, at /a~1b/1/c, character 3: x {mark}"


@pytest.mark.parametrize("text", ["***", "***REDACTED***", "***TOKEN***", "credential", "[credential]"])
def test_what_a_target_hides_by_itself_keeps_it(judge, refused, text):
    assert judge(refused(401, "ERR_AUTH", message=f"The key {text} is wrong")) == [KEPT]


def test_bodies_that_are_not_json_are_searched_too(judge, answered):
    [breach] = judge(answered(502, b"\xff" + HIDDEN.encode(), content_type="text/html"))
    assert breach.status == 502


def test_the_operation_that_shows_the_key_may_show_it_once(judge, accepted):
    shown = {"data": {"apiKey": {"key": HIDDEN}}, "operation": "validateKey"}
    assert judge(accepted(**shown)) == [KEPT]
    assert len(judge(accepted(shown["data"] | {"note": HIDDEN}, operation="validateKey"))) == 1
    [breach] = judge(accepted(shown["data"] | {"note": HIDDEN}, operation="validateKey"))
    assert breach.cause == "the body"


def test_another_operation_may_not(judge, accepted):
    [breach] = judge(accepted({"apiKey": {"key": HIDDEN}}, operation="getBalance"))
    assert breach.status == 200


def test_a_contract_without_credentials_has_none_to_repeat(judge, refused, contract):
    assert judge(refused(401, "ERR_AUTH", message=HIDDEN), promised=replace(contract, credentials=None)) == []


def test_no_answer_repeats_nothing(judge, unanswered):
    assert judge(unanswered("the connection broke off")) == []
