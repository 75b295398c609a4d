"""The baseline file: what is read, and how a wrong one is refused."""

from __future__ import annotations

from datetime import date

import pytest

from errorcontract.baseline import Entry, read
from errorcontract.errors import UsageError

YAML = """\
# Accepted by the payments team.
accepted:
  - id: code-status-0123456789   # the gateway
    reason: no, not before the gateway moves
    expires: 2027-01-31
  - id: allow-on-405-0123456789
    reason: >
      a proxy
      in front
    contract: shop
    operation: placeOrder
    cause: wrong-method
    question: methods/placeOrder
    summary: "405 without Allow"
"""


@pytest.fixture
def file(tmp_path):
    def written(text, name="accepted.yaml"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return written


def test_yaml_is_read_with_every_member(file):
    first, second = read(file(YAML))
    assert first == Entry(
        id="code-status-0123456789", reason="no, not before the gateway moves", expires=date(2027, 1, 31)
    )
    assert (second.reason.strip(), second.expires, second.question) == ("a proxy in front", None, "methods/placeOrder")


@pytest.mark.parametrize("name", ["accepted.json", "accepted.yaml"])
def test_json_is_read_whatever_it_is_called(file, name):
    [one] = read(file('{"accepted": [{"id": "a-1", "reason": "known", "expires": null}]}', name))
    assert one == Entry(id="a-1", reason="known")


@pytest.mark.parametrize("text", ["accepted: []\n", "accepted:\n", '{"accepted": []}'])
def test_an_empty_list_accepts_nothing(file, text):
    assert read(file(text)) == ()


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 1, 16), "accepted"),
        (date(2027, 1, 17), "ending"),
        (date(2027, 1, 31), "ending"),
        (date(2027, 2, 1), "expired"),
    ],
)
def test_an_entry_holds_to_the_end_of_its_last_day_and_is_called_to_mind_two_weeks_before(today, state):
    assert Entry(id="a-1", reason="r", expires=date(2027, 1, 31)).state(today) == state


def test_an_entry_without_a_day_never_expires():
    assert Entry(id="a-1", reason="r").state(date.max) == "accepted"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("accepted:\n- id: a-1\n", ":2: accepted[0].reason: is missing"),
        ("accepted:\n- id: a-1\n  reason: ' '\n", ":3: accepted[0].reason: must not be empty"),
        ("accepted:\n- id: a-1\n  reason: r\n  expires: soon\n", ":4: accepted[0].expires: 'soon' is no day"),
        ("accepted:\n- id: a-1\n  reason: r\n  expires: 2027-02-30\n", ":4: accepted[0].expires:"),
        ("accepted:\n- id: a-1\n  reason: r\n  expires: 20270131\n", ":4: accepted[0].expires: must be text"),
        ("accepted:\n- id: a-1\n  raeson: r\n", "unknown key 'raeson', did you mean 'reason'?"),
        ("accepted:\n- id: 12\n  reason: r\n", ":2: accepted[0].id: must be text"),
        ("accepted:\n- id: a-1\n  reason: r\n- id: a-1\n  reason: s\n", ":4: accepted[1].id: 'a-1' stands twice"),
        ("accepted:\n- id: a-1\n  id: a-2\n  reason: r\n", ":3: the key 'id' stands twice"),
        ("accepted:\n- just text\n", ":2: accepted[0]: must be an entry"),
        ("acepted:\n- id: a-1\n", "did you mean 'accepted'?"),
        ("accepted: 5\n", ":1: accepted: must be a list"),
        ("- id: a-1\n", ":1: must hold a mapping, not a list"),
        ("accepted:\n  - id: 'a\n", "is no YAML"),
        ("", "is empty"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_key(file, text, told):
    with pytest.raises(UsageError) as refusal:
        read(file(text))
    assert told in str(refusal.value)
    assert "accepted.yaml" in str(refusal.value)


def test_everything_that_is_wrong_is_told_at_once(file):
    with pytest.raises(UsageError) as refusal:
        read(file("accepted:\n- id: a-1\n- reason: r\n- 5\n"))
    assert len(str(refusal.value).splitlines()) == 4


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is missing"):
        read(tmp_path / "none.yaml")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "b.yaml").write_bytes(b"accepted:\n- id: \xff\n")
    with pytest.raises(UsageError, match="no UTF-8"):
        read(tmp_path / "b.yaml")
