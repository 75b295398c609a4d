"""Which operation of a contract a request means."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from errorcontract.model import Contract, Operation


def operation_of(contract: Contract, method: str, target: str) -> Operation | None:
    """The operation that a request calls, None for a route that is not documented.

    A client may be given the base with the contract's prefix or without it: both lead there.
    """
    path = urlsplit(target).path
    wanted = "GET" if method == "HEAD" else method
    for candidate in (path, contract.prefix + path):
        for operation in contract.operations.values():
            if operation.method == wanted and _pattern(operation.path).fullmatch(candidate):
                return operation
    return None


def values_of(operation: Operation, prefix: str, target: str) -> dict[str, str]:
    """The values in the path of a request, by the names of their parameters."""
    path = urlsplit(target).path
    found = _pattern(operation.path).fullmatch(path) or _pattern(operation.path).fullmatch(prefix + path)
    names = re.findall(r"\{([^}]*)\}", operation.path)
    return {name: unquote(value) for name, value in zip(names, found.groups() if found else (), strict=False)}


@lru_cache(maxsize=512)
def _pattern(path: str) -> re.Pattern[str]:
    """Later parts of a path win over a parameter, as parameters hold no slash."""
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("([^/]+)".join(re.escape(part) for part in parts) + "/?")
