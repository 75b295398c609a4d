from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    "code", ["ERR_VALIDATION", "ERR_PHONE", "INVALID_PHONE", "NOT_FOUND", "IP_NOT_ALLOWED", "API_DISABLED"]
)
def test_every_code_of_the_catalogue_keeps_it(judge, refused, code):
    assert judge(refused(400, code, fails="invalid-phone/text")) == [KEPT]


@pytest.mark.parametrize("code", ["BAD_REQUEST", "err_validation", "ERR_VALIDATION ", "UNKNOWN_ERROR"])
def test_a_code_that_no_document_names_breaks_it(judge, refused, code):
    [breach] = judge(refused(400, code, fails="malformed-body/empty"))
    assert breach.expected == "ERR_VALIDATION"
    assert breach.observed == f"400 {code}"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, code, 400)


def test_an_inferred_cause_is_only_inferred(judge, refused):
    [breach] = judge(refused(404, "NO_SUCH_PRODUCT", fails="unknown-product"))
    assert breach.basis.provenance is Provenance.INFERRED


def test_a_limit_with_a_code_of_its_own_breaks_it(judge, refused):
    [breach] = judge(refused(429, "TOO_MANY_REQUESTS", fails="invalid-phone/text"))
    assert breach.status == 429


@pytest.mark.parametrize(
    ("status", "code"), [(404, "ROUTE_NOT_FOUND"), (405, "METHOD_NOT_ALLOWED"), (415, "UNSUPPORTED_MEDIA_TYPE")]
)
def test_a_cause_that_the_documents_give_no_code_may_have_any(judge, refused, status, code):
    others = [refused(status, code, fails=cause) for cause in ("unknown-route", "wrong-media-type/XML", "wrong-method")]
    assert judge(*others, refused(status, code)) == []


@pytest.mark.parametrize("status", [413, 414, 431])
def test_a_request_refused_for_its_size_may_have_any_code(judge, refused, status):
    assert judge(refused(status, "PAYLOAD_TOO_LARGE", fails="malformed-body/deeply nested")) == []


@pytest.mark.parametrize("code", [None, "", 17, ["ERR_VALIDATION"]])
def test_a_code_that_is_no_text_is_another_rules_matter(judge, refused, code):
    assert judge(refused(400, code, fails="invalid-phone/text")) == []


def test_successes_failures_of_the_server_and_bodiless_answers_do_not_concern_it(judge, accepted, refused, answered):
    asked = {"fails": "invalid-phone/text"}
    assert (
        judge(accepted(**asked), refused(502, "BAD_GATEWAY", **asked), answered(401, **asked), answered(302, **asked))
        == []
    )


def test_a_code_that_holds_what_no_report_can_write_is_reported_all_the_same(judge, refused):
    [breach] = judge(refused(400, "X\ud800", fails="invalid-phone/text"))
    assert breach.code == "X?"
    assert breach.observed.encode() == b"400 X?"
