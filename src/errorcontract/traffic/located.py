"""Finds the API of a contract in a recording: at which base URL it stands, and which operation each exchange called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlsplit

from errorcontract.model import Contract, Operation
from errorcontract.traffic.recording import Recorded, Recording

_ELSEWHERE = "at another address than the API"
_OTHER_PATH = "at no operation of the contract"
_OTHER_METHOD = "to an operation, by a method that is not in the contract"
_ERROR = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The exchanges with the API, their targets relative to `url`. `alike` are other addresses that look like one."""

    url: str
    exchanges: tuple[Recorded, ...]
    ours: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, int] = field(default_factory=dict)


def located(recording: Recording, contract: Contract, url: str | None = None) -> Located | None:
    """The part of a recording that a contract is about, None where there is none.

    `url` is the API's base URL; without it, the address where most exchanges fit an operation.
    """
    routes = _by_fit(contract.operations.values())
    found = Counter(base for one in recording.exchanges for base in _bases(one, routes))
    base = url or next((base for base, _ in found.most_common(1)), None)
    if base is None:
        return None
    left_out = Counter(recording.left_out)
    kept = []
    for one in recording.exchanges:
        told = _of_the_api(one, base, routes, contract.prefix)
        if isinstance(told, str):
            left_out[told] += 1
        else:
            kept.append(told)
    if not kept:
        return None
    alike = {other: times for other, times in found.items() if not url and not f"{other}/".startswith(f"{base}/")}
    return Located(url=base, exchanges=tuple(kept), ours=recording.ours, left_out=dict(left_out), alike=alike)


def _of_the_api(one: Recorded, base: str, routes: Sequence[Operation], prefix: str) -> Recorded | str:
    """An exchange with its target below the base URL and its operation, or why it is not judged.

    What the contract does not document is nobody's business, unless it was answered with an error.
    """
    whole = one.origin + one.request.target
    if not whole.startswith(f"{base}/"):
        return _ELSEWHERE
    target = whole[len(base) :]
    path = target.partition("?")[0]
    fits = [operation for operation in routes if _pattern(operation.path).fullmatch(path)]
    named = next((operation.id for operation in fits if operation.method == one.request.method), None)
    if named is None and one.response.status < _ERROR:
        return _OTHER_METHOD if fits else _OTHER_PATH
    if named is None and not fits and not (prefix and path.startswith(f"{prefix}/")):
        return _OTHER_PATH
    return replace(one, request=replace(one.request, target=target, operation=named))


def _bases(one: Recorded, routes: Sequence[Operation]) -> Iterator[str]:
    """The base URL that an exchange would fit, if any."""
    path = urlsplit(one.request.target).path
    for operation in routes:
        match = _pattern(operation.path).search(path) if operation.method == one.request.method else None
        if match:
            yield one.origin + path[: match.start()]
            return


def _by_fit(operations: Iterable[Operation]) -> list[Operation]:
    """Operations whose paths say most come first: fewest parameters, then most parts."""
    return sorted(operations, key=lambda one: (one.path.count("{"), -one.path.count("/")))


@lru_cache(maxsize=1024)
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^{}/]*\})", path)
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts) + "$")
