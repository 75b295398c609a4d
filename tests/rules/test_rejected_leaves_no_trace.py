from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance, Watch
from errorcontract.rules import KEPT


@pytest.fixture
def between(balance, refused):
    """Two looks at the balance, and what was refused between them."""

    def made(before, after, *asked):
        asked = asked or (refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative"),)
        return balance(before), *asked, balance(after, "balance-after")

    return made


@pytest.mark.parametrize("about", ["no-trace", "duplicate", "overdraft"])
def test_the_same_balance_keeps_it(judge, between, about):
    assert judge(*between(1000, 1000.0), about=about) == [KEPT]


@pytest.mark.parametrize(("after", "observed"), [(800, "200 less"), (1200, "200 more")])
def test_another_balance_breaks_it(judge, between, after, observed):
    [breach] = judge(*between(1000, after), about="no-trace")
    assert (breach.expected, breach.observed) == ("the same balance", observed)
    assert "invalid-amount/negative" in breach.summary
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", "refused requests", None, None)


def test_the_cause_of_the_story_is_part_of_the_fingerprint(judge, between):
    [breach] = judge(*between(1000, 800), about="duplicate", cause="duplicate-reference")
    assert breach.cause == "duplicate-reference"


def test_orders_before_the_first_look_may_cost(judge, between, accepted):
    assert judge(accepted(name="first"), *between(800, 800), about="duplicate") == [KEPT]


def test_a_balance_that_changed_with_an_accepted_order_between_is_not_judged(judge, between, accepted):
    assert judge(*between(1000, 800, accepted(name="second", fails="duplicate-reference")), about="duplicate") == []


def test_what_failed_or_was_lost_between_may_have_cost(judge, between, refused, unanswered):
    failed = refused(500, "INTERNAL_ERROR", name="refused-1", fails="invalid-amount/huge")
    lost = unanswered("the connection broke off", name="refused-1", fails="invalid-amount/huge")
    assert judge(*between(1000, 800, failed), about="no-trace") == []
    assert judge(*between(1000, 800, lost), about="no-trace") == []


def test_a_balance_that_cannot_be_read_is_not_judged(judge, between, refused, balance):
    assert judge(*between("1,000", 800), about="no-trace") == []
    first, *rest = between(1000, 800)
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED", name="balance-before"), *rest, about="no-trace") == []
    assert judge(first, *rest[:-1], about="no-trace") == []
    assert judge(balance(1000), balance(800, "balance-after"), about="no-trace") == []


def test_other_stories_do_not_concern_it(judge, between):
    assert judge(*between(1000, 800), about="charge") == []


@pytest.fixture
def watching(contract):
    """The contract with two readings that a refused order must leave as they are."""
    watch = (Watch(operation="listPlans", pointer="/data/items"), Watch(operation="getBalance", pointer="/data/note"))
    order = replace(contract.operations["sendTopUp"], watch=watch)
    return replace(contract, operations={**contract.operations, "sendTopUp": order})


@pytest.fixture
def watched(refused, accepted):
    """A refused order between two looks at a list, and two at a note."""

    def made(after, *asked, note="a"):
        order = refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative")
        looks = [
            accepted({"items": items, "note": text}, name=f"watch-{when}-{number}", operation=operation, method="GET")
            for when, items, text in (("before", [1, 2], "a"), ("after", after, note))
            for number, operation in ((1, "listPlans"), (2, "getBalance"))
        ]
        return order, *looks[:2], *(asked or (order,)), *looks[2:]

    return made


def test_a_watched_value_that_stays_keeps_it(judge, watching, watched):
    assert judge(*watched([1, 2])[1:], promised=watching, about="watched") == [KEPT, KEPT]


@pytest.mark.parametrize(
    ("after", "note", "observed", "place"),
    [
        ([1, 2, 3], "a", "3 items instead of 2", "/data/items of listPlans"),
        ([1, 3], "a", "[1, 3]", "/data/items of listPlans"),
        ([1, 2], "b", "'b'", "/data/note of getBalance"),
    ],
)
def test_a_watched_value_that_changes_breaks_it(judge, watching, watched, after, note, observed, place):
    *_, breach = judge(*watched(after, note=note)[1:], promised=watching, about="watched")
    assert (breach.expected, breach.observed) == (f"{place} as it was", observed)
    assert "invalid-amount/negative" in breach.summary
    assert (breach.operation, breach.cause) == ("sendTopUp", "refused requests")
    assert breach.exchange.step == "refused-1"


def test_a_watched_thing_that_is_no_longer_there_breaks_it(judge, watching, watched, refused):
    story = watched([1, 2])[1:]
    gone = refused(404, "NOT_FOUND", name="watch-after-1", operation="listPlans")
    breach, *_ = judge(*story[:3], gone, story[4], promised=watching, about="watched")
    assert breach.observed == "404 NOT_FOUND"


def test_what_moves_by_itself_is_not_judged(judge, watching, watched, accepted):
    story = watched([1, 2, 3])[1:]
    quiet = accepted({"items": [1], "note": "a"}, name="watch-quiet-1", operation="listPlans", method="GET")
    assert judge(quiet, *story, promised=watching, about="watched") == [KEPT]


def test_what_came_before_the_first_look_may_change_it(judge, watching, watched):
    assert judge(*watched([1, 2]), promised=watching, about="watched") == [KEPT, KEPT]


def test_a_watched_value_is_not_judged_where_a_request_between_may_have_done_something(
    judge, watching, watched, accepted, refused, unanswered
):
    for other in (accepted(), refused(500, "INTERNAL_ERROR"), unanswered("the connection broke off")):
        assert judge(*watched([3], other)[1:], promised=watching, about="watched") == []


def test_what_a_contract_does_not_watch_or_cannot_read_does_not_concern_it(judge, contract, watching, watched):
    story = watched([3], note="b")[1:]
    assert judge(*story, promised=contract, about="watched", cause="x") == []
    assert judge(*story[:-2], promised=watching, about="watched") == []
    assert judge(story[0], *story[2:3], *story[4:], promised=watching, about="watched") == []


def test_what_holds_a_refused_requests_own_reference_is_its_doing_even_where_others_move_it(
    judge, watching, accepted, refused
):
    order = refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative")
    told = {"quiet": ["a"], "before": ["a", "b"], "after": ["a", "b", {"ref": "order-1a"}, "c"]}
    quiet, before, after = (
        accepted({"items": items}, name=f"watch-{when}-1", operation="listPlans", method="GET")
        for when, items in told.items()
    )
    [breach] = judge(quiet, before, order, after, promised=watching, about="watched")
    assert breach.observed == "it holds order-1a"


def test_what_somebody_else_could_have_done_is_doubtful(watching, accepted, refused, doubtful):
    order = refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative")

    def story(*items):
        looks = (("before", ["a"]), ("after", list(items)))
        first, last = (
            accepted({"items": shown}, name=f"watch-{when}-1", operation="listPlans", method="GET")
            for when, shown in looks
        )
        return first, order, last

    assert doubtful(*story("a", "b"), promised=watching, about="watched")
    assert not doubtful(*story("a", "order-1a"), promised=watching, about="watched")
    assert not doubtful(order, about="looked-up")


@pytest.fixture
def looked_up(refused, accepted):
    """A look-up of what was never sent, a refused order, and what its look-up answers."""

    def made(*found, nothing=None, order=None):
        about = {"operation": "getTopUpByRef", "method": "GET", "sent": None}
        nothing = nothing or refused(404, "NOT_FOUND", name="nothing", **about)
        order = order or refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative")
        return nothing, order, *(make(name="found-1", **about) for make in found)

    def missing(**more):
        return refused(404, "NOT_FOUND", **more)

    def there(**more):
        return accepted({"ref": "order-1a"}, **more)

    made.missing, made.there = missing, there
    return made


def test_a_refused_request_that_is_not_found_keeps_it(judge, looked_up):
    assert judge(*looked_up(looked_up.missing), about="looked-up") == [KEPT]


def test_a_refused_request_that_is_found_breaks_it(judge, looked_up):
    [breach] = judge(*looked_up(looked_up.there), about="looked-up")
    assert (breach.expected, breach.observed) == ("404 NOT_FOUND, as for a reference that was never sent", "200")
    assert (breach.operation, breach.cause) == ("sendTopUp", "found by its reference")
    assert breach.exchange.step == "found-1"


def test_a_look_up_that_finds_what_was_never_sent_tells_nothing(judge, looked_up, accepted, refused):
    about = {"name": "nothing", "operation": "getTopUpByRef", "method": "GET", "sent": None}
    for nothing in (accepted({}, **about), refused(429, "RATE_LIMIT_EXCEEDED", **about)):
        assert judge(*looked_up(looked_up.there, nothing=nothing), about="looked-up") == []
    order = accepted(name="refused-1", fails="invalid-amount/negative")
    assert judge(*looked_up(looked_up.there, order=order), about="looked-up") == []
    assert judge(*looked_up(looked_up.there), about="single") == []
