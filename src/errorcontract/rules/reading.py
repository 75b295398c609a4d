"""A response as the contract's pointers read it."""

from __future__ import annotations

import json
from typing import Any

from errorcontract.model import MISSING, Contract, Exchange, Headers, Outcome, Response, Step, resolve

__all__ = ["MISSING", "Reading", "resolve"]

_NO_CONTENT = frozenset({204, 304})
_TOO_LARGE = frozenset({413, 414, 431})
_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_UNPAID, _TOO_MANY = 402, 429
_UNREAD: Any = object()
_MOST_DIGITS = 4000  # Python refuses longer integers


class Reading:
    """One exchange of a case with what its answer says. What most rules ask for is read once, when it is made."""

    __slots__ = (
        "_sent",
        "accepted",
        "code",
        "contract",
        "exchange",
        "has_content",
        "headers",
        "is_error",
        "json",
        "operation",
        "redirects",
        "rejected",
        "request_id",
        "response",
        "status",
        "step",
        "success",
        "whole",
    )

    def __init__(self, contract: Contract, step: Step, exchange: Exchange) -> None:
        self.contract, self.step, self.exchange = contract, step, exchange
        self.response: Response | None = exchange.response
        self.operation: str | None = exchange.request.operation
        """The operation that was called."""
        self._sent: Any = _UNREAD
        self._read_head(exchange.response)
        self._read_body(exchange.response)

    def _read_head(self, response: Response | None) -> None:
        status = response.status if response else 0
        self.status: int = status
        """The status, 0 where there was no response."""
        self.headers: Headers = response.headers if response else ()
        self.is_error: bool = status >= _CLIENT_ERROR
        """Whether the status is one of an error."""
        self.redirects: bool = 300 <= status < _CLIENT_ERROR  # noqa: PLR2004
        """Whether the target points elsewhere."""
        self.whole: bool = response is not None and response.cut is None and self.exchange.failure is None
        """Whether the answer arrived as it was meant."""
        bodyless = self.redirects or status in _NO_CONTENT or self.exchange.request.method in {"HEAD", "OPTIONS"}
        self.has_content: bool = self.whole and not bodyless
        """Whether an answer of this kind must carry a body."""

    def _read_body(self, response: Response | None) -> None:
        self.json: Any = _parsed(response.body) if response else MISSING
        """The body as JSON, MISSING where it is none."""
        pointers, status = self.contract.pointers, self.status
        self.success: Any = self.at(pointers.success)
        """The success flag."""
        self.code: str | None = self._read_code()
        """The error code, None where there is no text."""
        self.request_id: Any = self.first(pointers.request_id)
        """The request id of the body."""
        promise = self.step.promise
        awaited = promise.outcome is Outcome.ACCEPTED and status in promise.statuses
        self.accepted: bool = (200 <= status < 300 and self.success is not False) or awaited  # noqa: PLR2004
        """Whether the target did what it was asked."""
        refused = status < 300 and self.success is False  # noqa: PLR2004
        self.rejected: bool = _CLIENT_ERROR <= status < _SERVER_ERROR or refused
        """Whether the target refused as the caller's fault."""

    def _read_code(self) -> str | None:
        if self.contract.codes_by_status:
            return str(self.status) if self.status else None
        found = (self.at(pointer) for pointer in self.contract.pointers.code)
        return next((code for code in found if isinstance(code, str) and code), None)

    def first(self, pointers: tuple[str, ...]) -> Any:
        """The value at the first pointer where there is one, else MISSING."""
        found = (self.at(pointer) for pointer in pointers)
        return next((value for value in found if value is not MISSING), MISSING)

    def at(self, pointer: str | None) -> Any:
        """The value at a JSON Pointer, MISSING where there is none."""
        return MISSING if pointer is None else resolve(self.json, pointer)

    @property
    def sent(self) -> Any:
        """The body of the request as JSON, MISSING where it is none; read when a rule first asks."""
        if self._sent is _UNREAD:
            self._sent = _json(self.exchange.request.body or b"")
        return self._sent

    @property
    def from_caller(self) -> bool:
        """Whether the request id is the one that the request itself brought."""
        promised = self.contract.request_id
        sent = self.exchange.request.header(promised.header) if promised and promised.header else None
        return sent is not None and sent == self.request_id

    @property
    def too_large(self) -> bool:
        """Whether the request was refused for its size, whatever else was wrong with it."""
        return self.status in _TOO_LARGE

    @property
    def passing(self) -> bool:
        """Whether the answer tells of a state that passes: too many requests, no money, what a code says may pass.

        A status that has this meaning for itself needs no code; whether its code is the right one, others ask.
        """
        if self.unpaid or self.status == _TOO_MANY:
            return True
        code = self.contract.codes.get(self.code or "")
        if code is None or self.status == _SERVER_ERROR or self.status not in (code.statuses or {self.status}):
            return False
        return code.retry in {"after-delay", "backoff"}

    @property
    def unpaid(self) -> bool:
        """Whether the answer says that the balance is too low: by its code, or by the status that means it."""
        no_money = self.contract.causes.get("insufficient-balance")
        return self.status == _UNPAID or bool(no_money and self.rejected and self.code in no_money.codes)

    def told(self) -> str:
        """What was answered, in a few words."""
        if self.exchange.failure:
            return self.exchange.failure
        return str(self.status) if self.code in (None, str(self.status)) else f"{self.status} {self.code}"


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return MISSING


def _parsed(body: bytes) -> Any:
    try:
        text = body.decode()
        try:
            return _decode(text)
        except ValueError:
            return _decode_numbers(text)
    except (ValueError, RecursionError):
        return MISSING


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _number(digits: str) -> int | float:
    """An integer; of one that is too long to be read as such, what a float makes of it."""
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)


_decode = json.JSONDecoder(parse_constant=_refuse).decode
_decode_numbers = json.JSONDecoder(parse_constant=_refuse, parse_int=_number).decode
