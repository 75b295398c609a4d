"""The yardstick: one keep-alive connection of http.client that asks for the balance and orders, nothing judged."""

from __future__ import annotations

import http.client
import time
from typing import Any
from urllib.parse import urlsplit

from processes import Server
from raw_figures import NotMeasured

from errorcontract.cases import Build, Names
from errorcontract.exchange import Secrets

REQUESTS = 4000


def measure(contract: Any, server: Server, requests: int = REQUESTS) -> dict[str, Any]:
    """Send that many requests, made before the clock starts, by turns GET and POST."""
    made = prepared(contract, requests)
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    connection.connect()
    clock = time.perf_counter()
    for method, target, body, headers in made:
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        response.read()
        if not response.status < http.client.MULTIPLE_CHOICES:
            raise NotMeasured(f"the plain loop got {response.status} for {method} {target}")
    seconds = time.perf_counter() - clock
    connection.close()
    return {
        "requests": requests,
        "seconds": round(seconds, 4),
        "served": server.requests,
        "by_status": server.by_status(),
    }


def prepared(contract: Any, requests: int) -> list[tuple[str, str, bytes | None, dict[str, str]]]:
    """Good requests, by turns of the operation that tells the balance and of the first that charges it."""
    build = Build(contract, Names(run="plain"))
    charging = next(operation.id for operation in contract.operations.values() if operation.effect == "charge")
    operations = [contract.ledger.operation, charging]
    secrets = Secrets(values={"ERRORCONTRACT_TOKEN": contract.credentials.test_value})
    made = (build.request(operations[number % 2]) for number in range(requests))
    return [
        (request.method, request.target, request.body, {name: secrets.fill(value) for name, value in request.headers})
        for request in made
    ]
