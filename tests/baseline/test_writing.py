"""Writing a baseline: comments and order stay, and what is written is read back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errorcontract.baseline import Entry, read
from errorcontract.baseline.writing import write

YAML = """\
# Accepted by the payments team.

accepted:
  # The gateway moves in March.
  - id: code-status-0123456789   # ticket 12
    reason: >
      folded
      text
    expires: 2027-01-31

  # This one too.
  # More of it.
  - reason: "known"
    id: b-1

  - id: c-1
    reason: known
# The end.
"""
NEW = Entry(id="new-0123456789", reason="agreed: with 'them' # all", expires=date(2027, 3, 1), contract="shop")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "accepted.yaml"
    path.write_text(YAML, "utf-8")
    return path


def rewritten(path, after):
    assert write(path, read(path), after) is None
    assert read(path) == tuple(after)
    return path.read_text("utf-8")


def test_what_does_not_change_stays_as_it_was_written(file):
    assert rewritten(file, read(file)) == YAML


def test_a_new_entry_comes_last_and_leaves_the_rest_alone(file):
    text = rewritten(file, (*read(file), NEW))
    before, _, rest = text.partition("  - id: new-0123456789\n")
    assert before + "# The end.\n" == YAML
    assert rest == (
        '    reason: "agreed: with \'them\' # all"\n    expires: 2027-03-01\n    contract: shop\n# The end.\n'
    )


def test_a_dropped_entry_takes_its_comment_along_and_no_other(file):
    first, _, third = read(file)
    text = rewritten(file, (first, third))
    assert "This one too" not in text
    assert "More of it" not in text
    assert "# The gateway moves in March." in text
    assert "# The end." in text


def test_a_changed_entry_keeps_its_place_and_its_comment(file):
    first, second, third = read(file)
    text = rewritten(file, (first, replace(second, reason="known better"), third))
    assert text == YAML.replace('  - reason: "known"\n    id: b-1\n', "  - id: b-1\n    reason: known better\n")


def test_all_can_go_and_come_back(file):
    assert "accepted: []\n" in rewritten(file, ())
    assert "- id: new-0123456789" in rewritten(file, (NEW,))
    assert file.read_text("utf-8").startswith("# Accepted by the payments team.\n")


def test_a_file_that_is_not_there_is_made(tmp_path):
    assert write(tmp_path / "new.yaml", (), (NEW,)) is None
    assert read(tmp_path / "new.yaml") == (NEW,)
    assert (tmp_path / "new.yaml").read_text("utf-8").startswith("# Findings that are known")


def test_json_stays_json(tmp_path):
    path = tmp_path / "accepted.json"
    assert write(path, (), (NEW,)) is None
    assert json.loads(path.read_text("utf-8"))["accepted"][0]["expires"] == "2027-03-01"
    assert read(path) == (NEW,)


@pytest.mark.parametrize(
    "text",
    [
        'accepted: [{id: a-1, reason: "known"}]\n',
        "accepted:\n- {id: a-1, reason: known}\n",
        "accepted:\n-\n    id: a-1\n    reason: known",
        "accepted:\n- id: a-1\n  reason: |\n    known\n\n    well\n\n\n",
    ],
    ids=["brackets", "braces", "dash alone", "block"],
)
def test_other_ways_to_write_a_list_are_understood(tmp_path, text):
    path = tmp_path / "accepted.yaml"
    path.write_text(text, "utf-8")
    [one] = read(path)
    rewritten(path, (one, NEW))
    rewritten(path, (NEW,))


def test_a_file_that_can_not_be_written_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("")
    assert "could not be written" in (write(tmp_path / "file" / "b.yaml", (), (NEW,)) or "")


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"))
TEXTS = st.text(SIGNS, max_size=40)


@settings(max_examples=60, deadline=None)
@given(reason=TEXTS.filter(str.strip), summary=TEXTS, name=st.from_regex(r"[a-z]{1,9}-[0-9a-f]{10}", fullmatch=True))
def test_whatever_is_written_is_read_back(tmp_path_factory, reason, summary, name):
    path = tmp_path_factory.mktemp("b") / "b.yaml"
    entry = Entry(id=name, reason=reason, summary=summary)
    assert write(path, (), (entry,)) is None
    assert read(path) == (entry,)
