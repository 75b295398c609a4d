"""What a contract promises of error answers beyond their code: members, details, hints, and what HTTP itself asks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errorcontract.model.basis import Basis

_DURATION = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)s")
"""A google.protobuf.Duration in JSON that is not below zero."""
_FOR_EVER = 1e18


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
class Delay:
    """A time to wait in the body: `form` is "seconds" (a number) or "duration" ("30s", google.protobuf.Duration)."""

    pointer: str
    form: str
    basis: Basis

    def seconds(self, told: Any) -> float | None:
        """What it says in seconds; None where it can't be read."""
        if self.form == "duration":
            found = _DURATION.fullmatch(told) if isinstance(told, str) else None
            return float(found[1]) if found else None
        number = isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told < math.inf
        return float(min(told, _FOR_EVER)) if number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Where a hint to wait is promised, or withheld: on these codes, or these statuses."""

    basis: Basis
    codes: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request in a few words: an operation's good request with places changed, or a plain path.

    `sends_as` names other credentials ("none": no credentials), None for those of the good request.
    """

    operation: str | None = None
    good: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    sends_as: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """What is forbidden and what is not there.

    `mode` "same": they must be told alike. "hidden-or-403": forbidden is a 403, or a 404 like the other, and always the
    same.
    """

    name: str
    mode: str
    forbidden: Asked
    missing: Asked
    basis: Basis
