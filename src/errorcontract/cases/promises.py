"""What the contract promises for a cause or for a good request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from errorcontract.cases.build import UNJUDGED, Build
from errorcontract.model import Basis, Contract, Field, Good, Outcome, Promise, Provenance

_DOCUMENTED_REQUEST = Basis(provenance=Provenance.DOCUMENTED, source="the request is one that the documents allow")


def rejected(
    contract: Contract, cause: str, *, field: Field | None = None, value: Any = None, seen: bool = False
) -> Promise:
    """A rejection for that cause; nothing where the contract has no such cause.

    `cause` may carry a class after a slash.

    `seen`: the value stood in the request, so that an answer which repeats it must repeat it truly.
    """
    promised = contract.causes.get(cause.partition("/")[0])
    if promised is None:
        return replace(UNJUDGED, cause=cause)
    return Promise(
        outcome=Outcome.REJECTED,
        basis=promised.basis,
        cause=cause,
        statuses=promised.statuses,
        codes=promised.codes,
        field_name=field.name if field else None,
        field_names=(field.place,) if field else (),
        value=value,
        has_value=seen,
    )


def accepted(build: Build, good: Good, *, answers: Mapping[str, Any] | None = None) -> Promise:
    """Success, with what the contract says of its answer and its cost; either outcome where it says nothing."""
    basis = good.basis or _DOCUMENTED_REQUEST
    return Promise(
        outcome=Outcome.EITHER if basis.provenance is Provenance.UNSPECIFIED else Outcome.ACCEPTED,
        basis=basis,
        cause=f"good request/{good.name}",
        answers=build.fill(dict(good.answers if answers is None else answers)),
        cost=None if good.cost is None else float(build.fill(good.cost)),
        statuses=good.statuses,
        shape=good.shape,
    )


def refused(contract: Contract, cause: str) -> Promise:
    """A rejection whatever its code: the documents say that it fails, not how."""
    return replace(rejected(contract, cause), codes=frozenset(), statuses=frozenset())


def either(cause: str) -> Promise:
    """Nothing is promised of the outcome."""
    return replace(UNJUDGED, cause=cause)
