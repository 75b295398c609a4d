"""Which call a request is: what makes two requests the same one, sent again."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from errorcontract.audit.gist import gist
from errorcontract.audit.private import is_private
from errorcontract.model import Attempt, Contract, Headers, Operation, Request, first_header, resolve

_FORM = "application/x-www-form-urlencoded"
_BOUNDARY = re.compile(rb'boundary="?([^";,\s]+)')


def attempt(contract: Contract, operation: Operation | None, request: Request, *, scripted: bool) -> Attempt:
    """A request as far as it matters for what is sent again. Only digests of its contents are kept."""
    path, body = request.target.partition("?")[0], request.body or b""
    said, plain = members(request.headers, body), _plain(request.headers, body)
    return Attempt(
        place=f"{request.method} {path}",
        content=_digest(request.method, request.target, plain),
        gist=_digest(path, plain if said is None else "", *gist(request.target, said, operation)),
        reference=_reference(contract, operation, request.headers, body),
        credential=_digest(*(value for name, value in request.headers if _tells(contract, name))),
        scripted=scripted,
    )


def parsed(body: bytes) -> Any:
    """The JSON of a body, None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def members(headers: Headers, body: bytes) -> Any:
    """What a body says: its JSON, or the members of its form; None where it is neither."""
    value = parsed(body)
    if value is None and _FORM in (first_header(headers, "Content-Type") or "").lower():
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return value


def _tells(contract: Contract, name: str) -> bool:
    means = contract.credentials
    return is_private(name) or bool(means and means.header.lower() == name.lower())


def _plain(headers: Headers, body: bytes) -> str:
    """A body without what differs each time by its nature: the order of members, the boundary of parts."""
    value = parsed(body)
    if value is not None:
        return json.dumps(value, sort_keys=True)
    boundary = _BOUNDARY.search((first_header(headers, "Content-Type") or "").encode("latin-1", "replace"))
    return (body.replace(boundary[1], b"") if boundary else body).hex()


def _reference(contract: Contract, operation: Operation | None, headers: Headers, body: bytes) -> str | None:
    """A digest of the caller's own key for what it sends, None where it has none. The API's own way comes first."""
    place = operation.reference if operation else None
    if place and place.startswith("body/"):
        value = resolve(members(headers, body), place.removeprefix("body"))
        if isinstance(value, str) and value:
            return _digest(value)
    keys = [value for name, value in headers if name.lower() in contract.retry_policy.keys]
    return _digest(*keys) if keys else None


def _digest(*parts: str) -> str:
    digest = blake2b(digest_size=12)
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape")
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.hexdigest()


ANONYMOUS = _digest()
"""The credential of a request that has none."""
