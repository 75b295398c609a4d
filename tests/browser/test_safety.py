"""Nothing that a target planted runs, and no request leaves the page."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from errorcontract.reporting import Asked

HANDLERS = """[...document.querySelectorAll('*')].flatMap(one => [...one.attributes]).map(one => one.name)
    .filter(name => name.startsWith('on') || name === 'style' || name === 'srcdoc')"""
LEADS = "[...document.querySelectorAll('[href], [src], [action], [data]')].map(one => one.getAttribute('href'))"
STIR = """async () => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.querySelectorAll('button')) one.click();
    for (const one of document.querySelectorAll('*'))
        for (const kind of ['mouseover', 'focus', 'click', 'toggle'])
            one.dispatchEvent(new Event(kind, { bubbles: true }));
    await new Promise(done => setTimeout(done, 300));
}"""


@pytest.fixture
def watched(browser: Browser) -> Callable[[str], tuple[Page, list[str], list[str]]]:
    """Opens a page and writes down what it asks for, by the network log of the browser, and what it complains of."""

    def open_page(address: str) -> tuple[Page, list[str], list[str]]:
        page = browser.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(address)
        page.evaluate(STIR)
        return page, requests, complaints

    return open_page


def planted(sample: ModuleType, hostile: ModuleType, written: Callable[..., str], texts: dict[str, str]) -> str:
    everything = " ".join(texts.values())
    asked = (Asked(id=f"tests/test_x.py::test_{everything}", outcome="failed", log=everything),)
    address: str = written(hostile.journal(sample, texts), asked=asked)
    return address


def test_a_page_full_of_planted_markup_runs_none_of_it(
    sample: ModuleType, hostile: ModuleType, written: Callable[..., str], watched: Any
) -> None:
    page, requests, complaints = watched(planted(sample, hostile, written, hostile.KINDS))
    assert page.evaluate("window.planted") is None
    assert set(requests) == {page.url.partition("#")[0]}
    assert complaints == []
    assert page.locator("h1").is_visible()


def test_planted_markup_adds_no_element_no_handler_and_no_way_out(
    sample: ModuleType, hostile: ModuleType, written: Callable[..., str], watched: Any
) -> None:
    page, _, _ = watched(planted(sample, hostile, written, hostile.KINDS))
    assert (
        page.locator(":is(iframe, object, embed, base, link, img, form, input, math, a:not([href^='#']))").count() == 0
    )
    assert page.evaluate(HANDLERS) == []
    assert all(lead.startswith("#") for lead in page.evaluate(LEADS))
    assert page.locator("script").count() == 1
    assert page.locator("style").count() == 1


def test_what_was_planted_can_be_read_as_it_was_sent(
    sample: ModuleType, hostile: ModuleType, written: Callable[..., str], watched: Any
) -> None:
    page, _, _ = watched(planted(sample, hostile, written, hostile.KINDS))
    shown = page.locator("body").text_content()
    hidden = {"overrides", "surrogate"}
    assert [kind for kind, text in hostile.KINDS.items() if kind not in hidden and text not in shown] == []
    assert all(sign in shown for sign in ("⟦U+202E⟧", "⟦U+2066⟧", "⟦U+0000⟧", "⟦U+001B⟧", "⟦U+D83D⟧", "⟦U+2028⟧"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_ordinary_page_asks_for_nothing_and_complains_of_nothing(
    whole: Callable[..., str], watched: Any, language: str
) -> None:
    page, requests, complaints = watched(whole(language))
    assert requests == [page.url.partition("#")[0]]
    assert complaints == []


def test_a_script_that_got_into_the_page_would_not_run(whole: Callable[..., str], browser: Browser) -> None:
    page = browser.new_page()
    page.goto(whole())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.planted=1\">')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.planted=1'}))")
    page.wait_for_timeout(200)
    assert page.evaluate("window.planted") is None
