"""The whole page, within its size: the frame first, then as many findings with their evidence as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain, islice, zip_longest

from markupsafe import Markup

from errorcontract.reporting.html.asked import Asked
from errorcontract.reporting.html.card import card_of
from errorcontract.reporting.html.grouping import in_turn
from errorcontract.reporting.html.rendering import fixed, render
from errorcontract.reporting.html.view import page_view
from errorcontract.reporting.language import Language, language
from errorcontract.reporting.result import Report, RunResult

ROOM = 2_600_000
"""Bytes of a page that a browser opens at once and every mail takes."""
LISTED = 5_000
_FEWEST = 100
OPENED = 6
Cards = Mapping[tuple[int, str], Markup]


def whole_page(report: Report, code: str = "en", asked: Sequence[Asked] = (), room: int = ROOM) -> str:
    """The page of a report in a language, in about so many bytes. `asked`: what pytest-html knows of the questions."""
    words, listed = language(code), LISTED // max(len(report.runs), 1)
    frame = _page(report, words, asked, {}, listed)
    while _size(frame) > room and listed > _FEWEST:
        listed //= 2
        frame = _page(report, words, asked, {}, listed)
    cards = _cards(report, words, listed, room - _size(frame))
    return _page(report, words, asked, cards, listed)


def _page(report: Report, words: Language, asked: Sequence[Asked], cards: Cards, listed: int) -> str:
    view = page_view(report, words, asked, listed, partial(_told, report, words, cards))
    return render("page.html.jinja", words, page=view, cards=cards, **fixed())


def _cards(report: Report, words: Language, listed: int, room: int) -> Cards:
    """The findings that are shown whole: of every run and rule in turn, until the room is used."""
    cards: dict[tuple[int, str], Markup] = {}
    few = sum(len(run.open_findings) for run in report.runs) <= OPENED
    turns = [[(number, one) for one in islice(in_turn(run), listed)] for number, run in enumerate(report.runs, start=1)]
    for number, one in filter(None, chain.from_iterable(zip_longest(*turns))):
        text = render("finding.html.jinja", words, card=card_of(one, number, opened=few))
        room -= _size(text)
        if room < 0:
            break
        cards[number, one.id] = Markup(text)  # noqa: S704 - rendered with escaping
    return cards


def _told(report: Report, words: Language, cards: Cards, run: RunResult) -> str:
    """How many of the findings are shown with their evidence, where it is not all."""
    number = report.runs.index(run) + 1
    shown = sum(of == number for of, _ in cards)
    if shown == len(run.open_findings):
        return ""
    names = {"journal": "journal.ndjson", "findings": "findings.json"}
    all_of = words.number(len(run.open_findings))
    return words.text("page.shown_of", shown=words.number(shown), all=all_of, **names)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
