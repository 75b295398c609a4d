from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Delay, Provenance
from errorcontract.rules import KEPT

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
CODE = "RATE_LIMIT_EXCEEDED"


@pytest.fixture
def limited(refused):
    """A refusal for the rate that names a wait, a tenth of a second long."""

    def made(hint=None, name="burst", started=NOW, clock=None):
        headers = [("Retry-After", hint)] * (hint is not None) + [("Date", clock)] * (clock is not None)
        return refused(429, CODE, headers=tuple(headers), name=name, started=started, seconds=0.1)

    return made


def test_a_success_after_the_wait_keeps_it(judge, limited, accepted):
    assert judge(limited("2"), accepted(name="again", started=NOW + 2.3), about="burst") == [KEPT]


@pytest.mark.parametrize("hint", ["2", "0", None, "soon", "Tue, 14 Nov 2023 22:13:22 GMT"])
def test_a_refusal_after_the_wait_breaks_it(judge, limited, hint):
    again = limited("60", "again", NOW + 2.3)
    [breach] = judge(limited(hint), again, about="burst")
    assert (breach.expected, breach.observed) == ("success after the wait", f"429 {CODE}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "rate-limit", None, None)


@pytest.mark.parametrize("hint", ["900", "Tue, 14 Nov 2023 22:28:20 GMT"])
def test_a_wait_that_the_harness_cut_short_proves_nothing(judge, limited, hint):
    assert judge(limited(hint), limited("840", "again", NOW + 65), about="burst") == []


def test_a_date_is_read_by_the_clock_of_the_target(judge, limited):
    hint, clock = "Tue, 14 Nov 2023 23:13:30 GMT", "Tue, 14 Nov 2023 23:13:20 GMT"
    assert judge(limited(hint, clock=clock), limited("1", "again", NOW + 5), about="burst") == []
    [breach] = judge(limited(hint, clock=clock), limited("1", "again", NOW + 11), about="burst")
    assert breach.cause == "rate-limit"


def test_the_shortest_wait_that_was_told_counts(judge, limited):
    [breach] = judge(limited("900"), limited("1"), limited("60", "again", NOW + 2), about="burst")
    assert breach.exchange.step == "again"


def test_a_burst_that_was_never_refused_leaves_nothing_to_recover_from(judge, accepted, limited):
    assert judge(accepted(name="burst"), limited("1", "again", NOW + 9), about="burst") == []


def test_an_answer_for_another_reason_neither_keeps_nor_breaks_it(judge, limited, refused):
    assert judge(limited("1"), refused(503, "ERR_SERVICE", name="again", started=NOW + 9), about="burst") == []


def test_other_stories_and_contracts_without_a_limit_do_not_concern_it(judge, limited, contract):
    story = limited("1"), limited("1", "again", NOW + 9)
    assert judge(*story, about="single") == []
    assert judge(*story, about="burst", promised=replace(contract, rate_limit=None)) == []


def test_the_wait_that_a_body_names_counts_too(judge, refused, promising, basis):
    promised = promising(delay=Delay(pointer="/error/details/retryAfter", form="duration", basis=basis))

    def told(wait, name, started):
        return refused(429, "RATE_LIMIT_EXCEEDED", details={"retryAfter": wait}, name=name, started=started)

    early, late = told("2s", "again", NOW + 1), told("2s", "again", NOW + 3)
    assert judge(told("2s", "burst", NOW), early, about="burst", promised=promised) == []
    [breach] = judge(told("2s", "burst", NOW), late, about="burst", promised=promised)
    assert breach.exchange.step == "again"


@pytest.mark.parametrize(
    "hint", ["Tue, 14 Nov 2023 22:13:22 GMT", "Tuesday, 14-Nov-23 22:13:22 GMT", "Tue Nov 14 22:13:22 2023"]
)
def test_each_form_of_a_date_is_waited_for(judge, limited, hint):
    assert judge(limited(hint), limited("60", "again", NOW + 1.9), about="burst") == []
    [breach] = judge(limited(hint), limited("60", "again", NOW + 2.3), about="burst")
    assert breach.exchange.step == "again"


def test_a_date_that_is_over_asks_for_no_wait(judge, limited):
    [breach] = judge(limited("Tue, 14 Nov 2023 17:13:22 GMT"), limited("1", "again", NOW + 0.3), about="burst")
    assert breach.observed == f"429 {CODE}"


def test_of_two_hints_the_longer_is_waited_for(judge, refused, promising, basis):
    promised = promising(delay=Delay(pointer="/error/details/retryAfter", form="seconds", basis=basis))
    both = {"headers": (("Retry-After", "1"),), "details": {"retryAfter": 5}}
    first = refused(429, CODE, name="burst", started=NOW, **both)
    again = refused(429, CODE, name="again", started=NOW + 2, **both)
    assert judge(first, again, about="burst", promised=promised) == []


def test_an_overload_that_names_a_wait_is_over_then_too(judge, refused, accepted):
    hint = {"headers": (("Retry-After", "2"),)}
    first = refused(503, "ERR_SERVICE", name="burst", started=NOW, **hint)
    assert judge(first, accepted(name="again", started=NOW + 2.2), about="burst") == [KEPT]
    [breach] = judge(first, refused(503, "ERR_SERVICE", name="again", started=NOW + 2.2, **hint), about="burst")
    assert breach.observed == "503 ERR_SERVICE"


def test_where_the_limit_is_nobodys_promise_the_wait_that_was_named_still_is(judge, refused, contract, basis):
    nothing = replace(contract.rate_limit, basis=replace(basis, provenance=Provenance.UNSPECIFIED))
    delay = Delay(pointer="/error/details/retryAfter", form="seconds", basis=basis)
    promised = replace(contract, rate_limit=nothing, errors=replace(contract.errors, delay=delay))

    def severity(**told):
        times = {"burst": NOW, "again": NOW + 9}
        story = [refused(429, CODE, name=name, started=started, **told) for name, started in times.items()]
        [breach] = judge(*story, about="burst", promised=promised)
        return breach.basis.provenance

    assert severity(details={"retryAfter": 1}) is Provenance.DOCUMENTED
    assert severity(headers=(("Retry-After", "1"),)) is Provenance.STANDARD
    assert severity() is Provenance.UNSPECIFIED
