"""Strategies for values by kind of field: near the good value, and far from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from errorcontract.cases.written import Written

_TRAPS = "0٠०０¹ \t\n\r\u00a0\u200b\u200e\u200f\u202e\ufeff\u0000+-.,/\\'\"%<>&;:#?"
_CHARACTER = st.one_of(st.sampled_from(_TRAPS), st.characters(codec="utf-8"))


def text_near(good: str) -> SearchStrategy[str]:
    """The good text with one character put in, taken out or replaced, or with something around it."""
    place = st.integers(0, max(len(good) - 1, 0))
    put_in = st.builds(lambda at, char: good[:at] + char + good[at:], st.integers(0, len(good)), _CHARACTER)
    replaced = st.builds(lambda at, char: good[:at] + char + good[at + 1 :], place, _CHARACTER)
    taken_out = st.builds(lambda at: good[:at] + good[at + 1 :], place)
    return st.one_of(replaced, put_in, taken_out, st.text(_CHARACTER, max_size=40))


def number_near(good: float) -> SearchStrategy[Any]:
    """Numbers of every size and spelling, and texts that look like numbers."""
    whole = st.one_of(st.integers(-10_000, 10_000), st.integers(-(2**70), 2**70))
    fraction = st.floats(allow_nan=False, allow_infinity=False)
    spelled = st.builds(_spelled, st.integers(-9, 9), st.integers(0, 400))
    return st.one_of(whole, fraction, spelled, st.integers(-9999, 9999).map(str), text_near(str(good)))


def _spelled(digit: int, exponent: int) -> Written:
    return Written(f"{digit}e{exponent}", digit * 10**exponent)


JSON: SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=5,
)

_NEAR: dict[str, Callable[[Any], SearchStrategy[Any]]] = {"amount": number_near, "count": number_near}


def values(kind: str, good: Any) -> SearchStrategy[Any]:
    """Values for a field of a kind that holds a good value; now and then any JSON at all."""
    if not isinstance(good, str | int | float):
        return JSON  # a list or an object has no near neighbours
    near = _near(kind, good)
    return st.one_of(near, near, near, JSON)


def texts(kind: str, good: Any) -> SearchStrategy[str]:
    """Values for a field in a path or query, where everything is a text."""
    if not isinstance(good, str | int | float):
        return text_near("")
    return _near(kind, good).map(_as_text)


def _near(kind: str, good: str | float) -> SearchStrategy[Any]:
    return number_near(good) if isinstance(good, int | float) else _NEAR.get(kind, text_near)(good)


def _as_text(value: Any) -> str:
    return value.text if isinstance(value, Written) else str(value)
