"""What one API promises, as values. Built by the loader from a contract folder; see docs/contracts.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from errorcontract.model.basis import Basis, RetryClass
from errorcontract.model.private import Private
from errorcontract.model.promised import ErrorPromises, Hiding, HttpPromises
from errorcontract.model.retrying import RetryPolicy


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOut:
    """After how many wrong credentials in a row a caller is shut out, and where the harness may try it."""

    after: int
    cause: str
    provoke: str
    attempts_left: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCredential:
    """A further credential: the environment variable that holds it, and the public one of the test environment."""

    environment: str
    test_value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How a caller proves who it is. `test_value` is the public key of the test environment, sent on loopback only.

    `others` are credentials with other rights, by name.
    """

    header: str
    template: str
    environment: str
    test_value: str | None = field(repr=False)
    lock_out: LockOut | None = None
    echoed_by: tuple[tuple[str, str], ...] = ()
    others: Mapping[str, OtherCredential] = field(default_factory=dict)


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
