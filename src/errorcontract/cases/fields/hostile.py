"""Values of a field in the first good request of an operation: hostile ones, one that names nothing, none at all."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.build import ABSENT
from errorcontract.cases.fields.case import case_of
from errorcontract.cases.fields.held import good_value
from errorcontract.cases.fields.promise import hostile_promise
from errorcontract.cases.fields.telling import tells_of, unknown_tells
from errorcontract.cases.kit import Kit
from errorcontract.cases.meant import UNSENDABLE, beside_a_body
from errorcontract.cases.promises import rejected
from errorcontract.cases.tables import rows
from errorcontract.model import Case, Field, Operation

_ALIKE = {"other digits", "leading newline", "spacing", "tiny", "exponent", "other type"}
"""Classes much like another one of their kind."""
_OF_ITS_OWN = {"not in the list"}
"""Classes that few fields of a kind have: none before has been asked."""


def hostile(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """A case for each row of the table of its kind that can be sent there."""
    seen: dict[str, int] = {}
    for kind, value in rows(good_value(kit, operation, field), field):
        if field.where != "body":
            value = beside_a_body(field, value)  # noqa: PLW2901 - the row as it is sent
        if value is UNSENDABLE:
            continue
        if field.where == "path" and value in {"", ".."}:
            continue  # another route, not another value
        seen[kind] = seen.get(kind, 0) + 1
        tells = tells_of(field, seen[kind], list(seen).index(kind), 0 if kind in _OF_ITS_OWN else before)
        yield case_of(
            kit,
            operation,
            field,
            kind,
            value,
            hostile_promise(kit, field, kind, value),
            tells - 3 * (kind in _ALIKE),
        )


def unknown(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """A well-formed value that names nothing, and the name of something in another case."""
    if field.unknown is None or field.unknown_cause is None:
        return
    value = kit.build.fill(field.unknown)
    promise = rejected(kit.contract, field.unknown_cause, field=field, value=value, seen=True)
    yield case_of(kit, operation, field, "names nothing", value, promise, unknown_tells(field, before))
    known = good_value(kit, operation, field)
    if field.where == "body" and isinstance(known, str) and known.swapcase() != known:
        other = rejected(
            kit.contract, f"{field.unknown_cause}/other case", field=field, value=known.swapcase(), seen=True
        )
        yield case_of(kit, operation, field, "other case", known.swapcase(), other, 78 - 4 * before)


def missing(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """The field left out, where it is required."""
    if field.required and field.where != "path":
        promise = rejected(kit.contract, f"missing-field/{field.name}", field=field)
        tells = 79 - 2 * before - 2 * (field.where == "query")
        yield case_of(kit, operation, field, "left out", ABSENT, promise, tells)
