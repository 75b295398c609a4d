"""The fixture for tests of one's own client: answers by script, and verdicts on what the client did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from errorcontract.errors import HarnessError
from errorcontract.run.served import Served


class ErrorServer(Served):
    """A server that a test's client calls at `url`. It is closed when the test ends."""

    def __init__(self, contract: str, case: str, only: tuple[str, ...], fail_on: str, *, once: bool) -> None:
        super().__init__(contract, case, only, once=once)
        self._failing = {"error"} if fail_on == "error" else {"error", "warning"}

    def assert_kept(self) -> None:
        """Fail the test if the client called nobody, or broke what its contract promises."""
        if not self.attempts:
            pytest.fail("the client made no call", pytrace=False)
        failing = [verdict.told() for verdict in self.verdicts() if verdict.severity in self._failing]
        if failing:
            pytest.fail("\n".join(failing), pytrace=False)


class ErrorServers:
    """Starts servers: `error_server("my-api", "429-seconds")`. `errorcontract answer my-api` lists the cases."""

    def __init__(self, fail_on: str) -> None:
        self._fail_on = fail_on
        self.running: list[ErrorServer] = []

    def __call__(self, contract: str, case: str, *only: str, once: bool = False) -> ErrorServer:
        """A server for one case of a contract, a bundled name or a folder.

        `only`: calls ("POST /pay") that are answered by script while all others succeed. `once`: the test means each
        call once, so that another with a fresh reference is the same one, sent again.
        """
        why = ""
        try:
            self.running.append(ErrorServer(contract, case, only, self._fail_on, once=once))
        except HarnessError as problem:
            why = str(problem)
        if why:
            pytest.fail(why, pytrace=False)
        return self.running[-1]


@pytest.fixture
def error_server(request: pytest.FixtureRequest) -> Iterator[ErrorServers]:
    """Answers a client by script: errors, delays, outages, lost answers; and judges what it does."""
    servers = ErrorServers(request.config.getoption("ec_fail_on"))
    yield servers
    for server in servers.running:
        server.close()
