"""Very many findings with long answers need no more memory than there is room for."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from errorcontract.reporting import read_report
from errorcontract.reporting.journal.room import Room


def test_what_has_room_stays_whole(sample: ModuleType, reads: Any) -> None:
    found = reads([sample.run(), sample.finding()]).runs[0].findings[0]
    room = Room(10_000)
    assert room.fit(found) is found
    assert list(room.remarks()) == []


def test_what_has_none_keeps_the_start_of_its_evidence_and_says_so(sample: ModuleType, reads: Any) -> None:
    found = reads([sample.run(), sample.finding(got="y" * 9_000, sent="{}")]).runs[0].findings[0]
    room = Room(1_000)
    fitted = room.fit(found)
    assert fitted.story == ()
    assert fitted.exchange.response.body == "y" * 2_048
    assert "the journal has the rest" in fitted.exchange.response.cut
    assert fitted.exchange.request == found.exchange.request
    assert (fitted.id, fitted.summary, fitted.curl) == (found.id, found.summary, found.curl)
    assert list(room.remarks()) == ["the evidence of 1 findings is not shown in full; the journal has all of it"]


def test_a_report_of_very_long_answers_tells_that_they_are_not_whole(sample: ModuleType, tmp_path: Path) -> None:
    lines = [sample.run(), *(sample.finding(f"f{number}", got="z" * 2_000_000) for number in range(36))]
    run = read_report(sample.write(tmp_path / "journal.ndjson", lines)).runs[0]
    assert len(run.findings) == 36
    assert [bool(one.story) for one in run.findings] == [True] * 33 + [False] * 3
    assert "the evidence of 3 findings is not shown in full; the journal has all of it" in run.notes
