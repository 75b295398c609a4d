"""None of the bundled contracts promises a hint when to send again. This one does, and `burst` finds where it lacks."""

from __future__ import annotations

import pytest

from errorcontract.contract import load
from errorcontract.contract.rooms import room
from errorcontract.model import Contract
from errorcontract.run import Question, Run, Settings

from .conftest import SHORT, target

MANIFEST = """\
contract: patient
title: An API whose refusals for the rate limit promise a hint
extends: {parent}
retry:
  promised: {{statuses: [429], provenance: documented, source: these tests}}
"""


@pytest.fixture
def patient(tmp_path) -> Contract:
    """The contract `oneclickdz` with one more promise."""
    folder = tmp_path / "patient"
    folder.mkdir()
    (folder / "contract.yaml").write_text(MANIFEST.format(parent=room() / "oneclickdz"), "utf-8")
    return load(folder)


@pytest.fixture
def rules_broken(fleet, patient, tmp_path):
    """Sends a burst to a server of the reference API, and gives the rules that it broke and how gravely."""
    ships = fleet("oneclickdz")

    def broken(server: str) -> set[tuple[str, str]]:
        settings = Settings(journal=tmp_path / "journal.ndjson", secrets=ships.secrets(), limit=(5, float(SHORT)))
        run = Run(patient, target(ships.urls[server]), settings, lambda family: ships.isolated(server, family))
        question = Question(patient.name, "burst", "validateKey")
        run.start([question])
        try:
            assert run.ask(question, "burst").requests > 0
        finally:
            run.close(complete=True)
        return {(one.rule, str(one.severity)) for one in run.findings.all.values()}

    return broken


def test_a_hint_that_is_promised_and_lacks_is_found(rules_broken):
    assert rules_broken("choice no-retry-after") == {("hint-present-where-promised", "error")}


def test_a_hint_that_is_promised_and_there_is_no_finding(rules_broken):
    assert rules_broken("plain") == set()
