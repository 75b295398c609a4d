"""Telephone numbers that are nearly right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import phonenumbers

from errorcontract.model import Field

_DIGITS = str.maketrans
_ARABIC_INDIC = _DIGITS("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = _DIGITS("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_FULL_WIDTH = _DIGITS("0123456789", "０１２３４５６７８９")
_DEVANAGARI = _DIGITS("0123456789", "०१२३४५६७८९")
_SUPERSCRIPT = _DIGITS("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_LIKELY_FIRST = (
    "prefix",
    "trailing newline",
    "country form",
    "Arabic-Indic digits",
    "too long",
    "number instead of text",
    "white space around",
    "direction mark",
    "spacing",
    "full-width digits",
    "other digits",
    "null",
    "leading newline",
    "too short",
    "letters",
)
"""Classes in the order in which systems let them pass, as far as anybody has seen; the others follow."""


def rows(good: str, field: Field) -> Iterator[tuple[str, Any]]:
    """Wrong length, prefix, country form, digits of other scripts, white space and marks around, wrong type."""
    every = [*_lengths(good), *_forms(good, field.region), *_scripts(good), *_around(good), *_types(good)]
    ranks = {kind: rank for rank, kind in enumerate(_LIKELY_FIRST)}
    yield from sorted(every, key=lambda row: ranks.get(row[0], len(ranks)))


def _lengths(good: str) -> Iterator[tuple[str, Any]]:
    yield "too short", good[:-1]
    yield "too long", good + "0"
    yield "too short", good[1:]
    yield "too long", good * 2
    yield "empty", ""
    yield "too long", good + "0" * 4000
    for digit in "8149235670":
        yield "prefix", good[0] + digit + good[2:]
    for digit in "1+":
        yield "prefix", digit + good[1:]


def _forms(good: str, region: str | None) -> Iterator[tuple[str, Any]]:
    for text in _other_forms(good, region):
        yield "country form" if text.startswith(("+", "00")) else "spacing", text
    yield "spacing", f"{good[:4]}-{good[4:]}"
    yield "spacing", f"{good[:4]} {good[4:]}"
    yield "letters", f"{good[:-1]}O"
    yield "letters", f"{good[:-1]}x"
    yield "letters", f"{good};ext=1"


def _other_forms(good: str, region: str | None) -> Iterator[str]:
    try:
        number = phonenumbers.parse(good, region)
    except phonenumbers.NumberParseException:
        return
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    yield from (e164, f"00{e164[1:]}", e164[1:])
    yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _scripts(good: str) -> Iterator[tuple[str, Any]]:
    """Digits of other scripts: after an ASCII prefix, as a pattern of digits lets them pass; at the end; everywhere."""
    scripts = {
        "Arabic-Indic digits": (_ARABIC_INDIC,),
        "full-width digits": (_FULL_WIDTH,),
        "other digits": (_DEVANAGARI, _PERSIAN, _SUPERSCRIPT),
    }
    for kind, tables in scripts.items():
        for table in tables:
            yield kind, good[:2] + good[2:].translate(table)
            yield kind, good[:-1] + good[-1:].translate(table)
            yield kind, good.translate(table)


def _around(good: str) -> Iterator[tuple[str, Any]]:
    yield "trailing newline", f"{good}\n"
    yield "white space around", f" {good}"
    yield "white space around", f"{good} "
    yield "trailing newline", f"{good}\r\n"
    yield "white space around", f"\t{good}"
    yield "white space around", f"\u00a0{good}"
    yield "leading newline", f"\n{good}"
    yield "leading newline", f"x\n{good}"
    yield "trailing newline", f"{good}\nx"
    yield "direction mark", f"\u200f{good}"
    yield "direction mark", f"{good}\u200e"
    yield "direction mark", f"\u202a{good}\u202c"
    yield "invisible character", f"{good[:4]}\u200b{good[4:]}"
    yield "invisible character", f"{good}\u0000"
    yield "invisible character", f"\ufeff{good}"


def _types(good: str) -> Iterator[tuple[str, Any]]:
    yield "number instead of text", int(good) if good.isdigit() else 0
    yield "null", None
    yield "other type", [good]
    yield "other type", {"number": good}
    yield "other type", True
