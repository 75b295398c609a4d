"""Are several faults of one request all named in one answer?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from errorcontract.cases.build import ABSENT
from errorcontract.cases.fields import good_value, hostile_promise
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import rejected
from errorcontract.cases.tables import rows
from errorcontract.model import Case, Field, Operation, Outcome, Promise

_AT_ONCE = 3
_SEVERAL = "several-faults"
_MISSING = "missing-field"
_READ_FIRST = {"choice", "timestamp"}
"""Kinds that whatever reads a body may refuse, before anybody checks what it holds."""

_Fault = tuple[Field, Any, Promise]


def cases(kit: Kit) -> Iterator[Case]:
    """Two or three fields of an operation wrong at once, and all required ones left out at once."""
    violations = kit.contract.errors.violations
    if violations is None or violations.every is None:
        return
    for rank, operation in enumerate(kit.contract.operations.values()):
        tells = max(50, 77 - 3 * rank)
        for number, group in enumerate(_groups(list(_faults(kit, operation)))):
            yield _case(kit, operation, "wrong", group, max(44, tells - 6 * number))
        missing = [(field, ABSENT, rejected(kit.contract, _MISSING)) for field in _required(operation)]
        if len(missing) > 1 and _MISSING in kit.contract.causes:
            yield _case(kit, operation, "left out", missing, tells - 3)


def _required(operation: Operation) -> Iterator[Field]:
    return (field for field in operation.fields if field.where == "body" and field.required)


def _faults(kit: Kit, operation: Operation) -> Iterator[_Fault]:
    """The first value of each field that is wrong as what it says.

    An empty value or one of another type could be refused before it is read, and then without the others.
    """
    for field in operation.fields:
        if field.where != "body" or field.kind in _READ_FIRST:
            continue
        good = good_value(kit, operation, field)
        promised = ((value, hostile_promise(kit, field, kind, value)) for kind, value in rows(good, field))
        wrong = (
            (field, value, promise)
            for value, promise in promised
            if promise.outcome is Outcome.REJECTED and _readable(value, good)
        )
        yield from (fault for fault in [next(wrong, None)] if fault is not None)


def _readable(value: Any, good: Any) -> bool:
    if isinstance(value, str):
        return isinstance(good, str) and bool(value.strip()) and value.isprintable()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and isinstance(good, int | float) and not isinstance(good, bool)


def _groups(faults: Sequence[_Fault]) -> Iterator[Sequence[_Fault]]:
    """Three at once, the last ones too where they are two or, with one that was asked already, one."""
    for start in range(0, len(faults), _AT_ONCE):
        group = faults[max(0, min(start, len(faults) - 2)) : start + _AT_ONCE]
        if len(group) > 1:
            yield group


def _case(kit: Kit, operation: Operation, kind: str, faults: Sequence[_Fault], tells: int) -> Case:
    change: Mapping[str, Any] = {field.place: value for field, value, _ in faults}
    promise = _promise(kit, [promise for _, _, promise in faults], tuple(change))
    return kit.single(
        "violations",
        operation.id,
        f"{', '.join(field.name for field, _, _ in faults)} {kind}",
        lambda: kit.build.request(operation.id, change=change),
        promise,
        cause=promise.cause,
        tells=tells,
    )


def _promise(kit: Kit, promises: Sequence[Promise], places: tuple[str, ...]) -> Promise:
    """What the contract promises for several faults; else what it promises for each of them, where that is the same."""
    first, bases = promises[0], {str(promise.cause).partition("/")[0] for promise in promises}
    if len(bases) > 1 and _SEVERAL in kit.contract.causes:
        return replace(rejected(kit.contract, _SEVERAL), field_names=places)
    alike = all((one.codes, one.statuses) == (first.codes, first.statuses) for one in promises)
    return Promise(
        outcome=Outcome.REJECTED,
        basis=first.basis,
        cause=f"{str(first.cause).partition('/')[0]}/several faults",
        codes=first.codes if alike else frozenset(),
        statuses=first.statuses if alike else frozenset(),
        field_names=places,
    )
