"""What a contract promises of error bodies beyond their code: members, texts and details."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from errorcontract.model.basis import Basis
from errorcontract.model.contract.waiting import Delay, Hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A member of the body that is promised, by JSON Pointer."""

    pointer: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A canonical name of the error and the HTTP status of each name (google.rpc.Code)."""

    pointer: str
    statuses: Mapping[str, int]
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """The time in an error: its form, and how many seconds from now it may be."""

    pointer: str
    pattern: str | None
    within: float
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """A link to the page of the code; `template` holds `{code}`."""

    pointer: str
    template: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A text that holds letters of a Unicode script, or lacks them."""

    pointer: str
    script: str
    holds: bool
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """The list of the fields that were wrong.

    `path` is "name" (an item names the field) or "body-path" (a dotted path with indices into the body that was
    sent). `every`, `only` and `resolves` are what it rests on that all faulty fields stand there, that no other
    does, and that each path leads to something that was sent; None where that is not promised.
    """

    items: str
    field: str
    path: str
    tolerated_heads: frozenset[str] = frozenset()
    every: Basis | None = None
    only: Basis | None = None
    resolves: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A JSON Schema that answers of a kind must satisfy; `rule` is the id of the rule that judges it.

    `when` chooses the answers, `then` judges them; both are schemas over
    {"status", "operation", "cause", "code", "headers", "body"}.
    """

    rule: str
    title: str
    when: Mapping[str, Any]
    then: Mapping[str, Any]
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPromises:
    """What error bodies hold beside their code. None and empty: nothing is promised."""

    status_in_body: Told | None = None
    canonical: Canonical | None = None
    code_type: Told | None = None
    timestamp: Timestamp | None = None
    documentation: Documentation | None = None
    languages: tuple[Language, ...] = ()
    constant_code: Basis | None = None
    violations: Violations | None = None
    delay: Delay | None = None
    hint_promised: Hint | None = None
    hint_withheld: Hint | None = None
    shapes: tuple[Shape, ...] = ()
