"""A body as HTML: JSON indented token by piece, so that nothing of what was sent or received changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from errorcontract.reporting.text import clip, visible

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_DEEPEST = 40


def body_markup(body: str, limit: int) -> Markup:
    """The body, at most about `limit` characters of it: indented where it is JSON, as it is where it is not."""
    if not is_json(body):
        return escape(visible(body[:limit]))
    parts: list[str] = []
    for part in _indented(body):
        limit -= len(part)
        parts.append(_marked(part, limit + len(part)))
        if limit <= 0:
            break
    return Markup("").join(map(Markup, parts))


def is_json(body: str) -> bool:
    """Whether the body is a JSON object or array of a depth that is worth indenting."""
    if body.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _indented(body: str) -> Iterator[str]:
    """The tokens with the white space of an indented document between them."""
    depth = 0
    tokens = [match.group() for match in _TOKEN.finditer(body)]
    for index, piece in enumerate(tokens):
        if piece in "}]":
            depth -= 1
            yield "" if index and tokens[index - 1] in "{[" else _line(depth)
        yield f"{piece} " if piece == ":" else piece
        if piece in "{[":
            depth += 1
            yield "" if tokens[index + 1] in "}]" else _line(depth)
        elif piece == ",":
            yield _line(depth)


def _line(depth: int) -> str:
    return "\n" + "  " * min(depth, _DEEPEST)


def _marked(piece: str, room: int) -> str:
    """A token, escaped; a string's text isolated, so that Arabic does not turn the line around."""
    shown = escape(clip(visible(piece), max(room, 0)))
    if piece.startswith('"'):
        return f"<bdi>{shown}</bdi>"
    if piece[:1].isalnum() or piece.startswith("-"):
        return f"<b>{shown}</b>"
    return str(shown)
