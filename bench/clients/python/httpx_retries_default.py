"""The library httpx with httpx-retries as it comes: `RetryTransport()`."""

import httpx
from httpx_retries import RetryTransport
from work import BALANCE, HEADERS, ORDER, SEND, run

client = httpx.Client(transport=RetryTransport(), headers=HEADERS, timeout=10)


def balance():
    return client.get(BALANCE).raise_for_status().status_code


def send():
    return client.post(SEND, json=ORDER).raise_for_status().status_code


run(balance=balance, send=send)
