"""pytest-html's finished page, made one with our lead: verdict first, no foreign links, no script but its own."""

from __future__ import annotations

import base64
import hashlib
import re

from errorcontract.reporting.html.compose import END, START, STYLE, lead, script
from errorcontract.reporting.result import Report

_LEAD = re.compile(re.escape(START) + "(.*?)" + re.escape(END), re.DOTALL)
_TITLE = re.compile(r'data-page-title="([^"]*)"')
_PAGE_TITLE = re.compile(r"(<title[^>]*>).*?(</title>)", re.DOTALL)
_OWN_SCRIPT = re.compile(r'<div id="data-container"[^>]*></div>\s*<script>(.*?)</script>', re.DOTALL)
_HEADING = re.compile(r'<h1 id="title">.*?</h1>', re.DOTALL)
_POLISHED = '<meta http-equiv="Content-Security-Policy"'
_CHANGES = (
    (re.compile(r"/\*+\s*\* CUSTOM CSS.*?\*/", re.DOTALL), ""),
    (re.compile(r'<a href="https?://[^"]*">pytest-html</a>'), "pytest-html"),
    (re.compile(r' onclick="location\.reload\(\)"'), ""),
    (re.compile(r'<div id="environment-header">'), '<div id="environment-header" class="collapsed">'),
    (re.compile(r'<table id="environment">'), '<table id="environment" class="hidden">'),
    (re.compile(r"<html>"), '<html lang="en">'),
)


def polish(page: str) -> str:
    """The page with the lead at its beginning, a title, a language and a content security policy.

    A page that is polished already, or that is not pytest-html's, comes back with what could be done.
    """
    if _POLISHED in page:
        return page
    page, lead_part = _take_lead(page)
    for pattern, replacement in _CHANGES:
        page = pattern.sub(replacement, page, count=1)
    title = _TITLE.search(lead_part)
    if title:
        page = _HEADING.sub('<h2 id="title">Questions asked</h2>', page, count=1)
        page = _PAGE_TITLE.sub(lambda old: old[1] + title[1] + old[2], page, count=1)
    page = _put_after(page, r"<meta charset=[^>]*>", _head(page))
    return _put_after(page, r"<body[^>]*>", lead_part)


def whole_page(report: Report) -> str:
    """A page of the lead alone, for a journal whose run left no page of pytest-html's."""
    style = STYLE.read_text(encoding="utf-8")
    head = f'<head>\n    <meta charset="utf-8"/>\n    <title></title>\n    <style>\n{style}</style>\n  </head>'
    return polish(f"<!DOCTYPE html>\n<html>\n  {head}\n  <body>\n{lead(report)}\n  </body>\n</html>\n")


def _take_lead(page: str) -> tuple[str, str]:
    found = _LEAD.search(page)
    return (page[: found.start()] + page[found.end() :], found[1]) if found else (page, "")


def _put_after(page: str, pattern: str, text: str) -> str:
    return re.sub(pattern, lambda found: found[0] + text, page, count=1)


def _head(page: str) -> str:
    """The meta elements. Scripts run by their hash alone, so that no handler or script of a target ever could."""
    own = _OWN_SCRIPT.search(page)
    scripts = [str(script()), *([own[1]] if own else [])]
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in scripts)
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; media-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    metas = {"viewport": "width=device-width, initial-scale=1", "color-scheme": "light dark", "referrer": "no-referrer"}
    named = "".join(f'\n    <meta name="{name}" content="{content}"/>' for name, content in metas.items())
    return f'\n    {_POLISHED} content="{policy}"/>{named}'


def _digest(text: str) -> str:
    """What a browser makes of a script element's text: SHA-256 over UTF-8, line ends being line feeds."""
    data = text.replace("\r\n", "\n").encode("utf-8", "replace")
    return base64.b64encode(hashlib.sha256(data).digest()).decode("ascii")
