from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"null", b' {"a": 1}\n', '{"message": "خطأ"}'.encode(), b'{"v": 1e400}', b'{"v": "\\ud800"}']
)
@pytest.mark.parametrize("status", [200, 201, 400, 404, 405, 500, 503])
def test_any_json_keeps_it(judge, answered, status, body):
    assert judge(answered(status, body)) == [KEPT]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"404 page not found\n",
        b"<html>",
        b'{"success": false',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
        b"{'a': 1}",
        b'{"v": NaN}',
        b"{}{}",
        b'{"v": "\xff"}',
    ],
)
def test_what_does_not_parse_breaks_it(judge, answered, body):
    [breach] = judge(answered(404, body))
    assert breach.expected == "a JSON body in the envelope"
    assert breach.observed == "404 with a body that is not JSON (application/json)"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, 404)


@pytest.mark.parametrize(("kind", "told"), [("text/html", "text/html"), (None, "no Content-Type")])
def test_the_announced_media_type_is_told(judge, answered, kind, told):
    [breach] = judge(answered(502, b"<html>", content_type=kind))
    assert breach.observed == f"502 with a body that is not JSON ({told})"


def test_a_success_that_is_not_json_breaks_it_too(judge, answered):
    [breach] = judge(answered(200, b"OK"))
    assert breach.status == 200


@pytest.mark.parametrize(
    ("status", "method"),
    [
        (204, "POST"),
        (304, "GET"),
        (404, "HEAD"),
        (200, "HEAD"),
        (200, "OPTIONS"),
        (404, "OPTIONS"),
        (301, "GET"),
        (302, "POST"),
        (308, "GET"),
    ],
)
def test_answers_that_need_no_body_do_not_concern_it(judge, answered, status, method):
    assert judge(answered(status, b"", method=method)) == []


def test_an_answer_that_is_not_whole_does_not_concern_it(judge, answered, unanswered):
    assert judge(answered(200, b"[1, 2", cut="longer than the limit"), unanswered("the connection broke off")) == []
