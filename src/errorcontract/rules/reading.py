"""A response as the contract's pointers read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from errorcontract.model import Contract, Exchange, Headers, Response, Step

MISSING: Any = object()
_NO_CONTENT = frozenset({204, 304})
_TOO_LARGE = frozenset({413, 414, 431})
_CLIENT_ERROR, _SERVER_ERROR = 400, 500


@dataclass(frozen=True)
class Reading:
    """One exchange of a case with what its answer says. All parts are worked out when first asked for."""

    contract: Contract
    step: Step
    exchange: Exchange

    @property
    def response(self) -> Response | None:
        """The response, None where there was none."""
        return self.exchange.response

    @property
    def status(self) -> int:
        """The status, 0 where there was no response."""
        return self.response.status if self.response else 0

    @property
    def operation(self) -> str | None:
        """The operation that was called."""
        return self.exchange.request.operation

    @property
    def headers(self) -> Headers:
        """The response's headers."""
        return self.response.headers if self.response else ()

    @cached_property
    def whole(self) -> bool:
        """Whether the answer arrived as it was meant."""
        return self.response is not None and self.response.cut is None and self.exchange.failure is None

    @cached_property
    def has_content(self) -> bool:
        """Whether an answer of this kind must carry a body."""
        bodyless = self.exchange.request.method == "HEAD" or self.status in _NO_CONTENT
        return self.whole and not bodyless and not self.redirects and self.exchange.request.method != "OPTIONS"

    @cached_property
    def json(self) -> Any:
        """The body as JSON, MISSING where it is none."""
        try:
            return json.loads((self.response.body if self.response else b"").decode(), parse_constant=_refuse)
        except (ValueError, RecursionError):
            return MISSING

    def at(self, pointer: str | None) -> Any:
        """The value at a JSON Pointer, MISSING where there is none."""
        return MISSING if pointer is None else resolve(self.json, pointer)

    @cached_property
    def success(self) -> Any:
        """The success flag."""
        return self.at(self.contract.pointers.success)

    @cached_property
    def code(self) -> str | None:
        """The error code, None where there is no text."""
        code = self.at(self.contract.pointers.code)
        return code if isinstance(code, str) and code else None

    @cached_property
    def request_id(self) -> Any:
        """The request id of the body."""
        return self.at(self.contract.pointers.request_id)

    @property
    def from_caller(self) -> bool:
        """Whether the request id is the one that the request itself brought."""
        promised = self.contract.request_id
        sent = self.exchange.request.header(promised.header) if promised and promised.header else None
        return sent is not None and sent == self.request_id

    @cached_property
    def accepted(self) -> bool:
        """Whether the target did what it was asked."""
        return 200 <= self.status < 300 and self.success is not False  # noqa: PLR2004

    @cached_property
    def rejected(self) -> bool:
        """Whether the target refused as the caller's fault."""
        return _CLIENT_ERROR <= self.status < _SERVER_ERROR or (self.status < 300 and self.success is False)  # noqa: PLR2004

    @property
    def too_large(self) -> bool:
        """Whether the request was refused for its size, whatever else was wrong with it."""
        return self.status in _TOO_LARGE

    @cached_property
    def redirects(self) -> bool:
        """Whether the target points elsewhere."""
        return 300 <= self.status < _CLIENT_ERROR  # noqa: PLR2004

    @cached_property
    def is_error(self) -> bool:
        """Whether the status is one of an error."""
        return self.status >= _CLIENT_ERROR

    @cached_property
    def passing(self) -> bool:
        """Whether the answer tells of a state that passes (too many requests, no money, maintenance), in a documented way."""
        code = self.contract.codes.get(self.code or "")
        if code is None or self.status == _SERVER_ERROR or self.status not in (code.statuses or {self.status}):
            return False
        return code.retry in {"after-delay", "backoff"} or self.unpaid

    @property
    def unpaid(self) -> bool:
        """Whether the answer says that the balance is too low."""
        no_money = self.contract.causes.get("insufficient-balance")
        return bool(no_money and self.code in no_money.codes)

    def told(self) -> str:
        """What was answered, in a few words."""
        if self.exchange.failure:
            return self.exchange.failure
        return f"{self.status} {self.code}" if self.code else str(self.status)


def resolve(document: Any, pointer: str) -> Any:
    """The value at a JSON Pointer (RFC 6901), MISSING where there is none."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict):
            document = document.get(name, MISSING)
        elif isinstance(document, list) and name.isdigit() and int(name) < len(document):
            document = document[int(name)]
        else:
            return MISSING
    return document


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
