"""What operations take: their fields, and good requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errorcontract.model.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An input of an operation: `place` is "body/NAME", "query/NAME" or "path/NAME".

    `schema` is the JSON Schema that decides which values the documents allow; `cause` is what a
    value outside it provokes; `unknown` is a well-formed value that names nothing.
    """

    place: str
    kind: str
    schema: Mapping[str, Any]
    required: bool
    cause: str
    region: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unknown: Any = None
    unknown_cause: str | None = None

    @property
    def name(self) -> str:
        """The last part of the place, as the documents call the field."""
        return self.place.rpartition("/")[2]

    @property
    def where(self) -> str:
        """The first part of the place: "body", "query" or "path"."""
        return self.place.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """A request that the documents allow. `cost`: what it charges, None where nothing is promised.

    `sends_as` names other credentials than the usual ones; `statuses` are the documented ones of its success, `shape`
    is a JSON Schema over {"status", "headers", "body"} that its answer satisfies. Values may hold `{name}` of the known
    data, `{new_reference}` (fresh at each use), `{story_reference}` (fresh for each case), `{now+7d}` and
    `{operation.name}` of what an earlier operation returned.
    """

    name: str
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    query: Mapping[str, Any] = field(default_factory=dict, repr=False)
    path: Mapping[str, Any] = field(default_factory=dict, repr=False)
    cost: Any = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    basis: Basis | None = None
    sends_as: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: frozenset[int] = frozenset()
    shape: Mapping[str, Any] | None = None
    bounds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Bounds that its fields have in this request, by place, where they are others than the field's own."""
