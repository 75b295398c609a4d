"""summary.md: half a page that fits where it is pasted, and from which nothing gets out."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from markdown_it import MarkdownIt

from errorcontract.reporting import Report, summary_md

HOSTILE = (
    'a</script><script>alert(1)</script>\x00\x1b[31m\u202eevil `x` |y| \ud800 "><img src=x onerror=alert(1)> '
    "@admin ![i](http://e.dz/i.png) [l](javascript:alert(1)) http://e.dz www.e.dz ~~s~~ **b** <!-- \n# y\n- z\n| a |"
)


def test_the_summary_lets_nothing_out_of_its_cell(sample: ModuleType, reads: Any) -> None:
    text = summary_md.render(reads([sample.run(title="# x\n@all"), sample.finding(rule="a`b|c", summary=HOSTILE)]))
    row = next(line for line in text.splitlines() if line.startswith("| error"))
    assert len([cell for cell in row.replace("\\|", "").split("|") if cell.strip()]) == 6
    assert not any(sign in text for sign in ("\x1b", "\u202e", "@all", "@admin", "http://e.dz", "\n# y", "\n- z"))


@pytest.mark.parametrize("place", ["title", "target", "rule", "operation", "summary", "accepted", "note", "why"])
def test_hostile_text_makes_no_element_wherever_it_stands(sample: ModuleType, reads: Any, place: str) -> None:
    """Read as GitHub reads it: with HTML, tables and links."""
    about = {place: HOSTILE} if place in {"title", "target"} else {}
    found = {place: HOSTILE} if place in {"rule", "operation", "summary", "accepted"} else {}
    note = {"type": "note", "run": "oneclickdz", "text": HOSTILE if place == "note" else "fine"}
    end = sample.end(complete=False, why=HOSTILE if place == "why" else "stopped")
    text = summary_md.render(reads([sample.run(**about), sample.finding(**found), note, end]))
    tame = sample.finding(**dict.fromkeys(found, "fine"))
    plain = summary_md.render(reads([sample.run(), tame, note | {"text": "x"}, end | {"why": "x"}]))
    assert kinds(text) <= kinds(plain) | {"code_inline"}


def kinds(text: str) -> set[str]:
    """The kinds of elements that a page of Markdown has."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return {one.type for token in tokens for one in (token, *(token.children or ()))}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_largest_run_fits_the_summary_of_a_job(sample: ModuleType, reads: Any, language: str) -> None:
    many = [sample.finding(f"r-{number:010x}", summary="ملخص طويل " * 60) for number in range(400)]
    notes = [{"type": "note", "run": "oneclickdz", "text": f"{number} " + "x" * 500} for number in range(150)]
    page = summary_md.render(reads([sample.run(), *many, *notes, sample.end()]), language)
    assert len(page.encode("utf-8")) <= summary_md.MOST_BYTES
    assert "findings.json" in page


def test_a_short_run_is_told_whole(report: Report) -> None:
    page = summary_md.render(report)
    assert page.startswith("# Error contract: BROKEN\n")
    assert "| Findings | 3 errors, 1 warning, 1 accepted |" in page
    assert "the gateway is replaced in March" in page
    assert len(page) < 3000


def test_the_day_until_which_a_finding_is_accepted_stands_there(sample: ModuleType, reads: Any) -> None:
    entry = {"id": "3fa9c1d2e4b56078", "reason": "moves", "expires": "2027-03-31", "state": "accepted"}
    page = summary_md.render(reads([sample.run(baseline=[entry]), sample.finding(accepted="moves"), sample.end()]))
    assert "moves (until 2027-03-31)" in page


def test_it_speaks_arabic_from_right_to_left(report: Report) -> None:
    page = summary_md.render(report, "ar")
    assert page.startswith('<div dir="rtl">\n\n# عقد الأخطاء')
    assert page.rstrip().endswith("</div>")
    assert "`sendTopUp`" in page
