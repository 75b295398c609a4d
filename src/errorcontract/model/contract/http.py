"""What a contract promises of the HTTP of its answers."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.model.basis import Basis
from errorcontract.model.contract.error_bodies import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a 202 must not claim: values at a pointer that would mean success."""

    pointer: str
    never: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """That a 410 stays one; `deleted_at` points to the time of the deletion, which lies in the past."""

    deleted_at: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpPromises:
    """What is promised of the HTTP of the answers. None: nothing."""

    location_on_201: Basis | None = None
    location_resolves: Basis | None = None
    allow_on_405: Basis | None = None
    allowed_methods: Told | None = None
    supported_types: Told | None = None
    challenge_on_401: Basis | None = None
    no_body: Basis | None = None
    redirect_location: Basis | None = None
    gone: Gone | None = None
    accepted: Accepted | None = None
    not_modified: Basis | None = None
