"""The lead of the page: everything before pytest-html's own list of questions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from errorcontract.reporting.html.payload import body_markup
from errorcontract.reporting.html.view import page_view
from errorcontract.reporting.result import Report
from errorcontract.reporting.text import clip, one_line, plural, visible

STYLE = Path(__file__).with_name("style.css")
SCRIPT = Path(__file__).with_name("copy.js")
START = "<!-- errorcontract: lead -->"
END = "<!-- errorcontract: end of lead -->"
FULL = 500
VALUE = 2_000


def lead(report: Report, full: int = FULL) -> str:
    """HTML for pytest-html's summary prefix; at most `full` findings are shown with their evidence."""
    page = _environment().get_template("lead.html.jinja").render(page=page_view(report, full), script=script())
    return f"{START}\n{page}\n{END}"


@lru_cache(maxsize=1)
def script() -> Markup:
    """The page's own script, from its file."""
    return Markup(SCRIPT.read_text(encoding="utf-8"))  # noqa: S704 - a file of this package


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(clip=clip, one_line=one_line, body=body_markup, count=_count)
    environment.globals["plural"] = plural
    return environment


def _shown(value: Any) -> Any:
    """Every value of every template goes through here: nothing hidden reaches the page, nothing without bound."""
    if isinstance(value, Markup):
        return value
    return "" if value is None else clip(visible(str(value)), VALUE)


def _count(value: int) -> str:
    return f"{value:,}"
