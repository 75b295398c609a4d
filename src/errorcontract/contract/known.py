"""The known data of a test environment: defaults of the manifest, overridden by the user or by what was learned."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from errorcontract.contract.names import fill
from errorcontract.contract.problem import unknown
from errorcontract.errors import UsageError
from errorcontract.model import Learn


def known_data(declared: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """The values by name; UsageError for an override that names nothing or is of another type."""
    data = {name: value["value"] if isinstance(value, dict) else value for name, value in declared.items()}
    for name, value in overrides.items():
        if name not in data:
            raise UsageError(f"--data {name}: {unknown('value', name, data)}")
        data[name] = converted(name, value, data[name])
    return data


def learned(declared: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Learn]:
    """How to learn values from the target, by name."""
    found = {name: value["learn"] for name, value in declared.items() if isinstance(value, dict) and "learn" in value}
    return {
        name: Learn(operation=how["operation"], items=how["items"], where=fill(how["where"], data), take=how["take"])
        for name, how in found.items()
    }


def converted(name: str, value: Any, default: Any) -> Any:
    """A text as the type of the default; what is no text already has its type."""
    if not isinstance(value, str) or isinstance(default, str):
        return value if not isinstance(default, str) or isinstance(value, str) else str(value)
    if isinstance(default, list):
        return [converted(name, part.strip(), default[0] if default else "") for part in value.split(",")]
    if isinstance(default, bool):
        if value.lower() in {"true", "false"}:
            return value.lower() == "true"
        raise UsageError(f"--data {name}={value}: must be true or false")
    return _number(name, value)


def _number(name: str, text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"--data {name}={text}: must be a number")
    return number
