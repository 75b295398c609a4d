from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from errorcontract.cases import Build, Kit, Names
from errorcontract.contract import bundled, load
from errorcontract.model import Contract, Operation, Request

ID = "0123456789abcdef01234567"


@pytest.fixture(scope="session", params=bundled())
def contract(request: pytest.FixtureRequest) -> Contract:
    return load(request.param)


@pytest.fixture
def kit(contract: Contract) -> Kit:
    """A kit that knows everything that earlier answers could have told."""
    returned = {f"{one.id}.{name}": ID for one in contract.operations.values() for name in one.returns}
    names = Names(run="ec-test", returned={**returned, "balance": 1_000_000.0})
    return Kit(Build(contract, names), local=True, cased=True, aliases=True, limit=(5, 2.0))


@pytest.fixture
def values_of() -> Callable[[Operation, Request], dict[str, Any]]:
    """What a request holds, by place: "body/amount", "query/type", "path/id"."""
    return read


def read(operation: Operation, request: Request) -> dict[str, Any]:
    parts = urlsplit(request.target)
    found: dict[str, Any] = {}
    for named, segment in zip(operation.path.split("/"), parts.path.split("/"), strict=True):
        if named.startswith("{"):
            found[f"path/{named[1:].partition('}')[0]}"] = unquote(segment)
    found |= {f"query/{name}": value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    json_body = request.body is not None and request.header("Content-Type") == "application/json"
    body = json.loads(request.body or b"{}", parse_float=number) if json_body else {}
    return found | dict(leaves("body", body))


def leaves(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every value in a body by its place; an empty list or mapping is a value itself."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [leaf for name, member in members for leaf in leaves(f"{place}/{name}", member)]
    yield from inner or ([(place, value)] if place != "body" else [])


def number(text: str) -> int | float:
    """The number exactly as it is meant, of any size."""
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else float(text)
