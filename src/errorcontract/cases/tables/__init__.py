"""Hostile values by kind of field.

A row is a class and a value; the contract's schema decides which rows must be refused. The first row of each class
tells most. Rows never depend on one API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from errorcontract.cases.tables import amount, choice, count, email, identifier, phone, text, timestamp
from errorcontract.model import Field

Row = tuple[str, Any]
Table = Callable[[Any, Field], Iterator[Row]]

TABLES: dict[str, Table] = {
    "phone": phone.rows,
    "amount": amount.rows,
    "count": count.rows,
    "choice": choice.rows,
    "identifier": identifier.rows,
    "reference": identifier.rows,
    "text": text.rows,
    "e-mail": email.rows,
    "timestamp": timestamp.rows,
}


def rows(good: Any, field: Field) -> Iterator[Row]:
    """The rows for a field that holds a good value, without those that repeat it."""
    for kind, value in TABLES[field.kind](good, field):
        if type(value) is not type(good) or value != good:
            yield kind, value
