"""What a watched list showed is reported once it showed again and again, after it had stood still."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from errorcontract.contract import load
from errorcontract.embedded import Embedded
from errorcontract.exchange import Secrets
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

TOKENS = {
    "ERRORCONTRACT_TOKEN": "user-token",
    "HTTP_GUIDE_TOKEN": "user-token",
    "HTTP_GUIDE_ADMIN_TOKEN": "admin-token",
}
AGAIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    rules: set[str]
    notes: list[str]
    stories: int
    """How often the first look of a story was taken."""


@pytest.fixture
def told_of(tmp_path) -> Iterator[Callable[..., Told]]:
    """Asks what refused requests of an operation leave behind in the list of users."""
    running: list[Embedded] = []
    numbers = itertools.count()

    def told(operation: str, *options: str, budget: int | None = None) -> Told:
        running.append(Embedded("http-guide", list(options)))
        journal = tmp_path / f"journal-{next(numbers)}.ndjson"
        settings = Settings(journal=journal, secrets=Secrets(values=TOKENS), budget=budget)
        contract = load("http-guide")
        run = Run(contract, Target(url=running[-1].url, local=True, embedded=True), settings, lambda _: None)
        question = Question(contract.name, "watched-refusals", operation)
        run.start([question])
        found = run.ask(question, "watched-refusals").findings
        run.close(complete=True)
        lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
        return Told(
            rules={finding.rule for finding in found},
            notes=[line["text"] for line in lines if line["type"] == "note"],
            stories=sum(line.get("step") == "watch-quiet-1" for line in lines),
        )

    yield told
    for one in running:
        one.stop()


def test_what_a_refusal_leaves_behind_is_played_again_each_time_and_found(told_of):
    before = told_of("createUser").stories
    told = told_of("createUser", "--fault", "user-made-although-refused")
    assert told.rules == {"rejected-leaves-no-trace"}
    assert told.stories == before + AGAIN
    assert told.notes == []


@pytest.mark.parametrize("operation", ["createUser", "register"])
def test_what_others_do_meanwhile_accuses_nobody(told_of, operation):
    assert told_of(operation, "--choice", "others-sign-up").rules == set()


def test_a_budget_that_is_used_up_leaves_a_note_and_no_finding(told_of):
    told = told_of("createUser", "--fault", "user-made-although-refused", budget=12)
    assert told.rules == set()
    assert any("rejected-leaves-no-trace" in note and "the budget left no requests" in note for note in told.notes)
