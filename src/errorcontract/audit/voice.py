"""Speaks as the API would: errors in its envelope, successes as its document shows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from errorcontract.audit.put import put
from errorcontract.model import Code, Contract, Operation, resolve

_WORDS = {
    "Latin": "It failed",
    "Arabic": "حدث خطأ",
    "Cyrillic": "Ошибка",
    "Hebrew": "שגיאה",
    "Greek": "Σφάλμα",
    "Han": "发生错误",
}
_NO_CONTENT = 204


class Voice:
    """Makes bodies. `sample` gives a value that a schema allows, `request_id` a fresh id."""

    def __init__(self, contract: Contract, sample: Callable[[Any], Any], request_id: Callable[[], str]) -> None:
        self.contract, self._sample, self._request_id = contract, sample, request_id

    @property
    def media_type(self) -> str:
        """The media type of errors."""
        return min(self.contract.media_types, default="application/json")

    def error(self, code: str | None, status: int, wait: float | None = None) -> bytes:
        """The body of an error. `wait`: seconds that it asks for, where the contract has a place for them."""
        body = self._form("error")
        known = self.contract.codes.get(code or "")
        self._head(body, code, status)
        self._words(body, known)
        self._members(body, code, known, status)
        delay = self.contract.errors.delay
        if wait is not None and delay is not None:
            put(body, delay.pointer, f"{wait:g}s" if delay.form == "duration" else wait)
        return _encoded(body)

    def success(self, operation: Operation | None, sent: Any, shown: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and body of a success. `sent` is what the request held, `shown` values by pointer."""
        status, example = self._documented(operation)
        if status == _NO_CONTENT:
            return status, b""
        body = json.loads(json.dumps(example)) if isinstance(example, dict) else self._made(operation)
        for pointer, value in {**self._returned(operation, sent), **shown}.items():
            put(body, pointer, value)
        return status, _encoded(body)

    def _form(self, name: str) -> dict[str, Any]:
        made = self._sample(self.contract.envelope.get("$defs", {}).get(name, {}))
        return made if isinstance(made, dict) else {}

    def _made(self, operation: Operation | None) -> dict[str, Any]:
        body = self._form("success")
        made = self._sample(operation.answer_schema) if operation and operation.answer_schema else {}
        body |= made if isinstance(made, dict) else {}
        if self.contract.pointers.success:
            put(body, self.contract.pointers.success, value=True)
        return body

    def _head(self, body: dict[str, Any], code: str | None, status: int) -> None:
        pointers, errors = self.contract.pointers, self.contract.errors
        if pointers.success:
            put(body, pointers.success, value=False)
        if errors.status_in_body:
            put(body, errors.status_in_body.pointer, status)
        if errors.canonical:
            names = sorted(errors.canonical.statuses.items(), key=lambda one: _far(one[1], status))
            put(body, errors.canonical.pointer, names[0][0])
        if code is not None and pointers.code and not self.contract.codes_by_status:
            put(body, pointers.code[0], code)
        if pointers.request_id:
            put(body, pointers.request_id[0], self._request_id())

    def _words(self, body: dict[str, Any], known: Code | None) -> None:
        if self.contract.pointers.message:
            put(body, self.contract.pointers.message[0], known.message if known and known.message else _WORDS["Latin"])
        official = bool(known and known.message)
        for number, language in enumerate(self.contract.errors.languages):
            if language.holds and not (official and number == 0):
                put(body, language.pointer, _WORDS[language.script])
            elif not language.holds:
                put(body, language.pointer, next(text for name, text in _WORDS.items() if name != language.script))

    def _members(self, body: dict[str, Any], code: str | None, known: Code | None, status: int) -> None:
        errors = self.contract.errors
        if errors.code_type:
            types = known.types if known else frozenset()
            put(body, errors.code_type.pointer, min(types, default="system"))
        if errors.timestamp:
            put(body, errors.timestamp.pointer, datetime.now(UTC).isoformat(timespec="milliseconds")[:-6] + "Z")
        if errors.documentation:
            link = errors.documentation.template.replace("{code}", str(code or status))
            put(body, errors.documentation.pointer, link)

    def _documented(self, operation: Operation | None) -> tuple[int, Any]:
        """The status and the example of a success in the OpenAPI document."""
        if operation is None:
            return 200, None
        item = self.contract.openapi.get("paths", {}).get(operation.path, {})
        responses: dict[Any, Any] = item.get(operation.method.lower(), {}).get("responses", {})
        name: Any = next((key for key in responses if str(key).startswith("2")), None)
        response = responses.get(name)
        if isinstance(response, dict) and isinstance(response.get("$ref"), str):
            response = resolve(self.contract.openapi, response["$ref"].removeprefix("#"))
        content = response.get("content") if isinstance(response, dict) else None
        media: Any = next(iter(content.values()), None) if isinstance(content, dict) else None
        status = int(name) if str(name).isdigit() else 200
        return status, media.get("example") if isinstance(media, dict) else None

    def _returned(self, operation: Operation | None, sent: Any) -> dict[str, Any]:
        """The caller's own reference, where the answer repeats it."""
        place = operation.reference if operation else None
        if operation is None or place is None or not isinstance(sent, dict):
            return {}
        value = sent.get(place.rpartition("/")[2])
        return {pointer: value for name, pointer in operation.returns.items() if name == "reference" and value}


def _far(number: int, status: int) -> tuple[bool, bool]:
    """How far a status is from another: the same, of the same class, or neither."""
    return number != status, number // 100 != status // 100


def _encoded(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
