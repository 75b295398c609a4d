"""Makes requests out of what the contract calls good, with places changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from errorcontract.cases.encode import encoded, json_bytes
from errorcontract.model import (
    Basis,
    Contract,
    Good,
    Headers,
    Operation,
    Outcome,
    Promise,
    Provenance,
    Request,
    expanded,
    with_moments,
)

TOKEN = "${ERRORCONTRACT_TOKEN}"  # noqa: S105 - a placeholder
"""Stands for the credential until the request is on the wire, and in printed commands."""

ABSENT = "{absent}"
"""As a changed value: leave the member out."""

_NAME = re.compile(r"\{([A-Za-z_][\w.]*)\}")
JSON_TYPE = ("Content-Type", "application/json")
_ACCEPT = ("Accept", "application/json")
NOBODY = "none"
"""As the name of a credential: send none."""


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
    """The maker of requests for one run. `unknown` are the credentials of the contract that nobody gave."""

    contract: Contract
    names: Names
    unknown: frozenset[str] = frozenset()

    def reference(self, operation: Operation, of: str | None = None) -> str:
        """A fresh reference for an operation, in its form; `of` is what the form holds instead of a fresh one."""
        return operation.reference_form.replace("{new_reference}", self.names.reference() if of is None else of)

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
        sends_as: str | None = None,
        story: Mapping[str, Any] | None = None,
    ) -> Request:
        """The good request with the values at places ("body/amount") changed. Raises UnresolvedError.

        `story` are names that hold in one case only.
        """
        described, good = self.contract.operations[operation], good or self.good(operation)
        parts = self._parts(good, change or {}, story or {})
        kind, body = encoded(described.media_type, parts["body"])
        body = body if raw is None else raw
        return Request(
            method=method or described.method,
            target=_target(described, parts["path"], parts["query"]),
            headers=self._headers(good, kind if body is not None else None, sends_as) if headers is None else headers,
            body=body,
            operation=operation,
        )

    def _headers(self, good: Good, kind: str | None, sends_as: str | None) -> Headers:
        own = tuple((name, str(self.fill(value))) for name, value in good.headers.items())
        media = (("Content-Type", kind),) if kind else ()
        return (*self.credential_of(sends_as or good.sends_as), _ACCEPT, *media, *own)

    def credential_of(self, name: str | None) -> Headers:
        """The header of a credential by name, None for the usual one. Raises UnresolvedError where nobody gave it."""
        if name == NOBODY:
            return ()
        if name in self.unknown:
            raise UnresolvedError(name)
        means = self.contract.credentials
        return self.credentials(f"${{{means.others[name].environment}}}" if name and means else TOKEN)

    def json(self, body: Any) -> bytes | None:
        """The JSON of a body."""
        return json_bytes(body)

    def credentials(self, value: str = TOKEN) -> Headers:
        """The credential header, by default with the placeholder."""
        means = self.contract.credentials
        return ((means.header, means.template.replace("{token}", value)),) if means else ()

    def plain(self, method: str, target: str, body: bytes | None = None, sends_as: str | None = None) -> Request:
        """A request to a route that the contract does not document, with good credentials."""
        kind = (JSON_TYPE,) if body is not None else ()
        return Request(method=method, target=target, headers=(*self.credential_of(sends_as), _ACCEPT, *kind), body=body)

    def _parts(self, good: Good, change: Mapping[str, Any], story: Mapping[str, Any]) -> dict[str, Any]:
        parts: dict[str, Any] = {"body": good.body, "query": good.query, "path": good.path}
        for place in change:  # a value that is replaced need not be known
            put(parts, place, None)
        parts = {where: expanded(self.fill(values, story)) for where, values in parts.items()}
        for place, value in change.items():
            put(parts, place, value)
        return parts

    def fill(self, value: Any, story: Mapping[str, Any] | None = None) -> Any:
        """The value with `{names}` replaced; a string that is one name takes the named value's type."""
        if isinstance(value, str):
            return self._fill_text(value, story or {})
        if isinstance(value, Mapping):
            return {key: self.fill(item, story) for key, item in value.items()}
        return [self.fill(item, story) for item in value] if isinstance(value, list) else value

    def _fill_text(self, text: str, story: Mapping[str, Any]) -> Any:
        if "{" not in text or text == ABSENT:
            return text
        text = with_moments(text)
        whole = _NAME.fullmatch(text)
        if whole:
            return self._named(whole[1], story)
        return _NAME.sub(lambda match: str(self._named(match[1], story)), text)

    def _named(self, name: str, story: Mapping[str, Any]) -> Any:
        if name in story:
            return story[name]
        if name in {"new_reference", "story_reference"}:
            return self.names.reference()
        if name == "index":  # the number of an item in a repeated list
            return "{index}"
        known = self.contract.data if name in self.contract.data else self.names.returned
        if name not in known:
            raise UnresolvedError(name)
        return known[name]


def put(parts: dict[str, Any], place: str, value: Any) -> None:
    """Put a value at a place of a request's parts: "body", "query", "path"."""
    where, _, path = place.partition("/")
    parts[where] = _with(parts[where] if parts[where] is not None else {}, path.split("/"), value)


def _with(holder: Any, path: list[str], value: Any) -> Any:
    """A copy of a value with another one at a path; what the contract holds stays as it is."""
    if not path:
        return value
    first, *rest = path
    absent = not rest and isinstance(value, str) and value == ABSENT
    if isinstance(holder, list) and first.isdecimal():
        number = int(first)
        inner = holder[number] if number < len(holder) else {}
        return [*holder[:number], *([] if absent else [_with(inner, rest, value)]), *holder[number + 1 :]]
    members = dict(holder) if isinstance(holder, Mapping) else {}
    if absent:
        members.pop(first, None)
        return members
    return {**members, first: _with(members.get(first), rest, value)}


def _target(operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any]) -> str:
    target = operation.path
    for name, value in path.items():
        target = target.replace(f"{{{name}}}", quote(_text(value), safe="", errors="replace"))
    pairs = [(name, _text(value)) for name, value in query.items()]
    asked = urlencode(pairs, quote_via=quote, errors="replace")
    return f"{target}?{asked}" if pairs else target


def _text(value: Any) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else json.dumps(value)


UNJUDGED = Promise(
    outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="the documents are silent")
)
"""Either outcome is right; whatever the answer, it must keep the general promises."""
