"""The library niquests with its own retries: `Session(retries=3)`."""

import niquests
from work import BALANCE, HEADERS, ORDER, SEND, run

session = niquests.Session(retries=3)


def balance():
    return session.get(BALANCE, headers=HEADERS, timeout=10).raise_for_status().status_code


def send():
    return session.post(SEND, headers=HEADERS, json=ORDER, timeout=10).raise_for_status().status_code


run(balance=balance, send=send)
