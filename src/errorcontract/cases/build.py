"""Makes requests out of what the contract calls good, with places changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from errorcontract.model import Basis, Contract, Good, Headers, Operation, Outcome, Promise, Provenance, Request

TOKEN = "${ERRORCONTRACT_TOKEN}"  # noqa: S105 - a placeholder
"""Stands for the credential until the request is on the wire, and in printed commands."""

ABSENT = "{absent}"
"""As a changed value: leave the member out."""

_NAME = re.compile(r"\{([A-Za-z_][\w.]*)\}")
JSON_TYPE = ("Content-Type", "application/json")
_ACCEPT = ("Accept", "application/json")
_ENCODERS = {ascii_only: json.JSONEncoder(ensure_ascii=ascii_only).encode for ascii_only in (False, True)}


class UnresolvedError(LookupError):
    """A value that an earlier answer should have given is not there."""


@dataclass(slots=True)
class Names:
    """Fresh references for one run, all with one prefix, and what operations returned so far."""

    run: str
    returned: MutableMapping[str, Any] = field(default_factory=dict)
    _last: int = 0

    def reference(self) -> str:
        """A reference that was never used before. It ends in a letter, so that it has another case."""
        self._last += 1
        return f"{self.run}-{self._last}a"


@dataclass(frozen=True, slots=True)
class Build:
    """The maker of requests for one run."""

    contract: Contract
    names: Names

    def good(self, operation: str, name: str | None = None) -> Good:
        """A good request of an operation, by name; the first one without."""
        goods = self.contract.operations[operation].good
        return next(good for good in goods if name in (None, good.name))

    def request(
        self,
        operation: str,
        good: Good | None = None,
        change: Mapping[str, Any] | None = None,
        headers: Headers | None = None,
        raw: bytes | None = None,
        method: str | None = None,
    ) -> Request:
        """The good request with the values at places ("body/amount") changed. Raises UnresolvedError."""
        described = self.contract.operations[operation]
        parts = self._parts(good or self.good(operation), change or {})
        body = raw if raw is not None else json_bytes(parts["body"])
        kind = (JSON_TYPE,) if body is not None else ()
        return Request(
            method=method or described.method,
            target=_target(described, parts["path"], parts["query"]),
            headers=headers if headers is not None else (*self.credentials(), _ACCEPT, *kind),
            body=body,
            operation=operation,
        )

    def with_body(self, request: Request, place: str, value: Any) -> Request:
        """The request with a member of its JSON body replaced."""
        body = json.loads(request.body or b"{}")
        _put({"body": body}, place, value)
        return replace(request, body=json_bytes(body))

    def json(self, body: Any) -> bytes | None:
        """The JSON of a body."""
        return json_bytes(body)

    def credentials(self, value: str = TOKEN) -> Headers:
        """The credential header, by default with the placeholder."""
        means = self.contract.credentials
        return ((means.header, means.template.replace("{token}", value)),) if means else ()

    def plain(self, method: str, target: str, body: bytes | None = None) -> Request:
        """A request to a route that the contract does not document, with good credentials."""
        kind = (JSON_TYPE,) if body is not None else ()
        return Request(method=method, target=target, headers=(*self.credentials(), _ACCEPT, *kind), body=body)

    def _parts(self, good: Good, change: Mapping[str, Any]) -> dict[str, Any]:
        parts: dict[str, Any] = {"body": good.body, "query": good.query, "path": good.path}
        parts = {where: dict(values) if values is not None else None for where, values in parts.items()}
        for place in change:  # a value that is replaced need not be known
            _put(parts, place, ABSENT)
        parts = {where: self.fill(values) for where, values in parts.items()}
        for place, value in change.items():
            _put(parts, place, value)
        return parts

    def fill(self, value: Any) -> Any:
        """The value with `{names}` replaced; a string that is one name takes the named value's type."""
        if isinstance(value, str):
            return self._fill_text(value)
        if isinstance(value, Mapping):
            return {key: self.fill(item) for key, item in value.items()}
        return [self.fill(item) for item in value] if isinstance(value, list) else value

    def _fill_text(self, text: str) -> Any:
        if "{" not in text or text == ABSENT:
            return text
        whole = _NAME.fullmatch(text)
        return self._named(whole[1]) if whole else _NAME.sub(lambda match: str(self._named(match[1])), text)

    def _named(self, name: str) -> Any:
        if name == "new_reference":
            return self.names.reference()
        known = self.contract.data if name in self.contract.data else self.names.returned
        if name not in known:
            raise UnresolvedError(name)
        return known[name]


def _put(parts: dict[str, Any], place: str, value: Any) -> None:
    where, _, path = place.partition("/")
    *folders, name = path.split("/")
    holder = parts[where] if parts[where] is not None else {}
    parts[where] = holder
    for folder in folders:  # what the contract holds stays as it is
        holder[folder] = dict(holder.get(folder) or {})
        holder = holder[folder]
    if isinstance(value, str) and value == ABSENT:
        holder.pop(name, None)
    else:
        holder[name] = value


def _target(operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any]) -> str:
    target = operation.path
    for name, value in path.items():
        target = target.replace(f"{{{name}}}", quote(_text(value), safe=""))
    pairs = [(name, _text(value)) for name, value in query.items()]
    return f"{target}?{urlencode(pairs, quote_via=quote)}" if pairs else target


def _text(value: Any) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else json.dumps(value)


def json_bytes(body: Any) -> bytes | None:
    """JSON in UTF-8; lone surrogates, which have no UTF-8 form, as escapes."""
    if body is None:
        return None
    try:
        return _dumped(body, ascii_only=False).encode()
    except UnicodeEncodeError:
        return _dumped(body, ascii_only=True).encode()


def _dumped(body: Any, *, ascii_only: bool) -> str:
    try:
        return _ENCODERS[ascii_only](body)
    except TypeError:  # it holds numbers whose spelling matters
        return _spelled(body, ascii_only=ascii_only)


def _spelled(body: Any, *, ascii_only: bool) -> str:
    written: dict[str, str] = {}
    text = json.dumps(body, ensure_ascii=ascii_only, default=lambda value: _marked(value, written))
    for mark, number in written.items():
        text = text.replace(json.dumps(mark, ensure_ascii=ascii_only), number)
    return text


def _marked(value: Any, written: dict[str, str]) -> str:
    """A text that no body holds, to be replaced by the number as written."""
    mark = f"\ue000{len(written)}\ue000"
    written[mark] = value.text
    return mark


UNJUDGED = Promise(
    outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="the documents are silent")
)
"""Either outcome is right; whatever the answer, it must keep the general promises."""
