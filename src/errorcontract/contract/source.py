"""Reads one file of a contract, whatever it holds, into plain values."""

from __future__ import annotations

import json
import math
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, NoReturn

from errorcontract.contract import yamltext
from errorcontract.contract.problem import Path, Refused
from errorcontract.contract.yamlnodes import DEEPEST, Lines

LARGEST = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read: its bytes for the digest, where its values stand, its value for use."""

    label: str
    data: bytes
    lines: Lines
    value: Mapping[str, Any]

    def place(self, path: Path) -> tuple[str, int]:
        """The file and the line of a value; lines are looked up only when there is something to say."""
        return self.label, self.lines.line(path)


def read(file: File, label: str) -> Source:
    """The mapping in a YAML or JSON file; Refused if it can't be read or holds none."""
    data = _bytes(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("is no UTF-8 text") from None
    value = parse(text, json_only=file.suffix == ".json")
    return Source(label=label, data=data, lines=Lines(text), value=value)


def given(value: Mapping[str, Any], label: str) -> Source:
    """A document that was read already."""
    try:
        text = json.dumps(value, sort_keys=True)
    except (TypeError, ValueError, RecursionError) as error:
        raise Refused(f"is no JSON value: {error}") from None
    same = json.loads(text)  # its keys are texts, whatever they were
    _check(same, 0)
    return Source(label=label, data=text.encode(), lines=Lines(""), value=same)


def parse(text: str, *, json_only: bool = False) -> Mapping[str, Any]:
    """The mapping in a text: JSON if it must be or looks so, else YAML."""
    if not text.strip():
        raise Refused("is empty")
    value = _json(text) if json_only or (text.lstrip()[:1] == "{" and _is_json(text)) else yamltext.parse(text)
    if not isinstance(value, dict):
        raise Refused(f"must hold a mapping, not {_kind(value)}", 1)
    _check(value, 0)
    return value


def _bytes(file: File) -> bytes:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("is no regular file")
        if status.st_size > LARGEST:
            raise Refused(f"has {status.st_size:,} bytes; at most {LARGEST:,} are read")
        return file.read_bytes()
    except FileNotFoundError:
        raise Refused("is missing") from None
    except (OSError, ValueError) as error:
        raise Refused(f"can't be read: {getattr(error, 'strerror', None) or error}") from None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise Refused(f"is no JSON: {error.msg}", error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise Refused(f"is no JSON: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"the key {twice!r} stands twice")
    return result


def _constant(text: str) -> NoReturn:
    raise Refused(f"{text} is no JSON number")


def _check(value: Any, depth: int) -> None:
    """Refuse what other programs could not take: lone surrogates, infinities, bottomless nesting."""
    if depth > DEEPEST:
        raise Refused(f"is nested deeper than {DEEPEST} levels")
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise Refused("holds half a surrogate pair, which is no Unicode text")
    elif isinstance(value, float) and not math.isfinite(value):
        raise Refused("holds a number that is not finite")
    elif isinstance(value, dict):
        for key, member in value.items():
            _check(key, depth + 1)
            _check(member, depth + 1)
    elif isinstance(value, list):
        for member in value:
            _check(member, depth + 1)


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    return {list: "a list", str: "a text", bool: "true or false"}.get(type(value), "a number")
