"""Generated cases: what the prepared tables do not hold.

Combinations are drawn from the tables. A volley is a handful of cases that are sent together; Hypothesis makes volleys
(by itself, or with the requests that Schemathesis generates), and shrinks one that shows a breach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hypothesis.strategies import SearchStrategy

from errorcontract.cases.generated import combinations, fuzz, openapi
from errorcontract.cases.kit import Kit
from errorcontract.model import Case, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A source of generated cases: which operations it concerns and how many requests each of them is worth.

    It has either a stream of cases or a strategy for volleys of them.
    """

    concerns: Callable[[Operation], bool]
    requests: int
    stream: Callable[[Kit, str], Iterator[Case]] | None = None
    volleys: Callable[[Kit, str], SearchStrategy[list[Case]]] | None = None


def generators() -> Mapping[str, Generator]:
    """Every generator by the name of its family."""
    return {
        "combinations": Generator(
            concerns=combinations.concerns, requests=combinations.REQUESTS, stream=combinations.stream
        ),
        "fuzz": Generator(concerns=fuzz.concerns, requests=fuzz.REQUESTS, volleys=fuzz.volleys),
        "openapi": Generator(concerns=openapi.concerns, requests=openapi.REQUESTS, volleys=openapi.volleys),
    }
