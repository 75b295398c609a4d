"""Why requests must fail: causes with their codes, and the recipes that provoke them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errorcontract.model.basis import Basis, RetryClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the catalogue. Empty `statuses`: the documents name no status."""

    code: str
    statuses: frozenset[int]
    basis: Basis
    retry: RetryClass
    provokable: bool = True
    why_not: str | None = None
    message: str | None = None
    types: frozenset[str] = frozenset()
    """What the error's type may be; empty: nothing is promised."""
    type_basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A request sent before the one under test. `expected` "any": whatever becomes of it."""

    operation: str
    name: str
    good: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    sends_as: str | None = None
    times: int = 1
    expected: str = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to provoke a cause: the good request of an operation with some places changed.

    `raw` is sent as the body as it is. `sends_as` names other credentials ("none": no credentials). `violates` are the
    places of all its faults, where it has several. `accepted`: it is a promised success after all, as at a bound.
    """

    operation: str
    name: str
    change: Mapping[str, Any] = field(default_factory=dict)
    good: str | None = None
    sends_as: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None
    method: str | None = None
    violates: tuple[str, ...] = ()
    before: tuple[Before, ...] = ()
    tells: int | None = None
    loopback_only: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a request must fail, and with which codes. Empty `codes`: none is promised."""

    id: str
    title: str
    codes: frozenset[str]
    statuses: frozenset[int]
    basis: Basis
    recipes: tuple[Recipe, ...] = ()
