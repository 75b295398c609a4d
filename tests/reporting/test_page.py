"""The page: what it says, and that no target can make it do anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import STYLE, Report, lead, polish, read_report, whole_page
from errorcontract.reporting.html.payload import body_markup

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)><!-- \x00\x1b[31m\u202eevil {{ 7*7 }}"
VOID = {"meta", "link", "img", "input", "br", "rect", "source"}


class Elements(HTMLParser):
    """The elements of a page, as a browser would open them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="session")
def page(sample: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page that pytest-html made, before it is polished."""
    folder = tmp_path_factory.mktemp("page")
    report = read_report(sample.write(folder / "journal.ndjson", sample.whole()))
    (folder / "lead.html").write_text(lead(report), encoding="utf-8")
    (folder / "test_it.py").write_text("def test_one(): pass\ndef test_two(): assert False\n", encoding="utf-8")
    (folder / "conftest.py").write_text(
        "from pathlib import Path\ndef pytest_html_results_summary(prefix):\n"
        "    prefix.append((Path(__file__).parent / 'lead.html').read_text(encoding='utf-8'))\n",
        encoding="utf-8",
    )
    options = ["--rootdir=.", "-c", "none.ini", "--html=r.html", "--self-contained-html", f"--css={STYLE}"]
    (folder / "none.ini").write_text("[pytest]\n", encoding="utf-8")
    plugins = ["-p", "no:cacheprovider", "-p", "no:errorcontract.plugin"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 1, done.stdout
    return (folder / "r.html").read_text(encoding="utf-8")


def test_the_lead_tells_in_order(report: Report) -> None:
    text = lead(report)
    marks = [
        "BROKEN</h1>",
        "Contract digest",
        ">Findings<",
        "<code>invalid-input-rejected<",
        "<code>json-body<",
        ">Promises by operation<",
        ">Code catalogue<",
        ">Traffic<",
        ">Accepted findings<",
        "the gateway is replaced in March",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_the_lead_is_well_formed(report: Report) -> None:
    assert Elements(lead(report)).open == []


def test_a_target_can_put_no_element_into_the_page(sample: ModuleType, reads: Any) -> None:
    def elements(text: str) -> list[str]:
        lines = [
            sample.run(title=text, target=text, choices=[text], left_out={text: text}, command=text),
            sample.exchange(1),
            sample.finding(
                text,
                rule=text,
                summary=text,
                expected=text,
                observed=text,
                operation=text,
                cause=text,
                code=text,
                curl=text,
                question=text,
                sent=text,
                got=json.dumps({"a": text}),
            ),
            sample.finding("2", accepted=text, summary=text),
            sample.tally(text, codes={text: {"400": 1}}, notes=[text]),
        ]
        page = lead(reads(lines))
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page)
        found = Elements(page).seen
        assert not any(name.startswith("on") for _, attributes in found for name in attributes)
        return sorted(tag for tag, _ in found)

    assert elements(HOSTILE) == elements("harmless")


def test_control_characters_and_direction_overrides_are_shown(sample: ModuleType, reads: Any) -> None:
    page = lead(reads([sample.run(), sample.finding(summary="a\u202eb\x00", got="\u2066\x1b[2J")]))
    assert all(sign in page for sign in ("⟦U+202E⟧", "⟦U+0000⟧", "⟦U+2066⟧", "⟦U+001B⟧"))


def test_a_long_body_is_cut_with_a_note(sample: ModuleType, reads: Any) -> None:
    page = lead(
        reads(
            [
                sample.run(),
                sample.finding(got='{"a":"' + "ب" * 1_000_000 + '"}', sent="y" * 1_000_000, curl="z" * 1_000_000),
            ]
        )
    )
    assert len(page) < 120_000
    assert "Cut here: 1,000,008 characters in all; the journal has the rest." in page


def test_many_findings_are_cut_with_a_note(sample: ModuleType, reads: Any) -> None:
    page = lead(reads([sample.run(), *(sample.finding(f"f{number}") for number in range(12))]), full=5)
    assert page.count("<article") == 5
    assert "7 more findings not shown here" in page


def test_json_is_indented_without_changing_a_token() -> None:
    shown = body_markup('{"a":1e400,"a":[1.0,{}],"n":12345678901234567890,"u":"\\u202e"}', 1000)
    plain = re.sub("<[^>]+>", "", shown).replace("&#34;", '"')
    assert (
        plain == '{\n  "a": 1e400,\n  "a": [\n    1.0,\n    {}\n  ],\n  "n": 12345678901234567890,\n  "u": "\\u202e"\n}'
    )


@pytest.mark.parametrize("body", ["{", '{"a":}', "[" * 100_000, "<b>", "", "{}x", "nul"])
def test_what_is_not_json_stays_as_it_is(body: str) -> None:
    assert body_markup(body, 50) == body[:50].replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


def test_a_kept_run_and_no_run_have_pages(sample: ModuleType, reads: Any) -> None:
    assert "KEPT</h1>" in lead(reads([sample.run(), sample.exchange(1), sample.tally(rules={}), sample.end()]))
    assert "INCOMPLETE</h1>" in lead(reads([]))


def test_several_runs_have_a_table_and_a_section_each(sample: ModuleType, reads: Any) -> None:
    page = lead(reads([sample.run("a"), sample.run("b"), sample.finding(name="b")]))
    assert 'href="#run-2"' in page
    assert 'id="run-2"' in page


def test_the_polished_page_begins_with_the_verdict(page: str) -> None:
    done = polish(page)
    assert re.search(r"<body>\s*<main class=\"ec\"", done)
    assert done.index("BROKEN</h1>") < done.index('id="environment-header"')
    assert done.count("<h1") == 1
    assert '<html lang="en">' in done
    assert 'name="viewport"' in done
    assert '<title id="head-title">BROKEN: error contract of OneClickDz Flexy API v3</title>' in done


def test_the_polished_page_names_no_registry_and_no_folder_of_the_machine(page: str) -> None:
    done = polish(page)
    assert "pypi" not in done
    assert str(STYLE) not in done
    assert not re.search(r"(?:src|href)=\"https?://", done)


def test_the_polished_page_runs_no_script_but_its_own(page: str) -> None:
    done = polish(page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', done)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "'unsafe-inline'" not in policy[1].split("script-src")[1].split(";")[0]
    scripts = re.findall(r"<script>(.*?)</script>", done, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy[1]


def test_polishing_twice_and_polishing_another_page_harm_nothing(page: str) -> None:
    assert polish(polish(page)) == polish(page)
    assert polish("") == ""
    assert "<p>hello</p>" in polish("<html><head><meta charset='x'></head><body><p>hello</p></body></html>")


def test_a_journal_alone_makes_a_page_too(report: Report) -> None:
    done = whole_page(report)
    assert done.index("Content-Security-Policy") < done.index("<style>") < done.index("BROKEN</h1>")
    assert "<title>BROKEN: error contract of OneClickDz Flexy API v3</title>" in done
    assert Elements(done).open == []


def test_the_style_sheet_fetches_nothing() -> None:
    text = Path(STYLE).read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text
