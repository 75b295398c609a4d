"""The rules, with the help that a dashboard shows beside their results."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from errorcontract.model import Severity
from errorcontract.reporting.result import ReportedFinding, RuleInfo, RunResult
from errorcontract.reporting.rule_pages import rule_page
from errorcontract.reporting.sarif.limits import RULES
from errorcontract.reporting.text import clip

_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*\)")
_LONGEST, _NAME = 1024, 255
"""Of a description and of a name, as GitHub takes them."""

_HEADING = re.compile(r"^## ", re.MULTILINE)


def rules_of(run: RunResult, findings: Collection[ReportedFinding]) -> list[dict[str, Any]]:
    """The rules of a run, also those that its findings alone name. Where there are too many, these come first."""
    listed = {rule.id: rule for rule in run.rules}
    named = {one.rule: listed.get(one.rule, RuleInfo(id=one.rule)) for one in findings}
    known = listed | named if len(listed | named) <= RULES else dict([*(named | listed).items()][:RULES])
    mild = {one.rule for one in run.findings} - {one.rule for one in run.findings if one.severity is Severity.ERROR}
    return [_rule(one, Severity.WARNING if one.id in mild else Severity.ERROR) for one in known.values()]


def _rule(rule: RuleInfo, level: Severity) -> dict[str, Any]:
    """`level`: an error, as a documented promise is; a warning where this run's findings are all warnings."""
    title = rule.title or rule.id
    page = _without_links(rule_page(rule.id) or "")
    return {
        "id": rule.id,
        "name": clip("".join(part.capitalize() for part in rule.id.split("-")), _NAME),
        "shortDescription": {"text": clip(title, _LONGEST)},
        "fullDescription": {"text": clip(f"{title} {_promise(page) or rule.severity_note}".strip(), _LONGEST)},
        "help": {"text": f"{title}\n\n{page}".strip(), "markdown": f"**{title}**\n\n{page}".strip()},
        "defaultConfiguration": {"level": level.value},
        "properties": {
            "tags": ["error-contract", rule.group],
            "precision": "high",
            "problem.severity": level.value,
        },
    }


def _without_links(page: str) -> str:
    """Links to other pages lead nowhere on a dashboard."""
    return _LINK.sub(r"`\1`", page)


def _promise(page: str) -> str:
    """The first part of a page on one line."""
    first = _HEADING.split(page)[1] if page.startswith("## ") else ""
    return " ".join(first.partition("\n")[2].split())
