"""The library google-api-core as it comes, `retry.Retry()`, over requests: what its REST clients are built on."""

import requests
from google.api_core import exceptions, retry
from work import BALANCE, HEADERS, ORDER, SEND, run


@retry.Retry()
def balance():
    return done(requests.get(BALANCE, headers=HEADERS, timeout=10))


@retry.Retry()
def send():
    return done(requests.post(SEND, headers=HEADERS, json=ORDER, timeout=10))


def done(answer):
    if answer.status_code >= 400:
        raise exceptions.from_http_response(answer)
    return answer.status_code


run(balance=balance, send=send)
