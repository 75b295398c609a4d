"""The pages of the rules, as they stand in docs/: in a checkout beside src/, in a wheel below the package."""

from __future__ import annotations

import re
from pathlib import Path

import errorcontract

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST_PART = "## Promise\n"


def rule_page(rule: str) -> str | None:
    """The Markdown of a rule's page from its promise on, None where there is no such page."""
    if not _ID.fullmatch(rule):  # a journal may name anything
        return None
    for entry in errorcontract.__path__:
        page = Path(entry) / "docs" / "rules" / f"{rule}.md"
        if page.is_file():
            head, part, rest = page.read_text(encoding="utf-8").partition(_FIRST_PART)
            return part + rest or head
    return None
