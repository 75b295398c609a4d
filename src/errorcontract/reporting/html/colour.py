"""Bodies and commands as HTML in colours. Nothing of them changes but the white space between tokens of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import Markup, escape
from pygments.lexer import Lexer
from pygments.lexers.html import HtmlLexer
from pygments.lexers.shell import BashLexer
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType

from errorcontract.reporting.text import clip, visible

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_SHOWN = re.compile("⟦U\\+[0-9A-F]{4,6}⟧")
_DEEPEST = 40
_OPTIONS = {"stripnl": False, "ensurenl": False}
_CLASSES = (
    (String, "s"),
    (Number, "n"),
    (Comment, "c"),
    (Name.Variable, "n"),
    (Name.Tag, "k"),
    (Name.Attribute, "n"),
    (Name.Builtin, "k"),
    (Keyword, "k"),
)


def body_markup(body: str, limit: int, field: str = "") -> Markup:
    """The body, about `limit` characters of it: JSON indented, markup in colours, anything else as it is.

    The values of the members that are called `field` are marked.
    """
    if is_json(body):
        return _json(body, limit, field)
    text = visible(body[:limit])
    if text.lstrip().startswith("<"):
        return _coloured(text, HtmlLexer(**_OPTIONS))
    return Markup('<span class="lines">{}</span>').format(exposed(text))


def command_markup(command: str, limit: int) -> Markup:
    """A shell script in colours."""
    return _coloured(visible(command[:limit]), BashLexer(**_OPTIONS))


def exposed(text: str) -> Markup:
    """Visible text whose stand-ins for hidden characters can be told from what was there."""
    return Markup(_SHOWN.sub(lambda one: f'<i class="u">{one.group()}</i>', str(escape(text))))  # noqa: S704 - escaped


def is_json(body: str) -> bool:
    """Whether the body is a JSON object or array of a depth that is worth indenting."""
    if body.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _json(body: str, limit: int, field: str) -> Markup:
    parts: list[str] = []
    key = False
    for piece, is_key in _indented(body):
        parts.append(_marked(piece, max(limit, 0), is_key=is_key, culprit=key and not is_key and piece[:1] not in "{["))
        if is_key:
            key = piece[1:-1] == field
        elif piece.strip(": "):
            key = False
        limit -= len(piece)
        if limit <= 0:
            break
    return Markup("").join(map(Markup, parts))


def _indented(body: str) -> Iterator[tuple[str, bool]]:
    """The tokens with the white space of an indented document between them, and whether each is a key."""
    depth = 0
    tokens = [match.group() for match in _TOKEN.finditer(body)]
    for index, piece in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        if piece in "}]":
            depth -= 1
            yield "" if index and tokens[index - 1] in "{[" else _line(depth), False
        yield f"{piece} " if piece == ":" else piece, piece[0] == '"' and after == ":"
        if piece in "{[":
            depth += 1
            yield "" if after in "}]" else _line(depth), False
        elif piece == ",":
            yield _line(depth), False


def _line(depth: int) -> str:
    return "\n" + "  " * min(depth, _DEEPEST)


def _marked(piece: str, room: int, *, is_key: bool, culprit: bool) -> str:
    """A token, escaped; what stands between quotes is isolated, so that Arabic does not turn the line around."""
    if piece.startswith('"'):
        inner = exposed(clip(visible(piece[1:-1]), room))
        shown = f'<span class="{"k" if is_key else "s"}">"<bdi>{inner}</bdi>"</span>'
    elif piece[:1].isalnum() or piece.startswith("-"):
        shown = f'<span class="n">{escape(clip(visible(piece), room))}</span>'
    else:
        return str(escape(piece))
    return f"<mark>{shown}</mark>" if culprit else shown


def _coloured(text: str, lexer: Lexer) -> Markup:
    return Markup("").join(_span(kind, value) for kind, value in lexer.get_tokens(text))


def _span(kind: _TokenType, value: str) -> Markup:
    name = next((name for group, name in _CLASSES if kind in group), "")
    return Markup('<span class="{}">{}</span>').format(name, exposed(value)) if name else exposed(value)
