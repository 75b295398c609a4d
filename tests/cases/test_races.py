"""Races: one reference at once in many forms, and different ones."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load
from errorcontract.model import Exchange, Outcome, Response, Trace, moments


def kit_of(name, seed=0, **changed):
    contract = load(name)
    operations = {id_: replace(one, **changed) if one.reference else one for id_, one in contract.operations.items()}
    names = Names(run="ec-test", returned={"balance": 30_000.0})
    return Kit(Build(replace(contract, operations=operations), names), seed=seed, local=True)


def cases_of(family, kit, about=None):
    return [case for case in families()[family](kit) if about in (None, case.about)]


def racing(case):
    return next(steps for steps in moments(case.steps) if len(steps) > 1 or steps[0].copies > 1)


def body(step):
    return json.loads(step.make({}).body)


@pytest.fixture
def races():
    return cases_of("races", kit_of("oneclickdz"), "race")


def test_rounds_have_two_to_sixteen_requests_at_the_same_moment(races):
    assert {len(racing(case)) for case in races} >= {2, 4, 8, 16}
    assert all(step.name == "racing" for case in races for step in racing(case))


def test_each_round_has_a_reference_of_its_own(races):
    used = [{body(step)["ref"] for step in case.steps if step.name == "racing"} for case in races]
    assert all(len(references) == 1 for references in used)
    assert len(set().union(*used)) == len(races)


def test_some_rounds_come_at_one_instant_and_some_are_spread_over_milliseconds(races):
    spread = {max(step.late[0] for step in racing(case)) for case in races}
    assert min(spread) == 0.0
    assert any(0 < seconds <= 0.005 for seconds in spread)
    assert any(0.015 < seconds <= 0.06 for seconds in spread)


def test_in_some_rounds_the_others_come_when_the_first_is_answered(races):
    heels = [case for case in races if "heels" in case.variant]
    assert heels
    for case in heels:
        first, others = (moment for moment in moments(case.steps) if moment[0].name == "racing")
        assert (len(first), len(others)) == (1, 4)
        assert len({body(step)["ref"] for step in (*first, *others)}) == 1


def test_the_spread_hangs_on_the_seed_alone():
    def spread(seed):
        return [[step.late for step in racing(case)] for case in cases_of("races", kit_of("oneclickdz", seed), "race")]

    assert spread(1) == spread(1) != spread(2)


def test_some_rounds_have_two_bodies_each_with_its_own_price(races):
    two = [case for case in races if len({json.dumps(body(step), sort_keys=True) for step in racing(case)}) == 2]
    assert two
    for case in two:
        for step in racing(case):
            sent = body(step)
            assert step.promise.cost == sent.get("amount", sent.get("value"))


def answered(step, number, status):
    response = Response(status=status, body=json.dumps({"success": status == 200}).encode())
    return step, Exchange(number=number, case="", step=f"racing#{number}", request=step.make({}), response=response)


@pytest.mark.parametrize(("statuses", "enough"), [([200, 403, 403, 403], False), ([200, 403, 200, 403], True)])
def test_further_rounds_are_spared_once_two_were_accepted(races, statuses, enough):
    case = races[0]
    exchanges = tuple(answered(step, place, statuses[place]) for place, step in enumerate(racing(case)))
    assert case.enough(Trace(case=case, exchanges=exchanges)) is enough
    of_operation = [one for one in races if one.operation == case.operation]
    assert len({one.series for one in of_operation}) == 1
    assert len({one.series for one in races}) == len({one.operation for one in races})


def test_a_good_request_goes_beside_refused_ones_with_its_reference_and_then_again():
    for case in cases_of("races", kit_of("oneclickdz"), "freed-at-once"):
        together = racing(case)
        assert [step.name for step in together].count("good") == 1
        assert {step.promise.outcome for step in together if step.name == "refused"} == {Outcome.REJECTED}
        assert len({body(step)["ref"] for step in [*together, case.steps[-1]]}) == 1
        assert case.steps[-1].name == "corrected"


def test_where_operations_share_nothing_one_reference_on_both_is_only_paid_for():
    [case] = cases_of("races", kit_of("oneclickdz"), "side-by-side")
    together = racing(case)
    assert len({step.make({}).operation for step in together}) == 2
    assert len({body(step)["ref"] for step in together}) == 1
    assert {step.promise.outcome for step in together} == {Outcome.EITHER}


def test_where_operations_share_their_references_one_of_both_is_done():
    kit = kit_of("oneclickdz", reference_space="orders")
    shared = [case for case in cases_of("races", kit, "race") if len({s.make({}).operation for s in racing(case)}) == 2]
    assert len(shared) == 2
    assert {case.cause for case in shared} == {"duplicate-reference"}
    across = [case for case in cases_of("references", kit, "duplicate") if case.variant.startswith("used on")]
    assert [case.steps[-2].promise.outcome for case in across] == [Outcome.REJECTED] * 2


@pytest.mark.parametrize("name", ["depth", "http-guide", "merchant", "datamanager"])
def test_different_ones_at_once_are_all_promised_to_succeed(name):
    for case in cases_of("races", kit_of(name), "different"):
        step = case.steps[0]
        assert step.copies == 8
        assert len({(one.target, one.body) for one in (step.make({}) for _ in range(8))}) == 8


def test_different_orders_come_at_once_on_one_operation_and_on_several():
    cases = cases_of("money", kit_of("oneclickdz"))
    operations = [{step.make({}).operation for step in racing(case)} for case in cases]
    assert {len(names) for names in operations} == {1, 2}
    for case in cases:
        assert {step.promise.outcome for step in racing(case)} == {Outcome.ACCEPTED}


def test_the_last_orders_of_an_empty_account_take_more_together_than_it_holds():
    [case] = cases_of("overdraft", kit_of("oneclickdz"))
    *_, left, rush, end = case.steps
    assert (left.name, rush.name, end.name, rush.copies) == ("balance-left", "rush", "balance-end", 6)
    for held, amount in ((1000, 600), (60, 50), (49, None)):
        answer = Response(status=200, body=json.dumps({"success": True, "data": {"balance": held}}).encode())
        exchange = Exchange(number=1, case="", step="balance-left", request=left.make({}), response=answer)
        request = rush.make({"balance-left": exchange})
        assert (json.loads(request.body)["amount"] if request else None) == amount


def test_what_takes_only_so_many_is_asked_one_by_one_and_another_like_it_at_once():
    [case] = cases_of("limited", kit_of("depth"))
    answers = {
        step.name: Exchange(
            number=1,
            case="",
            step=step.name,
            request=step.make({}),
            response=Response(status=201, body=json.dumps({"success": True, "data": {"id": step.name}}).encode()),
        )
        for step in case.steps
        if step.name.startswith(("holder", "each"))
    }
    asked = [step for step in case.steps if step.name.startswith("one-by-one")]
    together = racing(case)
    made = [step.make(answers) for step in (*asked, *together)]
    assert len({request.target for request in made}) == len(made) == 8
    assert [json.loads(request.body)["creatorId"] for request in made] == ["holder-1"] * 4 + ["holder-2"] * 4
    assert asked[0].make({}) is None
