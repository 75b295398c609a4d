"""Generated cases: what the prepared tables do not hold.

Combinations are drawn from the tables. A volley is a handful of cases that are sent together; Hypothesis makes volleys
(by itself, or with the requests that Schemathesis generates), and shrinks one that shows a breach.
Sequences are drawn step by step by a state machine of Hypothesis, from the ways to call an operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hypothesis.strategies import SearchStrategy

from errorcontract.cases import machine
from errorcontract.cases.generated import combinations, fuzz, openapi
from errorcontract.cases.kit import Kit
from errorcontract.cases.machine import FAMILY, Ways
from errorcontract.model import Case, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A source of generated cases: which operations it concerns and how many requests each of them is worth.

    It has either a stream of cases, a strategy for volleys of them, or ways to call for a state machine.
    """

    concerns: Callable[[Operation], bool]
    requests: int
    stream: Callable[[Kit, str], Iterator[Case]] | None = None
    volleys: Callable[[Kit, str], SearchStrategy[list[Case]]] | None = None
    ways: Callable[[Kit, str], Ways] | None = None


def generators() -> Mapping[str, Generator]:
    """Every generator by the name of its family."""
    return {
        "combinations": Generator(
            concerns=combinations.concerns, requests=combinations.REQUESTS, stream=combinations.stream
        ),
        "fuzz": Generator(concerns=fuzz.concerns, requests=fuzz.REQUESTS, volleys=fuzz.volleys),
        FAMILY: Generator(concerns=machine.concerns, requests=machine.REQUESTS, ways=machine.ways),
        "poverty": Generator(concerns=machine.pays, requests=machine.FEW_REQUESTS, ways=machine.dearest),
        "openapi": Generator(concerns=openapi.concerns, requests=openapi.REQUESTS, volleys=openapi.volleys),
    }
