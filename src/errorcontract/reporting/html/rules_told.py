"""The page of a rule, as a part of the report: an attached file has no other place to lead its reader to."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from errorcontract.reporting.rule_pages import rule_page

_DEEPER = {"h1": "h4", "h2": "h4", "h3": "h5"}


@lru_cache(maxsize=256)
def told(rule: str) -> Markup | None:
    """The page as HTML without a link out of the report, None where the rule has no page."""
    text = rule_page(rule)
    if text is None:
        return None
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = [_fitted(token) for token in parser.parse(text)]
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - a file of this package


def _fitted(token: Token) -> Token:
    """Headings go below those of the report; links to other pages stay as their texts."""
    token.tag = _DEEPER.get(token.tag, token.tag)
    if token.children:
        token.children = [one for one in token.children if one.type not in {"link_open", "link_close"}]
    return token
