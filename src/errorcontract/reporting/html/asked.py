"""What pytest-html knows of the questions: how each ended. Taken from the page that it writes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_BLOB = re.compile(r'data-jsonblob="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_LONGEST_LOG = 4_000
_NOTHING = "No log output captured."
_ENDS = {"passed", "failed", "error", "skipped", "xfailed", "xpassed", "rerun"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as pytest put it. `outcome`: passed, failed, error, skipped, xfailed, xpassed, rerun."""

    id: str
    outcome: str
    log: str = ""


def asked_of(page: str) -> tuple[Asked, ...]:
    """The questions of a page of pytest-html's, none where it is no such page."""
    found = _BLOB.search(page)
    try:
        tests = json.loads(html.unescape(found[1]))["tests"] if found else {}
    except (ValueError, KeyError, TypeError):
        return ()
    return tuple(_questions(tests)) if isinstance(tests, dict) else ()


def _questions(tests: Mapping[str, Any]) -> Iterator[Asked]:
    for name, results in tests.items():
        for one in results if isinstance(results, list) else ():
            outcome = str(one.get("result", "")).lower()
            yield Asked(id=name, outcome=outcome if outcome in _ENDS else "error", log=_log(outcome, one))


def _log(outcome: str, one: Mapping[str, Any]) -> str:
    """The log of a question that did not pass, as the text that pytest-html made HTML of."""
    text = html.unescape(_TAG.sub("", str(one.get("log", ""))[: 10 * _LONGEST_LOG])).strip()
    return "" if outcome == "passed" or text == _NOTHING else text[:_LONGEST_LOG]
