"""Where the parts of an answer stand, and what is promised of request ids."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.model.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointers:
    """JSON Pointers into a response body: of several, the first that is there counts. Empty: the API has none."""

    success: str | None = None
    data: str | None = None
    code: tuple[str, ...] = ()
    message: tuple[str, ...] = ()
    request_id: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestId:
    """What is promised of request ids: on which answers, in what form, in which header as well."""

    on_errors: Basis
    on_success: Basis
    pattern: str | None = None
    pattern_basis: Basis | None = None
    header: str | None = None
    header_basis: Basis | None = None
