"""Writes a baseline file, as little of it anew as can be: comments and the order of entries stay.

A library that keeps comments while it edits YAML keeps those above an entry with the entry before, and would drop the
wrong ones; so entries are cut out and put in by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from errorcontract.baseline.entry import Entry
from errorcontract.baseline.file import LIST
from errorcontract.contract.problem import Refused
from errorcontract.contract.yamlnodes import compose
from errorcontract.reporting.write_all import write_whole

_WORDS = r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][\w./-]*(?: [\w./-]+)*"
_PLAIN = re.compile(rf"{_WORDS}|\d{{4}}-\d{{2}}-\d{{2}}", re.IGNORECASE | re.ASCII)
_UNPRINTABLE = re.compile("[\ufffe\uffff]")
_HEAD = "# Findings that are known and accepted. `errorcontract baseline --help` tells how this file is kept.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of an entry: its comment above it, the entry itself, empty lines behind, and how far it is indented."""

    id: str
    comment: tuple[str, ...]
    lines: tuple[str, ...]
    behind: tuple[str, ...]
    indent: str


def write(path: Path, before: Sequence[Entry], after: Sequence[Entry]) -> str | None:
    """Write the entries; the problem if that can't be done. `before` are those that the file has."""
    old = path.read_text("utf-8-sig") if path.exists() else ""
    text = _json(after) if path.suffix == ".json" or old.lstrip().startswith("{") else _yaml(old, before, after)
    return write_whole(path, lambda draft: _fill(draft, text))


def _fill(draft: Path, text: str) -> None:
    draft.write_text(text, encoding="utf-8", newline="\n")


def _json(entries: Sequence[Entry]) -> str:
    return json.dumps({LIST: [entry.members() for entry in entries]}, ensure_ascii=False, indent=2) + "\n"


def _yaml(old: str, before: Sequence[Entry], after: Sequence[Entry]) -> str:
    parts = _parts(old)
    if parts is None:  # a new file, an empty list, or one within brackets
        first = _HEAD if not old.strip() else "".join(f"{line}\n" for line in _comments(old))
        return first + f"{LIST}:" + ("\n" if after else " []\n") + "".join(_shown(entry, "  ") for entry in after)
    head, blocks, tail = parts
    kept = {block.id: block for block in blocks}
    same = {entry.id for entry in before if entry in after}
    shown = [_again(entry, kept[entry.id], same=entry.id in same) for entry in after if entry.id in kept]
    shown += [_shown(entry, blocks[0].indent) for entry in after if entry.id not in kept]
    if not shown:
        return "".join(head).rstrip("\n") + " []\n" + "".join(tail)
    return "".join((*head, *shown, *tail))


def _again(entry: Entry, block: Block, *, same: bool) -> str:
    return "".join((*block.comment, *(block.lines if same else (_shown(entry, block.indent),)), *block.behind))


def _shown(entry: Entry, indent: str) -> str:
    members = [f"{name}: {_scalar(value)}\n" for name, value in entry.members().items()]
    return "".join(f"{indent}{'  ' if number else '- '}{line}" for number, line in enumerate(members))


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(_UNPRINTABLE.sub("\ufffd", text), ensure_ascii=False)


def _comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def _parts(text: str) -> tuple[list[str], list[Block], list[str]] | None:
    """The lines before the first entry, the entries, and the lines behind; None where they are no list of lines."""
    listed = _listed(text)
    if listed is None:
        return None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    spans = [(_dash(lines, node.start_mark.line), _last(node)) for node in listed]
    starts = [_above(lines, first, limit) for (first, _), limit in zip(spans, _limits(spans), strict=True)]
    blocks = []
    for node, (first, last), start, end in zip(listed, spans, starts, [*starts[1:], None], strict=True):
        block = Block(
            id=_id(node),
            comment=tuple(lines[start:first]),
            lines=tuple(lines[first : last + 1]),
            behind=tuple(lines[last + 1 : end]) if end is not None else (),
            indent=lines[first][: lines[first].index("-")],
        )
        blocks.append(block)
    return lines[: starts[0]], blocks, lines[spans[-1][1] + 1 :]


def _listed(text: str) -> list[Any] | None:
    try:
        root = compose(text)
    except Refused:
        return None
    pairs = root.value if isinstance(root, yaml.MappingNode) and not root.flow_style else []
    node = next((value for key, value in pairs if key.value == LIST), None)
    block = isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value
    return node.value if node is not None and block and not any(one.flow_style for one in node.value) else None


def _limits(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The first line that may be a comment on each entry: that behind the entry before."""
    return [0, *(before[1] + 1 for before, _ in pairwise(spans))]


def _dash(lines: Sequence[str], line: int) -> int:
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _above(lines: Sequence[str], first: int, limit: int) -> int:
    while first > limit and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return first


def _last(node: Any) -> int:
    """The last line of a value; a block of text ends where the next line begins."""
    if isinstance(node, yaml.ScalarNode):
        mark = node.end_mark
        return int(mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line)
    return max((_last(value) for _, value in node.value), default=int(node.start_mark.line))


def _id(node: Any) -> str:
    return next((str(value.value) for key, value in node.value if key.value == "id"), "")
