"""Templates with the words of a language, in which nothing that was sent or received is ever markup."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from errorcontract.reporting.coverage import NOT_ASKED, CodeCoverage
from errorcontract.reporting.html.colour import body_markup, command_markup
from errorcontract.reporting.language import Language
from errorcontract.reporting.text import clip, one_line, visible

VALUE = 2_000
_HERE = Path(__file__).parent


def render(template: str, words: Language, **values: Any) -> str:
    """A template with its values; in it, `t` says what the catalogue has under a key."""
    said, remark = partial(_said, words), partial(_remark, words)
    return _environment().get_template(template).render(words=words, t=said, remark=remark, **values)


def _said(words: Language, key: str, **values: Any) -> Markup:
    """A message as HTML, each value in it isolated from the direction of the text around."""
    gaps = {name: Markup("<bdi>{}</bdi>").format(_shown(value)) for name, value in values.items()}
    return Markup(words.texts[key]).format(**gaps)  # noqa: S704 - of our own catalogue


def _remark(words: Language, one: CodeCoverage) -> str:
    """Why a code was not provoked."""
    if one.provoked or one.why_not is None:
        return ""
    if one.asked and one.info.provokable:
        return words.text("code.asked", times=words.count("time", one.asked))
    return words.text("code.not_asked") if one.why_not == NOT_ASKED else one.why_not


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters.update(one_line=one_line, body=body_markup, command=command_markup)
    return environment


def _shown(value: Any) -> Any:
    """Every value of every template goes through here: nothing hidden reaches the page, nothing without bound."""
    if isinstance(value, Markup):
        return value
    return "" if value is None else clip(visible(str(value)), VALUE)


@lru_cache(maxsize=1)
def fixed() -> Mapping[str, Markup]:
    """Style and script, and the policy that lets them alone in, by their hashes."""
    style, script = (Markup((_HERE / name).read_text(encoding="utf-8")) for name in ("style.css", "page.js"))  # noqa: S704
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": style, "script": script, "policy": Markup(policy)}  # noqa: S704 - files of this package


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
