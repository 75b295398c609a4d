"""What a balance showed is reported once it showed again, on a balance that stands still."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from errorcontract.exchange import Secrets
from errorcontract.model import Finding
from errorcontract.run import Run, Settings
from errorcontract.target import Target

KEY = "sandbox-key"
MONEY_RULES = {"charged-once", "rejected-leaves-no-trace", "ledger-balances", "duplicate-race"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    findings: list[Finding]
    notes: list[str]
    sent: int
    again: int
    """Requests of stories that were played a second time."""

    @property
    def rules(self) -> set[str]:
        return {finding.rule for finding in self.findings}


@pytest.fixture
def told_by(contract, questions, serve, tmp_path) -> Callable[..., Told]:
    """Runs families against a reference API, and tells what was found, noted and sent."""
    numbers = itertools.count()

    def told(names: Sequence[str], *options: str, fault: str | None = None, budget: int | None = None) -> Told:
        journal = tmp_path / f"journal-{next(numbers)}.ndjson"
        secrets = Secrets(values={"ERRORCONTRACT_TOKEN": KEY})
        settings = Settings(journal=journal, secrets=secrets, budget=budget)
        run = Run(contract, Target(url=serve(fault, *options), local=True, embedded=True), settings, lambda _: None)
        asked = questions(names)
        run.start(asked)
        for question in asked:
            run.ask(question, question.family)
        run.close(complete=True)
        lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
        return Told(
            findings=list(run.findings.all.values()),
            notes=[line["text"] for line in lines if line["type"] == "note"],
            sent=run.stage.sent,
            again=sum(line.get("step", "") == "quiet-1" for line in lines),
        )

    return told


def test_a_balance_that_moves_by_itself_is_noted_and_accuses_nobody(told_by):
    told = told_by(("references", "success", "amount"), "--choice", "account-shared")
    assert told.rules.isdisjoint(MONEY_RULES)
    assert [note for note in told.notes if note.startswith("the balance moves by itself")]


def test_orders_that_are_refunded_accuse_nobody(told_by):
    told = told_by(("references", "success", "amount"), "--choice", "orders-refunded")
    assert told.rules.isdisjoint(MONEY_RULES)


def test_after_two_stories_that_did_not_stand_no_more_are_played_again(told_by):
    told = told_by(("references", "success", "recipes", "amount"), "--choice", "account-shared")
    assert told.again == 2
    assert [note for note in told.notes if note.startswith("what the balance showed of")]


def test_a_double_charge_is_played_again_and_found(told_by):
    told = told_by(("success",), fault="charged-twice")
    assert told.rules == {"charged-once"}
    assert told.again == len(told.findings)
    assert told.notes == []


def test_a_refusal_that_costs_is_played_again_and_found(told_by):
    told = told_by(("references",), fault="refused-duplicate-charged")
    assert told.rules == {"rejected-leaves-no-trace"}
    assert told.again == len(told.findings)


def test_what_no_balance_can_explain_is_not_played_again(told_by):
    told = told_by(("references",), fault="third-use-accepted")
    assert "duplicate-rejected" in told.rules
    assert told.again == 0


def test_a_budget_that_is_used_up_leaves_a_note_and_no_finding(told_by):
    budget = 16  # what the preparation and the first good requests take
    told = told_by(("success",), fault="charged-twice", budget=budget)
    assert told.findings == []
    assert any("charged-once" in note and "the budget left no requests" in note for note in told.notes)
    assert told.sent <= budget


def test_a_race_that_costs_twice_is_played_again_until_it_shows(told_by):
    told = told_by(("races",), fault="race-loser-charged")
    assert told.rules == {"duplicate-race"}
    assert 1 <= told.again <= 5 * len(told.findings)


def test_two_accepted_uses_are_found_at_once_and_not_played_again(told_by):
    told = told_by(("races",), fault="duplicate-race")
    assert "duplicate-race" in told.rules
    assert told.again == 0


def test_a_debit_that_is_lost_across_operations_is_found(told_by):
    assert told_by(("money",), fault="debit-lost-across-operations").rules == {"ledger-balances"}


def test_an_account_that_was_overdrawn_needs_no_second_look(told_by):
    told = told_by(("overdraft",), fault="overdraft-race")
    assert told.rules == {"ledger-balances"}
    assert told.again == 0


def test_races_of_a_balance_that_moves_by_itself_accuse_nobody(told_by):
    told = told_by(("races", "money"), "--choice", "account-shared")
    assert told.rules.isdisjoint(MONEY_RULES)
    assert told.again <= 2
