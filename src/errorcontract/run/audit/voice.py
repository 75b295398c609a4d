"""How the API of a contract speaks: with request ids of the form that is promised."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import find, settings
from hypothesis.strategies import from_regex

from errorcontract.audit import Voice
from errorcontract.contract.sample import sample
from errorcontract.model import Contract


def voice_of(contract: Contract) -> Voice:
    """The voice of an API, with request ids of the form that the contract promises."""
    promised = contract.request_id
    made = _fitting(promised.pattern if promised and promised.pattern else "^req_[0-9a-f]{12}$")
    return Voice(contract, sample, lambda: made)


@lru_cache(maxsize=64)
def _fitting(pattern: str) -> str:
    """A text that fits a pattern; to find one takes a second."""
    return find(from_regex(pattern, fullmatch=False), lambda _: True, settings=settings(database=None))
