"""The forms in which a value is looked for."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from html.entities import html5

LEAST = 8
"""So long must a value be to be hidden wherever it stands: a shorter one stands in ordinary text by chance."""

_LEAST_MIXED = 6  # enough where letters, digits and signs are mixed
_URL_SAFE = str.maketrans("+/", "-_")
_NAMES: dict[str, list[str]] = {}
for _name, _char in html5.items():
    if len(_char) == 1 and _name.endswith(";"):
        _NAMES.setdefault(_char, []).append(_name.lower())


def long_enough(value: str) -> bool:
    """Whether a value can be told from ordinary text."""
    kinds = (any(map(test, value)) for test in (str.isalpha, str.isdigit, lambda char: not char.isalnum()))
    return len(value) >= LEAST or (len(value) >= _LEAST_MIXED and sum(kinds) > 1)


def lowered(text: str) -> str:
    """In lower case, character by character."""
    return text.lower() if text.isascii() else text.replace("\u0130", "i").lower()


@dataclass(frozen=True, kw_only=True)
class Needle:
    """A value with the mark that takes its place."""

    value: str = field(repr=False)
    mark: str
    fixed: bool = True
    """Whether it is known for the whole run."""

    def part(self, first: int) -> str:
        """The mark of the value from one of its characters on."""
        return f"{self.mark[:-3]}[{first}:]***" if first else self.mark

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """As it is, in lower case; as it is where each byte is read as a character; a blank as a plus sign."""
        forms = {self.value, self.value.upper(), self.value.replace(" ", "+")}
        forms |= {form.encode("utf-8", "replace").decode("latin-1") for form in forms}
        forms |= {"".join(_bytes_of(self.value, coding)) for coding in ("utf-16-le", "utf-16-be")}
        return tuple(sorted({lowered(form) for form in forms}, key=len, reverse=True))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The same as they stand in a line of JSON."""
        return tuple({lowered(json.dumps(form, ensure_ascii=False)[1:-1]) for form in (*self.plain, *self.hex)})

    @property
    def hex(self) -> tuple[str, ...]:
        """Its bytes as digits."""
        raw = self.value.encode("utf-8", "replace")
        return (raw.hex(), raw.hex(":"), raw.hex(" ")) if self.fixed else (raw.hex(),)

    @cached_property
    def inner(self) -> frozenset[str]:
        """What any stretch of Base64 holds that holds the value, whatever stands beside it."""
        return frozenset(
            form
            for raw in {one.encode("utf-8", "replace") for one in (self.value, self.value.upper(), self.value.lower())}
            for at in range(3)
            for common in [_stretch(raw, at)]
            for form in (common, common.translate(_URL_SAFE))
        )

    @cached_property
    def spelled(self) -> re.Pattern[str]:
        """Any of its characters escaped, in a text in lower case."""
        return re.compile("".join(map(_character, lowered(self.value))))

    @cached_property
    def digits(self) -> tuple[str, str] | None:
        """Of a number, such as one of a phone, all digits, and those that stay the same in each way to write it."""
        digits = "".join(str(unicodedata.decimal(char)) for char in self.value if char.isdecimal())
        rest = re.sub(r"[\d\s().+/-]", "", self.value)
        core = digits.lstrip("0")
        return (digits, core) if not rest and len(core) >= LEAST - 1 else None


def _bytes_of(value: str, coding: str) -> str:
    return value.encode(coding, "replace").decode("latin-1")


def _stretch(raw: bytes, at: int) -> str:
    """The part of Base64 that does not depend on neighbours, where the value begins at that place of a group."""
    coded = base64.b64encode(b"\0" * at + raw).decode()
    return coded[-(-8 * at // 6) : 8 * (at + len(raw)) // 6]


def _character(char: str) -> str:
    raw = char.encode("utf-8", "replace")
    upper = char.upper() if len(char.upper()) == 1 else char
    numbers = "|".join(_numbered(one) for one in dict.fromkeys((char, upper)))
    in_bytes = "|".join(
        re.escape("".join(f"{sign}{byte:02x}" for byte in one.encode("utf-8", "replace")))
        for one in dict.fromkeys((char, upper))
        for sign in ("%", "=", "\\x")
    )
    named = "".join(f"|&{re.escape(name)}" for name in _NAMES.get(char, ()))
    whole = "" if len(raw) == 1 else f"|{re.escape(raw.decode('latin-1'))}"
    blank = "|\\+" if char == " " else ""
    return f"(?:{re.escape(char)}|\\\\{re.escape(char)}|{in_bytes}|{numbers}{named}{whole}{blank})"


def _numbered(char: str) -> str:
    number = ord(char)
    units = char.encode("utf-16-be", "surrogatepass").hex()
    in_json = "".join(rf"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
    return rf"{in_json}|&#0*{number};|&#x0*{number:x};"
