"""Headers as an object."""

from __future__ import annotations

from errorcontract.reporting.result import Pairs


def joined(headers: Pairs) -> dict[str, str]:
    """Several values of one name, whatever its case, stand joined by a comma."""
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, value in headers:
        first = names.setdefault(name.lower(), name)
        values[first] = f"{values[first]}, {value}" if first in values else value
    return values
