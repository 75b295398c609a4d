from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance, Told
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(supported_types=Told(pointer="/supportedTypes", basis=PAGE)))


@pytest.fixture
def unsupported(answered):
    def made(types=..., **more):
        return answered(415, {"success": False} | ({} if types is ... else {"supportedTypes": types}), **more)

    return made


def test_a_list_keeps_it(judge, promised, unsupported):
    assert judge(unsupported(["xlsx"]), unsupported(["a/b", "c/d"]), promised=promised) == [KEPT, KEPT]


@pytest.mark.parametrize("types", [..., None, [], "xlsx", [""], [1], {"xlsx": True}])
def test_no_list_breaks_it(judge, promised, unsupported, types):
    [breach] = judge(unsupported(types), promised=promised)
    assert breach.basis is PAGE
    assert (breach.operation, breach.cause) == (None, "no list")


@pytest.mark.parametrize("status", [200, 400, 422])
def test_a_listed_format_that_is_taken_keeps_it(judge, promised, unsupported, answered, status):
    story = [unsupported(["xlsx"], name="test"), answered(status, {"success": status == 200}, name="listed-1")]
    assert judge(*story, promised=promised, about="media-types") == [KEPT, KEPT]


def test_a_listed_format_that_is_refused_in_its_turn_breaks_it(judge, promised, unsupported):
    story = [unsupported(["xlsx"], name="test"), unsupported(["xlsx"], name="listed-1")]
    *_, breach = judge(*story, promised=promised, about="media-types")
    assert (breach.operation, breach.cause) == ("sendTopUp", "a format that is not taken")
    assert "xlsx" in breach.summary


FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="table.%s"\r\n\r\na,b\r\n--x--\r\n'
PARTS = (("Content-Type", "multipart/form-data; boundary=x"),)


@pytest.mark.parametrize(
    ("types", "body", "kind"),
    [
        (["xlsx", "csv"], FILE % b"csv", PARTS),
        ([".CSV"], FILE % b"CSV", PARTS),
        (["application/json"], b"{}", (("content-type", "application/json"),)),
    ],
)
def test_the_refused_format_in_the_list_breaks_it(judge, promised, unsupported, types, body, kind):
    [breach] = judge(unsupported(types, sent=body, sent_headers=kind), promised=promised)
    assert breach.cause == "a format that is not taken"


@pytest.mark.parametrize(
    ("types", "body", "kind"),
    [
        (["xlsx"], FILE % b"xlsx", PARTS),
        (["xlsx"], FILE % b"csv", PARTS),
        (["csv"], FILE % b"csv" + FILE % b"exe", PARTS),
        (["application/json"], b"{}", (("Content-Type", "application/json; charset=utf-16"),)),
        (["application/json"], b"{}", (("Content-Type", "application/json"), ("Content-Encoding", "br"))),
        (["application/json"], None, (("Content-Type", "application/json"),)),
    ],
)
def test_what_may_be_refused_for_its_content_keeps_it(judge, promised, unsupported, types, body, kind):
    assert judge(unsupported(types, sent=body, sent_headers=kind), promised=promised) == [KEPT]


def test_other_answers_and_contracts_that_promise_nothing_do_not_concern_it(
    judge, contract, promised, unsupported, refused
):
    assert judge(unsupported(), promised=contract) == []
    assert judge(refused(400, "ERR_VALIDATION"), unsupported(method="HEAD"), promised=promised) == []
    story = [refused(400, "ERR_VALIDATION", name="test"), refused(400, "ERR_VALIDATION", name="listed-1")]
    assert judge(*story, promised=promised, about="media-types") == []
