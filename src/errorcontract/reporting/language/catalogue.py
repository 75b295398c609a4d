"""A catalogue of messages: texts, counted things, names of rules, each looked up by its key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Forms = Mapping[str, str]
_ROOM = Path(__file__).parent
_NARROW_SPACE = "\u202f"


def _english(count: int) -> str:
    return "one" if count == 1 else "other"


def _arabic(count: int) -> str:
    """The six forms that Unicode's CLDR gives for Arabic."""
    if count <= 2:  # noqa: PLR2004 - a dual
        return ("zero", "one", "two")[count]
    last = count % 100
    if 3 <= last <= 10:  # noqa: PLR2004 - a plural of paucity
        return "few"
    return "many" if last >= 11 else "other"  # noqa: PLR2004 - a singular in the accusative


_FORM: Mapping[str, Callable[[int], str]] = {"en": _english, "ar": _arabic}
LANGUAGES = tuple(_FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language. `direction` is that of its script, `separator` what stands between thousands.

    `named` holds names of things that the tool knows in English, such as titles of rules: {kind: {key: name}}.
    """

    code: str
    direction: str
    separator: str
    texts: Mapping[str, str]
    counted: Mapping[str, Forms]
    named: Mapping[str, Mapping[str, str]]

    def text(self, key: str, **values: Any) -> str:
        """The message of a key, its gaps filled."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: int, **values: Any) -> str:
        """So many of something, in the form that the number asks for."""
        forms = self.counted[key]
        form = forms.get(_FORM[self.code](number), forms["other"])
        return form.format(n=self.number(number), **values)

    def number(self, value: int) -> str:
        """A whole number in digits that every reader knows, in groups of three."""
        return f"{value:,}".replace(",", self.separator)

    def decimal(self, value: float, places: int = 1) -> str:
        """A number with a fraction."""
        return f"{value:,.{places}f}".replace(",", self.separator)

    def time(self, iso: str) -> str:
        """A moment as date and time of day in UTC, the same in every language; what is none stays as it is."""
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if moment.tzinfo else iso

    def name(self, kind: str, key: str) -> str | None:
        """What a thing is called in this language, None where it has no name of its own."""
        return self.named.get(kind, {}).get(key)


@lru_cache(maxsize=len(_FORM))
def language(code: str = "en") -> Language:
    """The catalogue of a language. Raises KeyError for one that there is not."""
    _FORM[code]
    read = tomllib.loads((_ROOM / f"{code}.toml").read_text(encoding="utf-8"))
    return Language(
        code=code,
        direction=read["direction"],
        separator=_NARROW_SPACE if code == "ar" else ",",
        texts=MappingProxyType(dict(_flat(read["text"]))),
        counted=MappingProxyType(read["count"]),
        named=MappingProxyType(read.get("name", {})),
    )


def _flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    """`{"page": {"skip": …}}` as `page.skip`."""
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        pairs += _flat(value, f"{above}{key}.") if isinstance(value, dict) else [(above + key, value)]
    return pairs
