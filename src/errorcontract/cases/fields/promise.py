"""What is promised for a value of a field."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from errorcontract.cases.kit import Kit
from errorcontract.cases.meant import as_meant
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import either, refused, rejected
from errorcontract.model import Field, Promise, number_of

_SEPARATOR = re.compile(r"[/\\?#;]|%2f|%5c", re.IGNORECASE)


def hostile_promise(kit: Kit, field: Field, kind: str, value: Any) -> Promise:
    """What is promised for a value of a field: the field's schema decides."""
    cause = f"{field.cause}/{kind}"
    if allowed(field.schema, as_meant(field, value)) or (value is None and not field.required):
        if field.where == "path":  # a well-formed name of nothing
            return refused(kit.contract, f"{field.unknown_cause or field.cause}/{kind}")
        return either(cause)
    if _may_be_another_route(field, value):
        return refused(kit.contract, cause)
    promise = rejected(kit.contract, cause, field=field, value=value, seen=kind != "null")
    return replace(promise, affordable=_affordable(kit, field, value))


def _may_be_another_route(field: Field, value: Any) -> bool:
    """Whether a path holds a separator, which many servers read before they look for a route, however it is escaped."""
    return field.where == "path" and isinstance(value, str) and _SEPARATOR.search(value) is not None


def _affordable(kit: Kit, field: Field, value: Any) -> bool:
    """Whether the account holds far more than an amount, so that its balance is no reason to refuse it."""
    balance = kit.build.names.returned.get("balance", 0)
    number = number_of(value)
    return field.kind == "amount" and number is not None and abs(number) * 2 < balance
