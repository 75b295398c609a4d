from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Limited
from errorcontract.rules import KEPT


@pytest.fixture
def limited(contract):
    """A contract in which an account takes only so many top-ups."""
    limit = Limited(cause="insufficient-balance", holder="body/MSSIDN", each="body/ref", made_by={}, most=4)
    operation = replace(contract.operations["sendTopUp"], limited=limit)
    return replace(contract, operations={**contract.operations, "sendTopUp": operation})


@pytest.fixture
def story(accepted, refused):
    """So many accepted one after the other, the rest refused; and so many accepted at once."""

    def made(one_by_one, at_once, code="NO_BALANCE"):
        before = [accepted(name=f"one-by-one-{number + 1}") for number in range(one_by_one)]
        before += [refused(403, code, name=f"one-by-one-{number + 1}") for number in range(one_by_one, 4)]
        won = [accepted(name="at-once", copy=number) for number in range(at_once)]
        return [*before, *won, *(refused(403, code, name="at-once", copy=number) for number in range(at_once, 4))]

    return made


@pytest.mark.parametrize("at_once", [0, 1, 2])
def test_as_many_at_once_as_one_after_the_other_keep_it(judge, limited, story, at_once):
    assert judge(*story(2, at_once), promised=limited, about="limited") == [KEPT]


def test_more_at_once_than_one_after_the_other_break_it(judge, limited, story):
    [breach] = judge(*story(2, 3), promised=limited, about="limited")
    assert (breach.expected, breach.observed) == ("at most 2 accepted", "3 of 4 accepted")
    assert breach.cause == "insufficient-balance/at once"


def test_where_no_limit_shows_nothing_is_judged(judge, limited, story):
    assert judge(*story(4, 4), promised=limited, about="limited") == []


def test_where_nothing_is_accepted_one_after_the_other_nothing_is_judged(judge, limited, story):
    assert judge(*story(0, 2), promised=limited, about="limited") == []


def test_a_refusal_for_another_reason_tells_of_no_limit(judge, limited, story):
    assert judge(*story(2, 4, "ERR_VALIDATION"), promised=limited, about="limited") == []


def test_other_stories_do_not_concern_it(judge, limited, story):
    assert judge(*story(2, 3), promised=limited, about="race") == []
    assert judge(*story(2, 3), about="limited") == []
