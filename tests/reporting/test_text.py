"""What a person reads in the terminal, and the text that every format shows."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import Report, summary_lines
from errorcontract.reporting.result import Tool
from errorcontract.reporting.text import clip, one_line, plural, visible


def test_the_terminal_says_what_matters(report: Report) -> None:
    text = "\n".join(summary_lines(report, "reports"))
    assert "BROKEN  oneclickdz at http://127.0.0.1:8080/v3" in text
    assert "3 errors, 1 warning, 1 accepted by the baseline" in text
    assert (
        "5 of 9 provokable codes provoked; missing: NO_BALANCE, DUPLICATED_REF, ERR_PHONE, RATE_LIMIT_EXCEEDED" in text
    )
    assert "126 requests in 12.3 s, 10 requests per second" in text
    assert text.endswith("report: reports/report.html")


def test_the_findings_stand_in_columns(report: Report) -> None:
    rows = [line for line in summary_lines(report, "reports") if line.startswith(("    error", "    warning"))]
    assert (
        len({line.index(word) for line, word in zip(rows, ("sendTopUp", "sendTopUp", "sendTopUp", "- "), strict=True)})
        == 1
    )
    assert rows[1].endswith("(14 times)")


def test_many_findings_are_cut_with_a_note(sample: ModuleType, reads: Any) -> None:
    lines = summary_lines(reads([sample.run(), *(sample.finding(str(number)) for number in range(60))]), "reports")
    assert "    and 35 more in the report" in lines
    assert len(lines) < 40


def test_the_terminal_obeys_no_target(sample: ModuleType, reads: Any) -> None:
    evil = "\x1b]0;title\x07\x1b[2J\x9b31m\r\nBROKEN\u202e\ud800"
    report = reads(
        [
            sample.run(target=evil),
            sample.finding(summary=evil, rule=evil, operation=evil),
            {"type": "note", "run": "oneclickdz", "text": evil},
        ]
    )
    lines = summary_lines(report, "reports")
    assert all(line.isprintable() for line in lines)
    assert all(len(line) <= 120 for line in lines if line.startswith("    "))
    assert "⟦U+001B⟧" in "".join(lines)
    "".join(lines).encode("utf-8")


def test_a_planted_fault_is_named(sample: ModuleType, reads: Any) -> None:
    lines = summary_lines(reads([sample.run(embedded=True, fault="leaks-trace"), sample.finding()]), "reports")
    assert "at the embedded reference API with the fault leaks-trace:" in lines[0]


def test_a_report_without_runs_says_so() -> None:
    assert summary_lines(Report(tool=Tool()), "out/")[0] == "INCOMPLETE: no run was recorded"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a⟦U+0000⟧b"),
        ("\u202eabc", "⟦U+202E⟧abc"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a⟦U+000D⟧b"),
        ("مرحبا", "مرحبا"),
        ("\ud83d", "⟦U+D83D⟧"),
        ("\u200b\ufeff", "⟦U+200B⟧⟦U+FEFF⟧"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("é\ttab", "é\ttab"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_text_is_cut_and_kept_on_one_line() -> None:
    assert one_line(" a\n\tb ") == "a  b"
    assert clip("abcdef", 4) == "abc…"
    assert clip("abcd", 4) == "abcd"
    assert [plural(count, "query") for count in (1, 2)] == ["1 query", "2 queries"]
