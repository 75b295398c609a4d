from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, Gone, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")
NOW = 1_767_225_600.0  # 2026-01-01T00:00:00Z


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(gone=Gone(deleted_at="/deletedAt", basis=PAGE)))


@pytest.fixture
def gone(answered):
    def made(*, deleted=None, **more):
        body = {"success": False} if deleted is None else {"success": False, "deletedAt": deleted}
        return answered(410, body, started=NOW, **more)

    return made


@pytest.mark.parametrize(
    "deleted",
    [
        "2024-01-15T10:30:00Z",
        "2026-01-01T00:00:30Z",
        "2026-01-01T02:00:00+02:00",
        "2025-12-31",
        "2026-01-01T12:00:00",
        "0001-01-02T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2016-12-31T23:59:60Z",
        "2024-01-15t10:30:00z",
    ],
)
def test_a_time_in_the_past_keeps_it(judge, promised, gone, deleted):
    assert judge(gone(deleted=deleted), promised=promised) == [KEPT]


@pytest.mark.parametrize("deleted", ["2026-01-01T01:00:00Z", "2026-01-01T00:00:00-02:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_in_the_future_breaks_it(judge, promised, gone, deleted):
    [breach] = judge(gone(deleted=deleted), promised=promised)
    assert breach.basis is PAGE
    assert "in the future" in breach.summary
    assert (breach.operation, breach.cause) == ("sendTopUp", "time of the deletion")


@pytest.mark.parametrize("deleted", ["yesterday", "", 1_700_000_000, True, [], {}])
def test_a_time_that_cannot_be_read_breaks_it(judge, promised, gone, deleted):
    [breach] = judge(gone(deleted=deleted), promised=promised)
    assert "can't be read" in breach.summary


def test_now_is_what_the_clock_of_the_target_says(judge, promised, gone):
    later = (("Date", "Thu, 01 Jan 2026 06:00:00 GMT"),)
    assert judge(gone(deleted="2026-01-01T05:00:00Z", headers=later), promised=promised) == [KEPT]


def test_gone_each_time_keeps_it(judge, promised, gone, accepted):
    story = [gone(name="test"), accepted(name="other"), gone(name="again-1"), gone(name="again-2")]
    assert judge(*story, promised=promised, about="gone") == [KEPT, KEPT]


@pytest.mark.parametrize("status", [200, 301, 404, 403])
def test_another_answer_later_breaks_it(judge, promised, gone, answered, status):
    story = [gone(name="test"), gone(name="again-1"), answered(status, {"success": status < 400}, name="again-2")]
    kept, breach = judge(*story, promised=promised, about="gone")
    assert kept is KEPT
    assert breach.observed == str(status)
    assert (breach.operation, breach.cause) == ("sendTopUp", "gone")


def test_a_failure_or_a_state_that_passes_is_not_judged(judge, promised, gone, refused):
    failed = refused(500, "INTERNAL_ERROR", name="again-1")
    passing = refused(429, "RATE_LIMIT_EXCEEDED", name="again-2")
    assert judge(gone(name="test"), failed, passing, promised=promised, about="gone") == []


def test_what_was_never_gone_and_contracts_that_promise_nothing_do_not_concern_it(
    judge, contract, promised, gone, refused, answered
):
    assert judge(gone(deleted="tomorrow"), promised=contract) == []
    assert judge(gone(), refused(404, "NOT_FOUND"), promised=promised) == []
    assert judge(answered(410, {"success": False, "deletedAt": None}), promised=promised) == []
    story = [refused(404, "NOT_FOUND", name="test"), refused(404, "NOT_FOUND", name="again-1")]
    assert judge(*story, promised=promised, about="gone") == []


def test_head_that_knows_it_as_gone_keeps_it(judge, promised, gone):
    assert judge(gone(name="test"), gone(name="head", method="HEAD"), promised=promised, about="gone") == [KEPT]


@pytest.mark.parametrize("status", [200, 404])
def test_head_that_knows_it_otherwise_breaks_it_as_no_more_than_a_warning(judge, promised, gone, answered, status):
    head = answered(status, name="head", method="HEAD")
    [breach] = judge(gone(name="test"), head, promised=promised, about="gone")
    assert (breach.basis.provenance, breach.observed) == (Provenance.STANDARD, str(status))
    assert breach.cause == "gone, by HEAD"


@pytest.mark.parametrize("status", [405, 501, 429, 500])
def test_head_that_nobody_answers_tells_nothing(judge, promised, gone, answered, status):
    head = answered(status, name="head", method="HEAD")
    assert judge(gone(name="test"), head, promised=promised, about="gone") == []


def test_what_is_gone_comes_back_neither_by_attempts_nor_later(judge, promised, gone, answered):
    story = [gone(name="test"), answered(201, name="attempt-1"), gone(name="again-3")]
    assert judge(*story, gone(name="again-4"), promised=promised, about="gone") == [KEPT, KEPT]
    kept, breach = judge(*story, answered(200, name="again-4"), promised=promised, about="gone")
    assert kept is KEPT
    assert breach.exchange.step == "again-4"
