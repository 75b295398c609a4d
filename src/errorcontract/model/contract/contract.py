"""All that one API promises, as one value. Built by the loader from a contract folder; see docs/contracts.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from errorcontract.model.basis import Basis
from errorcontract.model.contract.causes import Cause, Code
from errorcontract.model.contract.credentials import Credentials
from errorcontract.model.contract.envelope import Pointers, RequestId
from errorcontract.model.contract.error_bodies import ErrorPromises
from errorcontract.model.contract.hiding import Hiding
from errorcontract.model.contract.http import HttpPromises
from errorcontract.model.contract.operations import Operation
from errorcontract.model.contract.private import Private
from errorcontract.model.contract.retrying import RetryPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """The documented limit of a remote test environment."""

    requests: int
    seconds: float
    cause: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Which operation tells the balance, and where in its answer."""

    operation: str
    pointer: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Learn:
    """Read a value of the known data from the target: in the list at `items`, the entry that matches, its member."""

    operation: str
    items: str
    where: Mapping[str, Any]
    take: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """All that one API promises about its errors. `data` is the known data after the user's overrides."""

    name: str
    title: str
    folder: Path
    prefix: str
    production_hosts: tuple[str, ...]
    pointers: Pointers
    request_id: RequestId | None
    credentials: Credentials | None
    rate_limit: RateLimit | None
    ledger: Ledger | None
    data: Mapping[str, Any] = field(repr=False)
    learn: Mapping[str, Learn]
    operations: Mapping[str, Operation]
    causes: Mapping[str, Cause]
    codes: Mapping[str, Code]
    envelope: Mapping[str, Any]
    envelope_basis: Basis
    media_types: frozenset[str]
    """Media types of error bodies; empty: JSON of any name."""
    codes_by_status: bool
    """The API has no code word: the code is the HTTP status as text."""
    codes_open: bool
    """The catalogue is no closed set: a code beyond it breaks nothing."""
    errors: ErrorPromises
    http: HttpPromises
    hiding: tuple[Hiding, ...]
    openapi: Mapping[str, Any]
    left_out: Mapping[str, str]
    """Rule ids that this contract gives no ground for, with the reason."""
    digest: str
    retry_policy: RetryPolicy = field(default_factory=RetryPolicy)
    """What its callers are told about sending again."""
    private: Private = field(default_factory=Private)
    """What is hidden in whatever is kept."""
