"""What can be asked of an API, and what that leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errorcontract.model.basis import Basis
from errorcontract.model.contract.inputs import Field, Good


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a reading operation shows that a refused request must leave as it is."""

    operation: str
    pointer: str
    good: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Makes:
    """What a success of an operation makes. `id` names the value of `returns` that tells it again.

    `found_by` and `deleted_by` are "operation/parameter" that take the id; `gone` is the cause of the refusal of what
    was deleted; `shows` maps places of the request to JSON Pointers of what `found_by` answers. `gives_back`: whether a
    deletion gives back what the thing cost, `keeps_reference`: whether its reference stays used; None: nobody says.
    """

    id: str
    basis: Basis
    found_by: str | None = None
    deleted_by: str | None = None
    gone: str | None = None
    shows: Mapping[str, str] = field(default_factory=dict)
    gives_back: bool | None = None
    keeps_reference: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """That something takes only so many requests of an operation, then refuses them for `cause`.

    How many is the target's matter. `holder` is the place of what takes them, `each` the place of what every request
    needs a new one of; `made_by` gives for both the operation and the value it returns for a new one.
    """

    cause: str
    holder: str
    each: str
    made_by: Mapping[str, tuple[str, str]]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A documented operation with what the harness must know to use it.

    `effect` is "read", "write" or "charge"; `returns` names values of a success answer by JSON Pointer;
    `reference` is the place of its unique reference, `reference_form` the text that holds a fresh one there, and
    `reference_exact` whether another case or padding makes another one; operations of one `reference_space` have their
    references in common; `look_up` names the operation and parameter that finds it,
    and `shows` maps places of the request to JSON Pointers of what the look-up answers.
    `body_schema` and `answer_schema` come from the OpenAPI document, references resolved.
    """

    id: str
    method: str
    path: str
    effect: str
    good: tuple[Good, ...]
    fields: tuple[Field, ...] = ()
    returns: Mapping[str, str] = field(default_factory=dict)
    unpromised: frozenset[str] = frozenset()
    """Names of `returns` that a success need not tell."""
    reference: str | None = None
    reference_form: str = "{new_reference}"
    reference_exact: bool = True
    reference_space: str | None = None
    look_up: str | None = None
    shows: Mapping[str, str] = field(default_factory=dict)
    secured: bool = True
    body_schema: Mapping[str, Any] | None = None
    answer_schema: Mapping[str, Any] | None = None
    media_type: str = "application/json"
    """Of its request body."""
    conditional: bool = False
    """Its answers carry a validator, ETag or Last-Modified."""
    watch: tuple[Watch, ...] = ()
    limited: Limited | None = None
    makes: Makes | None = None
