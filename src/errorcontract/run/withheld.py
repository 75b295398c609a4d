"""Puts variables in the place of the credentials that recorded requests hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Credentials, Headers, Request

_MAIN = "ERRORCONTRACT_TOKEN"


class Withheld:
    """Collects credentials. `values` are those found so far, by the name of the variable that stands for each."""

    def __init__(self, means: Credentials | None) -> None:
        self._means = means
        self.values: dict[str, str] = {}

    def from_request(self, request: Request) -> Request:
        """The request without its credentials."""
        return replace(request, headers=tuple(self._headers(request.headers)))

    def _headers(self, headers: Headers) -> Iterable[tuple[str, str]]:
        for name, value in headers:
            yield self._main(name, value) or self._private(name, value)

    def _main(self, name: str, value: str) -> tuple[str, str] | None:
        """The header that the contract names, with the credential alone replaced."""
        means = self._means
        if means is None or name.lower() != means.header.lower():
            return None
        before, _, after = means.template.partition("{token}")
        if not value.startswith(before) or not value.endswith(after) or len(value) <= len(before) + len(after):
            return None
        token = value[len(before) : len(value) - len(after)]
        return name, f"{before}{self._variable(_MAIN, token)}{after}"

    def _private(self, name: str, value: str) -> tuple[str, str]:
        """Another header; what its name tells to be a credential is replaced."""
        if name.lower() == "cookie":
            return name, "; ".join(self._cookie(pair) for pair in value.split("; "))
        try:
            header, found = extra_header(f"{name}: {value}")
        except ValueError:
            return name, value
        for variable, secret in found.items():
            header = header[0], header[1].replace(f"${{{variable}}}", self._variable(variable, secret))
        return header

    def _cookie(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        variable = "COOKIE_" + re.sub(r"\W", "_", name).upper()
        return f"{name}={self._variable(variable, value)}" if equals and value else pair

    def _variable(self, name: str, value: str) -> str:
        if value.startswith("${"):  # a recording of ours
            return value
        number, known = 1, name
        while self.values.setdefault(known, value) != value:
            number += 1
            known = f"{name}_{number}"
        return f"${{{known}}}"
