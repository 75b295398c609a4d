"""The library tenacity around httpx, for whatever is raised: three attempts with random exponential waiting."""

import httpx
from tenacity import retry, stop_after_attempt, wait_random_exponential
from work import BALANCE, HEADERS, ORDER, SEND, run

again = retry(stop=stop_after_attempt(3), wait=wait_random_exponential(multiplier=1, max=60))


@again
def balance():
    return httpx.get(BALANCE, headers=HEADERS, timeout=10).raise_for_status().status_code


@again
def send():
    return httpx.post(SEND, headers=HEADERS, json=ORDER, timeout=10).raise_for_status().status_code


run(balance=balance, send=send)
