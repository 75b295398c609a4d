"""The two calls over the library requests, with a setting of urllib3's Retry."""

from __future__ import annotations

from collections.abc import Callable

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry
from work import BALANCE, HEADERS, ORDER, SEND


def calls(retry: Retry) -> dict[str, Callable[[], int]]:
    """The calls by name."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=retry))

    def balance() -> int:
        return _done(session.get(BALANCE, headers=HEADERS, timeout=10))

    def send() -> int:
        return _done(session.post(SEND, headers=HEADERS, json=ORDER, timeout=10))

    return {"balance": balance, "send": send}


def _done(answer: requests.Response) -> int:
    answer.raise_for_status()
    return answer.status_code
