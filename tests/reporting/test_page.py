"""The page: what it says, and that no target can make it do anything."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import Asked, Report, asked_of, whole_page
from errorcontract.reporting.html.colour import body_markup, command_markup
from errorcontract.reporting.html.differ import marked

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)><!-- \x00\x1b[31m\u202eevil {{ 7*7 }} {n}"
VOID = {"meta", "link", "img", "input", "br", "source"}


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


def plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup))


def order_of(page: str, marks: list[str]) -> list[int]:
    return [page.index(mark) for mark in marks]


def test_the_page_tells_in_order(report: Report) -> None:
    marks = [
        "BROKEN</h1>",
        ">Hash of the contract<",
        ">Findings</h3>",
        'id="of-invalid-input-rejected"',
        'id="of-code-status"',
        'id="of-json-body"',
        ">Promises by operation</h3>",
        ">Code catalogue</h3>",
        ">Traffic</h3>",
        ">Timings</h3>",
        ">Accepted findings</h3>",
        "the gateway is replaced in March",
    ]
    places = order_of(whole_page(report), marks)
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_well_formed_and_no_id_stands_twice(report: Report, language: str) -> None:
    page = Elements(whole_page(report, language))
    assert page.open == []
    ids = [about["id"] for _, about in page.seen if "id" in about]
    assert len(ids) == len(set(ids))
    leads = {about["href"] for tag, about in page.seen if tag == "a"}
    assert {str(lead)[1:] for lead in leads} <= set(ids)


def test_findings_of_one_rule_stand_together_rules_with_errors_first(sample: ModuleType, reads: Any) -> None:
    page = whole_page(
        reads(
            [
                sample.run(),
                sample.finding("1", rule="a-mild", severity="warning"),
                sample.finding("2", rule="both", severity="warning"),
                sample.finding("3", rule="both"),
                sample.finding("4", rule="worse"),
            ]
        )
    )
    marks = ['id="of-both"', 'id="finding-3"', 'id="finding-2"', 'id="of-worse"', 'id="of-a-mild"', 'id="finding-1"']
    places = order_of(page, marks)
    assert places == sorted(places)


def test_a_finding_leads_to_the_page_of_its_rule(report: Report) -> None:
    page = whole_page(report)
    assert 'href="#rule-code-status"' in page
    told = page[page.index('id="rule-code-status"') :]
    assert ">Fixing a server</h4>" in told
    assert ".md" not in told[: told.index("</details>")]


def test_a_rule_without_a_page_has_no_link(sample: ModuleType, reads: Any) -> None:
    page = whole_page(reads([sample.run(), sample.finding(rule="../../README")]))
    assert "#rule-" not in page


def test_what_each_question_cost_is_told_the_dearest_first(report: Report) -> None:
    page = whole_page(report)
    part = page[page.index("What the requests were spent on") :]
    assert part.index("no key no answer") < part.index("an unknown id is not found") < part.index(">0.31<")
    row = part[part.index("no key no answer") :]
    cells = re.findall(r'<td class="n">([^<]*)</td>', row[: row.index("</tr>")])
    assert cells[0] == "24"
    assert cells[2] == "0.52"


def test_how_long_operations_took_is_told(sample: ModuleType, reads: Any) -> None:
    lines = [sample.exchange(number, seconds=number / 1000) for number in range(1, 101)]
    page = whole_page(reads([sample.run(), *lines]))
    part = page[page.index(">Timings</h3>") :]
    cells = re.findall(r'<td class="n">([^<]*)</td>', part)
    assert cells[0] == "100"
    assert cells[3:6] == ["50.0", "95.0", "100"]
    slowest = part[part.index("The slowest exchanges") :]
    assert re.findall(r'<th scope="row" class="n">(\d+)</th>', slowest)[:3] == ["100", "99", "98"]


def test_the_answers_are_drawn_and_told(report: Report) -> None:
    page = whole_page(report)
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert picture.count("<rect") == len(report.runs[0].by_status)
    assert "400: 61" in picture
    assert "no answer: 1" in picture


def test_a_run_that_was_cut_short_says_so_and_why(sample: ModuleType, reads: Any) -> None:
    lines = [sample.run(), sample.exchange(1), sample.end(complete=False, why="the target went away")]
    page = plain(whole_page(reads(lines)))
    assert "Cut short. the target went away" in page
    assert "no, cut short: the target went away" in page
    assert "انتهى التشغيل دون أن يسجل نهايته" in whole_page(reads([sample.run(), sample.exchange(1)]), "ar")


def test_a_target_can_put_no_element_into_the_page(sample: ModuleType, reads: Any) -> None:
    def elements(text: str) -> list[str]:
        lines = [
            sample.run(title=text, target=text, choices=[text], left_out={text: text}, command=text),
            sample.exchange(1, operation=text),
            sample.finding(
                text,
                rule=text,
                summary=text,
                expected="a",
                observed="b",
                operation=text,
                cause=text,
                code=text,
                curl="",
                question=text,
                sent=text,
                got=json.dumps({"a": text}),
            ),
            sample.finding("2", accepted=text, summary=text),
            sample.tally(text, codes={text: {"400": 1}}, notes=[text]),
        ]
        page = whole_page(reads(lines), asked=[Asked(id=f"x::{text}", outcome="failed", log=text)])
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page)
        found = Elements(page).seen
        assert not any(name.startswith("on") for _, attributes in found for name in attributes)
        return sorted(tag for tag, _ in found if tag not in {"i", "span"})  # shown signs and colours

    assert elements(HOSTILE) == elements("harmless")


def test_control_characters_and_direction_overrides_are_shown(sample: ModuleType, reads: Any) -> None:
    page = whole_page(reads([sample.run(), sample.finding(summary="a\u202eb\x00", got="\u2066\x1b[2J")]))
    assert all(sign in page for sign in ("⟦U+202E⟧", "⟦U+0000⟧", "⟦U+2066⟧", "⟦U+001B⟧"))


def test_a_long_body_is_cut_with_a_note(sample: ModuleType, reads: Any) -> None:
    found = sample.finding(got='{"a":"' + "ب" * 1_000_000 + '"}', sent="y" * 1_000_000, curl="z" * 1_000_000)
    page = whole_page(reads([sample.run(), found]))
    assert len(page) < 200_000
    assert "1,000,008 characters in all; the journal has the rest." in plain(page)
    assert "Cut here; findings.json has the whole command." in plain(page)


def test_findings_without_room_are_listed_and_the_page_says_how_many_are_shown(sample: ModuleType, reads: Any) -> None:
    findings = [sample.finding(f"f{number:03}", rule=f"rule-{number % 3}") for number in range(300)]
    page = whole_page(reads([sample.run(), *findings]), room=200_000)
    shown = page.count('<details class="finding')
    listed = page.count('<td class="code">f')
    assert 3 <= shown < 300
    assert shown + listed == 300
    told = f"{shown} of 300 findings are shown here with their evidence."
    assert told in plain(page)
    assert len(page.encode()) < 210_000


def test_long_summaries_of_very_many_findings_leave_the_page_small(sample: ModuleType, reads: Any) -> None:
    findings = [sample.finding(f"f{number:04}", summary="&" * 400, operation="<" * 90) for number in range(900)]
    page = whole_page(reads([sample.run(), *findings]), room=400_000)
    assert len(page.encode()) < 400_000
    assert "not listed here; findings.json has them." in plain(page)


def test_every_rule_gets_room_for_its_evidence(sample: ModuleType, reads: Any) -> None:
    findings = [sample.finding(f"f{number:03}", rule="often") for number in range(300)]
    page = whole_page(reads([sample.run(), *findings, sample.finding("rare-one", rule="rare")]), room=150_000)
    assert '<details class="finding error" id="finding-rare-one"' in page


def test_every_run_gets_room_for_its_evidence(sample: ModuleType, reads: Any) -> None:
    many = [sample.finding(f"f{number:03}", name="a") for number in range(300)]
    page = whole_page(reads([sample.run("a"), *many, sample.run("b"), sample.finding("b1", name="b")]), room=200_000)
    assert '<details class="finding error" id="finding-b1-2"' in page


def test_few_findings_are_open_and_many_are_closed(sample: ModuleType, reads: Any) -> None:
    def is_open(count: int) -> bool:
        page = whole_page(reads([sample.run(), *(sample.finding(f"f{number}") for number in range(count))]))
        return 'id="finding-f0" open>' in page

    assert is_open(3)
    assert not is_open(30)


def test_json_is_indented_without_changing_a_token() -> None:
    shown = plain(body_markup('{"a":1e400,"a":[1.0,{}],"n":12345678901234567890,"u":"\\u202e"}', 1000))
    assert (
        shown == '{\n  "a": 1e400,\n  "a": [\n    1.0,\n    {}\n  ],\n  "n": 12345678901234567890,\n  "u": "\\u202e"\n}'
    )


def test_the_value_of_the_field_at_fault_is_marked() -> None:
    shown = str(body_markup('{"amount":-5,"note":"amount","deeper":{"amount":"x"}}', 1000, "amount"))
    assert [plain(one) for one in re.findall("<mark>(.*?)</mark>", shown)] == ["-5", '"x"']


@pytest.mark.parametrize("body", ["{", '{"a":}', "[" * 100_000, "<b>", "", "{}x", "nul", "<a href='x'>&amp;</a>"])
def test_what_is_not_json_stays_as_it_is(body: str) -> None:
    assert plain(body_markup(body, 50)) == body[:50]


def test_a_command_stays_as_it_is() -> None:
    command = 'RUN="ec-$(date)"\ncurl -H \'X: "${TOKEN}"\' --data-binary \'{"a": 1}\' \\\n  http://127.0.0.1/ # <b>\n'
    assert plain(command_markup(command, 1000)) == command


def marks(text: str) -> list[str]:
    return [plain(one) for one in re.findall("<mark>(.*?)</mark>", text, re.DOTALL)]


@pytest.mark.parametrize(
    ("expected", "observed", "left", "right"),
    [
        ("status 400", "status 422", ["400"], ["422"]),
        ("a refusal with ERR_X", "200, accepted", ["a refusal with ERR_X"], ["200, accepted"]),
        ("one JSON object", "one JSON object, cut off", [], [", cut off"]),
        ("the same", "the same", [], []),
        ("", "<b>", [], ["<b>"]),
    ],
)
def test_what_differs_is_marked(expected: str, observed: str, left: list[str], right: list[str]) -> None:
    one, other = marked(expected, observed)
    assert (marks(one), marks(other)) == (left, right)
    assert (plain(one), plain(other)) == (expected, observed)


def test_a_kept_run_and_no_run_have_pages(sample: ModuleType, reads: Any) -> None:
    assert "KEPT</h1>" in whole_page(reads([sample.run(), sample.exchange(1), sample.tally(rules={}), sample.end()]))
    assert "INCOMPLETE</h1>" in whole_page(reads([]))


def test_several_runs_have_a_table_and_a_section_each(sample: ModuleType, reads: Any) -> None:
    page = whole_page(reads([sample.run("a"), sample.run("b"), sample.finding(name="b")]))
    assert 'href="#run-2"' in page
    assert 'id="run-2"' in page
    assert 'id="findings-2"' in page


def test_the_page_begins_with_its_title_and_its_policy(report: Report) -> None:
    page = whole_page(report)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("BROKEN</h1>")
    assert "<title>BROKEN: error contract of OneClickDz Flexy API v3</title>" in page
    assert page.count("<h1") == 1
    assert 'name="viewport"' in page


def test_only_its_own_script_and_style_are_let_in(report: Report) -> None:
    page = whole_page(report)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for element in ("script", "style"):
        [text] = re.findall(f"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"{element}-src 'sha256-{digest}'" in policy[1]
    assert " style=" not in page


def test_nothing_is_fetched_and_no_place_outside_is_named(report: Report) -> None:
    page = whole_page(report)
    assert not re.search(r"(?:src|href|action)=\"(?!#)", page)
    [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style


def test_how_questions_ended_is_taken_from_the_page_of_pytest_html(sample: ModuleType, reads: Any) -> None:
    told = {
        "suites/a.py::test_x[one]": [{"result": "Passed", "log": "No log output captured."}],
        "suites/a.py::test_y": [{"result": "Error", "log": "<span>E &lt;b&gt; &amp;quot;</span>\n"}],
    }
    page = f'<div id="data-container" data-jsonblob="{html.escape(json.dumps({"tests": told}))}"></div>'
    asked = asked_of(page)
    assert [(one.id, one.outcome, one.log) for one in asked] == [
        ("suites/a.py::test_x[one]", "passed", ""),
        ("suites/a.py::test_y", "error", "E <b> &quot;"),
    ]
    told_again = whole_page(reads([sample.run(), sample.tally("suites/a.py::test_x[one]")]), asked=asked)
    assert ">passed</span>" in told_again
    assert "Other tests of this session" in told_again
    assert "E &lt;b&gt; &amp;quot;" in told_again


@pytest.mark.parametrize(
    "page", ["", "<html></html>", 'data-jsonblob="{"', 'data-jsonblob="[1]"', 'data-jsonblob="{}"']
)
def test_another_page_tells_of_no_questions(page: str) -> None:
    assert asked_of(page) == ()


def test_without_pytest_the_findings_tell_how_a_question_ended(report: Report) -> None:
    page = whole_page(report)
    row = page[page.index("a forbidden number is refused</bdi></th>") :]
    assert ">failed</span>" in row[: row.index("</tr>")]
    row = page[page.index("no key no answer</bdi></th>") :]
    assert ">passed</span>" in row[: row.index("</tr>")]


def test_very_many_operations_codes_and_statuses_leave_the_page_small(sample: ModuleType, reads: Any) -> None:
    names = [f"op{number}" for number in range(2_000)]
    lines = [
        sample.run(operations=[{"id": name} for name in names]),
        *(sample.exchange(number, status=number) for number in range(100, 1_000)),
        *(sample.tally(f"q::{name}", operation=name, codes={f"C{name}": {"400": 1}}) for name in names),
    ]
    page = whole_page(reads(lines))
    assert len(page) < 600_000
    assert "60 of 2,000 operations are shown" in plain(page)
    assert "others" in page[page.index("<svg") : page.index("</svg>")]
