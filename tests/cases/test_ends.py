"""What was paid is deleted several times at once, where the contract says what that gives back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.cases.machine import Call, ways, without
from errorcontract.contract import load
from errorcontract.model import Makes

ENDS = ("4 deletions at once", "6 deletions beside 6 others", "2 deletions at once")


@pytest.fixture
def races():
    """The races of a contract whose top-ups can be deleted, and that says what that gives back."""

    def asked(gives_back):
        known = load("oneclickdz")
        made = Makes(id="id", basis=known.ledger.basis, deleted_by="getTopUpById/id", gives_back=gives_back)
        orders = {**known.operations, "sendTopUp": replace(known.operations["sendTopUp"], makes=made)}
        contract = replace(known, operations=orders)
        return {case.variant: case for case in families()["races"](Kit(Build(contract, Names(run="ec-test"))))}

    return asked


@pytest.mark.parametrize("gives_back", [True, False])
def test_deletions_go_at_the_same_moment_between_two_looks_at_the_balance(races, gives_back):
    case = races(gives_back=gives_back)["4 deletions at once"]
    names = [step.name for step in case.steps]
    assert names == ["call-1", "balance-1", *(f"call-{number} of call-1" for number in (2, 3, 4, 5)), "balance-2"]
    assert [step.beside for step in case.steps] == [False, False, False, True, True, True, False]
    assert case.about == "ledger"


def test_deletions_of_several_go_beside_new_orders(races):
    case = races(gives_back=True)["6 deletions beside 6 others"]
    names = [step.name for step in case.steps[7:11]]
    assert names == ["call-7 of call-1", "call-8", "call-9 of call-2", "call-10"]


def test_where_nobody_says_what_a_deletion_gives_back_none_is_asked(races):
    assert not set(ENDS) & set(races(gives_back=None))


def test_what_ends_a_thing_of_a_call_that_is_not_told_any_more_is_not_told_either(ways_to_end):
    good, ending = ways_to_end
    made = Call(way=good)
    told = without(((Call(way=ending, of=made), Call(way=good)), (Call(way=good, of=made),)), ())
    assert [[(call.way, call.of) for call in turn] for turn in told] == [[(good, None)], [(good, None)]]


@pytest.fixture
def ways_to_end():
    kit = Kit(Build(load("http-guide"), Names(run="ec-test")))
    known = ways(kit, "createUser")
    return known.good[0], known.later[0]
