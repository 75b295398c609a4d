"""The reference APIs of the Google contracts, driven by Google's own client libraries over REST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from google.auth import credentials

from errorcontract.embedded import Embedded


@pytest.fixture(scope="session")
def host() -> Iterator[Callable[[str], str]]:
    """Starts a contract's reference API, gives its host and port."""
    running: dict[str, Embedded] = {}

    def started(contract: str) -> str:
        if contract not in running:
            running[contract] = Embedded(contract)
        return urlsplit(running[contract].url).netloc

    yield started
    for one in running.values():
        one.stop()


class Bearer(credentials.Credentials):
    """A token that can't be had anew; the library asks for that after a 401."""

    def __init__(self, token: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.token = token

    def refresh(self, request: Any) -> None:
        """It stays as it is."""


@pytest.fixture
def client(host: Callable[[str], str]) -> Callable[..., Any]:
    """A client of a library, over its REST transport, to the reference API of a contract."""

    def made(kind: type[Any], contract: str, token: str) -> Any:
        transport = kind.get_transport_class("rest")
        return kind(transport=transport(host=host(contract), credentials=Bearer(token), url_scheme="http"))

    return made
