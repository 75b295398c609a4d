"""The library aiohttp with aiohttp-retry as its page shows it: `ExponentialRetry(attempts=3)`."""

import asyncio

from aiohttp import ClientTimeout
from aiohttp_retry import ExponentialRetry, RetryClient
from work import BALANCE, HEADERS, ORDER, SEND, run


async def ask(method, url, **more):
    options = ExponentialRetry(attempts=3)
    async with (
        RetryClient(retry_options=options, headers=HEADERS, timeout=ClientTimeout(10)) as client,
        client.request(method, url, **more) as answer,
    ):
        answer.raise_for_status()
        return answer.status


run(balance=lambda: asyncio.run(ask("GET", BALANCE)), send=lambda: asyncio.run(ask("POST", SEND, json=ORDER)))
