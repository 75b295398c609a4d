"""Stories about one bad request that is sent again and again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import bundled, load
from errorcontract.model import Outcome

ENOUGH = 3


def kit_of(contract, **more):
    returned = {f"{one.id}.{name}": "26" for one in contract.operations.values() for name in one.returns}
    return Kit(Build(contract, Names(run="ec-test", returned=returned)), **more)


def stories(contract, **more):
    return list(families()["stability"](kit_of(contract, **more)))


def bad(case):
    return [step for step in case.steps if not step.name.startswith("between")]


@pytest.fixture(params=bundled())
def contract(request):
    return load(request.param)


@pytest.fixture
def top_ups():
    return load("oneclickdz")


def test_each_bad_request_is_the_same_to_the_byte_each_time(contract):
    for case in stories(contract, local=True):
        requests = {}
        for step in bad(case):
            requests.setdefault(step.name.rpartition("-")[0], []).append(step.make({}))
        assert all(len(set(sent)) == 1 and len(sent) > 1 for sent in requests.values()), case.id


def test_every_operation_and_each_kind_of_refusal_in_front_has_a_story(contract):
    asked = {(case.operation, str(case.cause).partition("/")[0]) for case in stories(contract, local=True)}
    causes = {cause for _, cause in asked}
    known = {"unknown-route", "malformed-body", "missing-credentials", "wrong-credentials"} & contract.causes.keys()
    assert known <= causes
    refusing = {
        recipe.operation
        for cause in contract.causes.values()
        for recipe in cause.recipes
        if not (recipe.before or recipe.accepted) and cause.id not in known
    }
    assert refusing <= {operation for operation, _ in asked}


def test_every_situation_that_must_be_refused_has_a_story(contract):
    asked = {(case.operation, str(case.cause).partition("/")[0]) for case in stories(contract, local=True)}
    for cause in contract.causes.values():
        recipes = [one for one in cause.recipes if not one.before and not one.accepted]
        assert {(one.operation, cause.id) for one in recipes} <= asked, cause.id


def test_one_story_of_each_operation_has_a_good_request_between(contract):
    between = Counter(
        case.operation for case in stories(contract, local=True) if "between" in [step.name for step in case.steps]
    )
    assert between
    assert set(between.values()) == {1}


def test_the_good_request_comes_before_the_last_time(top_ups):
    first = max(stories(top_ups, local=True), key=lambda case: case.tells)
    assert [step.name for step in first.steps] == ["time-1", "time-2", "between", "time-3"]
    bodies = [json.loads(step.make({}).body) for step in first.steps]
    assert bodies[0] == bodies[3] != bodies[2]


def test_what_tells_most_comes_first_and_fields_before_other_kinds(contract):
    cases = stories(contract, local=True)
    assert max(case.tells for case in cases) == 79
    assert all(case.steps[0].promise.outcome is Outcome.REJECTED for case in cases)
    assert all(case.tells >= 0 for case in cases)


def test_some_are_sent_again_after_a_while_and_waited_for_once(contract):
    [case] = [case for case in stories(contract, local=True) if case.variant == "after a while"]
    half = len(case.steps) // 2
    assert [step.name[:-1] for step in case.steps[:half]] == [step.name[:-1] for step in case.steps[half:]]
    assert [place for place, step in enumerate(case.steps) if step.pause] == [half]
    operations = [step.make({}).operation for step in case.steps[:half]]
    assert len(set(operations)) == len(operations) > 1


def wrong(contract, **more):
    [case] = [case for case in stories(contract, **more) if case.cause == "wrong-credentials"]
    return case


def test_wrong_credentials_never_add_up_to_a_lock_out(top_ups):
    after = top_ups.credentials.lock_out.after
    own = wrong(top_ups, local=True, aliases=True)
    sources = {step.make({}).source for step in own.steps}
    assert len(sources) == 1
    assert None not in sources
    assert len(own.steps) < after
    shared = wrong(top_ups, local=True)
    values = [step.make({}).header("X-Access-Token") for step in shared.steps]
    assert all(one != other for one, other in pairwise(values))
    assert "wrong" not in values[-1]


def test_where_one_wrong_credential_shuts_out_none_is_repeated(top_ups):
    strict = replace(top_ups.credentials, lock_out=replace(top_ups.credentials.lock_out, after=2))
    cases = stories(replace(top_ups, credentials=strict), local=True)
    assert not [case for case in cases if case.cause == "wrong-credentials"]


def test_without_a_lock_out_a_wrong_credential_is_simply_repeated():
    assert [step.name for step in wrong(load("depth"), local=True).steps] == [f"time-{n}" for n in (1, 2, 3)]
