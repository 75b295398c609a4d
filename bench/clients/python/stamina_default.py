"""The library stamina around httpx, as its page shows it: `retry(on=httpx.HTTPError, attempts=3)`."""

import httpx
import stamina
from work import BALANCE, HEADERS, ORDER, SEND, run


@stamina.retry(on=httpx.HTTPError, attempts=3)
def balance():
    return httpx.get(BALANCE, headers=HEADERS, timeout=10).raise_for_status().status_code


@stamina.retry(on=httpx.HTTPError, attempts=3)
def send():
    return httpx.post(SEND, headers=HEADERS, json=ORDER, timeout=10).raise_for_status().status_code


run(balance=balance, send=send)
