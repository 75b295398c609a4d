"""axe-core finds nothing serious in the page, in either language, scheme and size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def broken(browser: Browser, address: str, scheme: str, width: int) -> list[tuple[str, str, Any]]:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(address)
    page.evaluate(OPEN_ALL)
    found = Axe().run(page).response["violations"]
    return [(one["impact"], one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_page_with_findings_has_no_violation(
    browser: Browser, whole: Callable[..., str], language: str, scheme: str, width: int
) -> None:
    assert broken(browser, whole(language), scheme, width) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_without_findings_has_no_violation(
    sample: ModuleType, browser: Browser, written: Callable[..., str], language: str, scheme: str
) -> None:
    lines = [sample.run(), sample.exchange(1), sample.tally(rules={"json-body": [12, 0]}), sample.end()]
    assert broken(browser, written(lines, language), scheme, 1440) == []


def test_a_page_of_several_runs_and_cut_lists_has_no_violation(
    sample: ModuleType, many: list[dict[str, Any]], browser: Browser, written: Callable[..., str]
) -> None:
    lines = [
        *many,
        sample.run("other", title="Another API"),
        sample.finding(name="other"),
        {**sample.end("other"), "complete": False},
    ]
    assert broken(browser, written(lines, room=80_000), "light", 1440) == []


def test_the_headings_go_down_step_by_step(browser: Browser, whole: Callable[..., str]) -> None:
    page = browser.new_page()
    page.goto(whole())
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(one => +one.localName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_head_says_what_it_heads(
    browser: Browser, whole: Callable[..., str]
) -> None:
    page = browser.new_page()
    page.goto(whole())
    assert page.locator("table").count() > 5
    assert page.locator("table:not(:has(caption))").count() == 0
    assert page.locator("th:not([scope])").count() == 0


def test_the_picture_of_the_answers_is_told_in_words(browser: Browser, whole: Callable[..., str]) -> None:
    page = browser.new_page()
    page.goto(whole())
    picture = page.get_by_role("img", name="Requests by status")
    assert "400: 61" in picture.locator("desc").text_content()
