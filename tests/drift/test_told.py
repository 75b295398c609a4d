"""How a comparison is told, and what can be compared."""

from __future__ import annotations

import json
import re

import pytest
from markdown_it import MarkdownIt

from errorcontract.drift import as_json, as_markdown, as_text
from errorcontract.errors import UsageError
from errorcontract.reporting import write_reports
from errorcontract.reporting.read_back import read_back

HOSTILE = "a | b `c` <script>x</script> \x1b[31m \u202e @all http://e.dz\n::error::forged\n# head"


@pytest.fixture
def drift(sample, journal, compared):
    times = [sample.exchange(number, seconds=0.1) for number in range(1, 31)]
    longer = [sample.exchange(number, seconds=0.5) for number in range(1, 31)]
    old = journal(sample.finding("gone-1", summary="is gone"), sample.tally(), *times, seed=1)
    new = journal(sample.finding("new-1", summary="is new"), sample.tally(), *longer, seed=2, budget=None)
    return compared(old, new)


def test_the_text_says_what_got_worse_and_what_the_runs_do_not_have_in_common(drift):
    lines = as_text(drift).splitlines()
    assert lines[0] == "WORSE  old -> new"
    assert "oneclickdz: 1 new, 1 fixed, 0 unchanged, 0 not asked" in lines
    assert lines.index("  differs: seed: 1 before, 2 now") < lines.index("  new findings")
    assert "  differs: budget: 400 before, none now" in lines
    assert "  ! error  new-1  sendTopUp  is new" in lines
    assert any(re.match(r"    sendTopUp: median 0\.100 -> 0\.500 s \(5\.0 times\)", line) for line in lines)


def test_the_markdown_says_the_same(drift):
    page = as_markdown(drift)
    assert page.startswith("# Error contract, compared: WORSE\n")
    assert "| error | `new-1` | `sendTopUp` | **is new** |" in page
    assert "### Fixed" in page
    assert "### Slower" in page


def test_the_data_says_the_same(drift):
    data = json.loads(as_json(drift))
    assert (data["schema"], data["worse"], data["slower"]) == (1, True, True)
    [run] = data["runs"]
    assert {one["id"]: one["fate"] for one in run["findings"]} == {"new-1": "new", "gone-1": "fixed"}
    assert run["slower"][0]["after"]["median"] == 0.5


def test_hostile_text_neither_acts_in_a_terminal_nor_on_a_page(sample, journal, compared):
    tally = sample.tally(codes={HOSTILE: {"418": 1}})
    drift = compared(journal(), journal(sample.finding(summary=HOSTILE, operation=HOSTILE), tally, target=HOSTILE))
    text, page = as_text(drift), as_markdown(drift)
    assert not re.search(r"^\s*::|##\w*\[|\x1b|\u202e", text, re.MULTILINE)
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(page)
    tokens = {one.type for token in parsed for one in token.children or ()}
    assert tokens <= {"text", "code_inline", "strong_open", "strong_close", "hardbreak", "softbreak"}
    assert "&#64;all" in page


def test_a_folder_its_findings_and_its_journal_tell_the_same(sample, journal, compared):
    path = journal(sample.finding(), sample.tally(), sample.exchange(1))
    write_reports(path, path.parent)
    told = [read_back(one) for one in (path.parent, path, path.parent / "findings.json")]
    assert told[0] == told[1] == told[2]
    assert not compared(path, path.parent / "findings.json").worse


def test_runs_of_several_contracts_are_compared_by_name(sample, journal, compared):
    other = [sample.run("shop"), sample.finding("s-1", name="shop"), sample.end("shop")]
    old = sample.write(journal().parent / "both.ndjson", [sample.run(), sample.end(), *other])
    new = sample.write(old.parent / "new.ndjson", [*other, sample.run("blog"), sample.end("blog")])
    drift = compared(old, new)
    assert [run.contract for run in drift.runs] == ["shop"]
    assert (drift.only_old, drift.only_new) == (("oneclickdz",), ("blog",))
    assert "only in the old runs: oneclickdz" in as_text(drift)


def test_runs_of_different_contracts_can_not_be_compared(journal, compared):
    with pytest.raises(UsageError, match="nothing to compare"):
        compared(journal(), journal(name="shop"))


@pytest.mark.parametrize(
    ("content", "told"),
    [("", "no JSON"), ("{", "no JSON"), ("[1]", "tells of no run"), ('{"schema": 1, "runs": []}', "tells of no run")],
)
def test_a_file_that_tells_of_no_run_is_refused(tmp_path, content, told):
    (tmp_path / "findings.json").write_text(content)
    with pytest.raises(UsageError, match=told):
        read_back(tmp_path / "findings.json")


@pytest.mark.parametrize(
    "members",
    [
        {"coverage": {"questions": [{"family": "x", "rules": {"r": 5}}]}},
        {"coverage": {"questions": [{"family": "x", "rules": {"r": []}}]}},
        {"findings": [{"id": "x", "exchanges": 5}]},
        {"findings": [{"id": "x", "exchange": {"request": {"headers": [1]}}}]},
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path, members):
    (tmp_path / "findings.json").write_text(json.dumps({"schema": 1, "runs": [{"contract": "shop", **members}]}))
    with pytest.raises(UsageError, match="not in the form of `errorcontract schema`"):
        read_back(tmp_path / "findings.json")


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        read_back(tmp_path / "none")
    with pytest.raises(UsageError, match=r"neither findings\.json nor journal\.ndjson"):
        read_back(tmp_path)


def test_an_older_file_that_tells_less_leads_to_no_claim(sample, journal, compared):
    path = journal(sample.finding(), sample.tally())
    write_reports(path, path.parent)
    data = json.loads((path.parent / "findings.json").read_text("utf-8"))
    coverage = data["runs"][0]["coverage"]
    for question in coverage["questions"]:
        del question["rules"], question["causes"], question["unsent_causes"]
    for code in coverage["codes"]:
        del code["asked"]
    older = path.parent / "older.json"
    older.write_text(json.dumps(data))
    [run] = compared(path, older).runs
    assert [one.fate for one in run.findings] == ["unchanged"]
    data["runs"][0]["findings"] = []
    older.write_text(json.dumps(data))
    [run] = compared(path, older).runs
    assert [one.fate for one in run.findings] == ["not asked"]
