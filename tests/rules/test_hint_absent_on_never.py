from __future__ import annotations

import pytest

from errorcontract.model import Delay, Provenance
from errorcontract.rules import KEPT

HINT = (("Retry-After", "5"),)


@pytest.mark.parametrize(
    ("status", "code"), [(403, "DUPLICATED_REF"), (400, "ERR_VALIDATION"), (403, "NO_BALANCE"), (404, "NOT_FOUND")]
)
def test_no_hint_keeps_it(judge, refused, status, code):
    assert judge(refused(status, code)) == [KEPT]


@pytest.mark.parametrize("name", ["Retry-After", "retry-after"])
def test_a_hint_on_what_must_never_be_sent_again_breaks_it(judge, refused, name):
    [breach] = judge(refused(403, "DUPLICATED_REF", headers=((name, "5"),)))
    assert (breach.expected, breach.observed) == ("no hint to retry", "Retry-After: 5")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "DUPLICATED_REF", 403)


def test_a_hint_on_what_needs_a_change_first_breaks_it(judge, refused):
    [breach] = judge(refused(403, "NO_BALANCE", headers=HINT))
    assert breach.code == "NO_BALANCE"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "RATE_LIMIT_EXCEEDED"),
        (403, "IP_BLOCKED"),
        (409, "ERR_STOCK"),
        (500, "INTERNAL_ERROR"),
        (503, "ERR_SERVICE"),
    ],
)
def test_a_hint_on_what_may_be_sent_again_is_legal(judge, refused, status, code):
    assert judge(refused(status, code, headers=HINT), refused(status, code)) == []


def test_answers_without_a_documented_code_do_not_concern_it(judge, refused, accepted, answered):
    assert (
        judge(refused(403, "OTHER", headers=HINT), accepted(status=202, headers=HINT), answered(301, headers=HINT))
        == []
    )


def test_a_delay_in_the_body_is_a_hint_as_well(judge, refused, promising, basis):
    promised = promising(delay=Delay(pointer="/error/details/retryAfter", form="seconds", basis=basis))
    assert judge(refused(403, "DUPLICATED_REF", details={"other": 5}), promised=promised) == [KEPT]
    [breach] = judge(refused(403, "DUPLICATED_REF", details={"retryAfter": 5}), promised=promised)
    assert breach.observed == "/error/details/retryAfter: 5"
