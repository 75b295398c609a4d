from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def wrong(refused):
    """Refusals of wrong credentials that announce these numbers of attempts as left."""

    def made(*left):
        return [
            refused(
                401,
                "ERR_AUTH",
                details=None if number is None else {"attemptsLeft": number},
                name=f"wrong-{index}",
                fails="wrong-credentials",
            )
            for index, number in enumerate(left, 1)
        ]

    return made


SHUT = {"name": "shut-out", "fails": "locked-out", "operation": "validateKey"}


def test_a_good_credential_that_is_refused_keeps_it(judge, wrong, refused):
    assert judge(*wrong(4, 3, 2, 1, 0), refused(403, "IP_BLOCKED", **SHUT), about="lock-out") == [KEPT]


def test_a_good_credential_that_is_taken_although_none_was_left_breaks_it(judge, wrong, accepted):
    [breach] = judge(*wrong(4, 3, 2, 1, 0), accepted(**SHUT), about="lock-out")
    assert (breach.expected, breach.observed) == ("a refusal with IP_BLOCKED", "200, accepted")
    assert breach.basis.provenance is Provenance.INFERRED, "a test environment may go without it"
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "locked-out", None, None)


def test_a_good_credential_that_lifts_a_lock_out_breaks_it(judge, wrong, refused, accepted):
    locked = refused(403, "IP_BLOCKED", name="wrong-6", fails="wrong-credentials")
    [breach] = judge(*wrong(None, None, None, None, None), locked, accepted(**SHUT), about="lock-out")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert breach.observed == "200, accepted"


@pytest.mark.parametrize("left", [(19, 18, 17, 16, 15), (None,) * 5, ("none",) * 5])
def test_a_lock_out_that_was_not_announced_need_not_come(judge, wrong, accepted, left):
    assert judge(*wrong(*left), accepted(**SHUT), about="lock-out") == []


def test_a_server_that_fails_neither_keeps_nor_breaks_it(judge, wrong, refused, unanswered):
    assert judge(*wrong(1, 0), refused(500, "INTERNAL_ERROR", **SHUT), about="lock-out") == []
    assert judge(*wrong(1, 0), unanswered("the connection broke off", **SHUT), about="lock-out") == []


def test_other_stories_do_not_concern_it(judge, wrong, accepted):
    assert judge(*wrong(1, 0), accepted(**SHUT), about="credentials") == []
    assert judge(*wrong(1, 0), about="lock-out") == []
