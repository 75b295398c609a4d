"""A 405 lists the methods of its route (RFC 9110 section 15.5.6), in a header or in the body, and the list is true."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.model import Basis
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.http import listed
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NOT_ALLOWED = 405
_List = tuple[str, tuple[str, ...] | None, Basis]


def judge(evidence: Evidence) -> Judgement:
    """Breach for a list that is missing, that holds the method just refused, or one that is refused in its turn."""
    for reading in evidence.answered:
        if reading.status == _NOT_ALLOWED:
            for one in _lists(evidence, reading):
                yield from _there(evidence, reading, *one)
    refused = evidence.step("refused")
    if evidence.about == "methods" and refused is not None and refused.status == _NOT_ALLOWED:
        for reading in evidence.answered:
            if reading.step.name.startswith("listed"):
                yield from _true(evidence, refused, reading)


def _lists(evidence: Evidence, reading: Reading) -> Iterator[_List]:
    """Where methods are listed, which they are, and what that rests on."""
    promises = evidence.contract.http
    if promises.allow_on_405:
        yield "Allow", listed(reading, "Allow"), promises.allow_on_405
    if promises.allowed_methods and reading.has_content:
        told = promises.allowed_methods
        yield told.pointer, _texts(reading.at(told.pointer)), told.basis


def _texts(value: object) -> tuple[str, ...] | None:
    good = isinstance(value, list) and value and all(isinstance(one, str) and one for one in value)
    return tuple(value) if good else None  # type: ignore[arg-type] # it is a list of texts


def _there(
    evidence: Evidence, reading: Reading, place: str, methods: tuple[str, ...] | None, basis: Basis
) -> Judgement:
    refused = reading.exchange.request.method
    if methods is None:
        yield evidence.breach(
            reading,
            f"{place} with the methods of the route",
            "no such list",
            f"a 405 lists no methods in {place}",
            basis,
            cause=f"no {place}",
        )
    elif refused.lower() in [method.lower() for method in methods]:
        yield evidence.breach(
            reading,
            f"{place} without {refused}",
            f"{place}: {', '.join(methods)}",
            f"a 405 to {refused} lists {refused} in {place}",
            basis,
            cause=f"untrue {place}",
        )
    else:
        yield KEPT


def _true(evidence: Evidence, refused: Reading, reading: Reading) -> Judgement:
    method = reading.exchange.request.method
    naming = [one for one in _lists(evidence, refused) if method in map(str.upper, one[1] or ())]
    if reading.status != _NOT_ALLOWED:
        yield KEPT
    elif naming:
        place, methods, basis = naming[-1]
        yield evidence.breach(
            reading,
            f"anything but a 405 to {method}",
            reading.told(),
            f"{place} lists {method}, which is answered with 405 ({', '.join(methods or ())})",
            basis,
            cause=f"untrue {place}",
        )


RULE = Rule(
    id="allow-on-405",
    group="http",
    title="A 405 lists the methods that are taken.",
    judge=judge,
    story=True,
)
