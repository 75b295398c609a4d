"""People read the page: with a keyboard, from right to left, on a phone, on paper, without a script."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

languages = pytest.mark.parametrize("language", ["en", "ar"])
FIRST_AND_LAST = """(one) => {
    const range = document.createRange(), node = [...one.childNodes].find(child => child.nodeType === 3);
    const at = (from) => {
        range.setStart(node, from);
        range.setEnd(node, from + 1);
        return range.getBoundingClientRect().x;
    };
    return [at(0), at(node.length - 1)];
}"""
DIRECTION = "(one) => getComputedStyle(one).direction"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture
def opened(browser: Browser) -> Callable[..., Page]:
    """Opens a page on a screen of a width."""

    def open_page(address: str, width: int = 1280, **about: Any) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 800}, **about).new_page()
        page.goto(address)
        return page

    return open_page


def runs_from_the_right(one: Locator) -> bool:
    first, last = one.evaluate(FIRST_AND_LAST)
    return bool(first > last)


def test_an_arabic_text_in_a_body_runs_from_the_right_and_its_line_from_the_left(
    whole: Callable[..., str], opened: Callable[..., Page]
) -> None:
    page = opened(whole())
    text = page.locator("pre bdi", has_text="خطأ داخلي في الخدمة").first
    assert text.evaluate(DIRECTION) == "rtl"
    assert runs_from_the_right(text)
    line = page.locator("pre", has_text="خطأ داخلي في الخدمة").first
    assert line.evaluate(DIRECTION) == "ltr"
    key = line.locator(".k", has_text="message")
    assert key.bounding_box()["x"] < text.bounding_box()["x"]


@languages
def test_a_sentence_runs_its_own_way_in_a_page_of_either_direction(
    sample: ModuleType, written: Callable[..., str], opened: Callable[..., Page], language: str
) -> None:
    lines = [
        sample.run(),
        sample.finding("a", summary="رسالة الخطأ (code ERR_PHONE) ناقصة", observed="الرسالة: invalid number"),
        sample.finding("b", summary="The message is empty", observed="message: خطأ"),
    ]
    page = opened(written(lines, language))
    arabic, english = page.locator("h5", has_text="رسالة"), page.locator("h5", has_text="The message")
    assert arabic.evaluate(DIRECTION) == "rtl"
    assert english.evaluate(DIRECTION) == "ltr"
    assert runs_from_the_right(arabic)
    assert not runs_from_the_right(english)
    assert page.locator(".observed p", has_text="الرسالة").evaluate(DIRECTION) == "rtl"
    assert page.locator(".observed p", has_text="message:").evaluate(DIRECTION) == "ltr"


def test_lines_of_a_plain_body_each_run_their_own_way(
    sample: ModuleType, written: Callable[..., str], opened: Callable[..., Page]
) -> None:
    page = opened(written([sample.run(), sample.finding(got="first line\nالسطر الثاني هنا")]))
    lines = page.locator(".lines", has_text="السطر").first
    assert lines.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "plaintext"
    first, last = lines.evaluate(FIRST_AND_LAST.replace("at(0)", "at(node.data.indexOf('ا'))"))
    assert first > last


def test_the_arabic_page_is_laid_out_from_the_right(whole: Callable[..., str], opened: Callable[..., Page]) -> None:
    page = opened(whole("ar"), width=1440)
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("html").evaluate(DIRECTION) == "rtl"
    assert page.locator("nav").bounding_box()["x"] > page.locator("main").bounding_box()["x"]
    heading = page.locator("h1")
    assert "إخلال بالعقد" in heading.inner_text()
    box, sign = heading.bounding_box(), page.locator(".sign").bounding_box()
    assert box["x"] + box["width"] - (sign["x"] + sign["width"]) < 2
    assert page.locator(".command pre").first.evaluate(DIRECTION) == "ltr"


def test_the_interface_of_the_arabic_page_has_no_english_left(
    whole: Callable[..., str], opened: Callable[..., Page]
) -> None:
    page = opened(whole("ar"))
    for place in ("nav a", "h3", "h6", "th[scope=col]", "dt", "button", "figcaption", "caption"):
        for text in page.locator(f"{place}:not(.matrix *):not(.reasons *):not(.rule *)").all_inner_texts():
            assert not any("a" <= sign <= "z" for sign in text.lower().replace("http", "")), (place, text)


def test_a_keyboard_leads_to_every_finding_and_opens_it(
    many: list[dict[str, Any]], written: Callable[..., str], opened: Callable[..., Page]
) -> None:
    page = opened(written(many))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "document.activeElement.matches('.finding > summary') && document.activeElement.parentElement.id"
        )
        if place and place not in reached:
            finding = page.locator(f"#{place}")
            assert not finding.locator(".against").is_visible()
            page.keyboard.press("Enter")
            assert finding.locator(".against").is_visible()
            reached.append(place)
    assert len(reached) == 12
    assert reached == page.locator(".finding").evaluate_all("all => all.map(one => one.id)")


def test_what_has_the_focus_can_be_seen(many: list[dict[str, Any]], written: Callable[..., str], opened: Any) -> None:
    page = opened(written(many))
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_link_to_a_finding_and_to_a_rule_opens_it(
    many: list[dict[str, Any]], written: Callable[..., str], opened: Any
) -> None:
    page = opened(written(many) + "#finding-f07")
    expect(page.locator("#finding-f07 .against")).to_be_visible()
    page.locator("#finding-f07 a").first.click()
    expect(page.locator(".rule[open]")).to_have_count(1)


def test_the_commands_are_copied_with_one_click(whole: Callable[..., str], opened: Callable[..., Page]) -> None:
    page = opened(whole(), permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(".copy").first
    button.click()
    page.wait_for_function("(one) => one.textContent === 'Copied'", arg=button.element_handle())
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".command pre").first.text_content()


@languages
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_stands_beyond_the_edge(
    whole: Callable[..., str], opened: Callable[..., Page], language: str, width: int
) -> None:
    page = opened(whole(language), width=width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@languages
def test_on_paper_everything_is_open_and_nothing_is_cut(
    many: list[dict[str, Any]], written: Callable[..., str], opened: Callable[..., Page], language: str
) -> None:
    page = opened(written(many, language), width=760, java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator(".finding[open]").count() == 0
    assert all(one.is_visible() for one in page.locator(".against").all())
    assert all(one.is_visible() for one in page.locator(".command pre").all())
    fits = "all => all.every(one => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1)"
    assert page.locator("pre").evaluate_all(fits)
    assert not page.locator("nav").is_visible()
    assert not page.locator(".copy").first.is_visible()


def test_without_a_script_the_essentials_are_there(whole: Callable[..., str], opened: Callable[..., Page]) -> None:
    page = opened(whole(), java_script_enabled=False)
    text = page.locator("main").inner_text()
    marks = [
        "BROKEN",
        "Hash of the contract",
        "status 400 with code ERR_VALIDATION",
        "status 200, an order was made",
        "Code catalogue",
    ]
    assert [mark for mark in marks if mark not in text] == []
    assert not page.locator(".copy").first.is_visible()
    page.locator(".story > summary").first.click()
    assert page.locator(".story[open]").count() == 1


def test_the_differing_part_is_marked_on_both_sides(
    sample: ModuleType, written: Callable[..., str], opened: Callable[..., Page]
) -> None:
    page = opened(written([sample.run(), sample.finding(expected="status 400", observed="status 422")]))
    assert page.locator(".expected mark").all_inner_texts() == ["400"]
    assert page.locator(".observed mark").all_inner_texts() == ["422"]
