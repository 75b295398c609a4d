"""The commands that show a run's breaches again, with what the preparation did before."""

from __future__ import annotations

from collections.abc import Callable

from errorcontract.curl import Place, Setup, commands, variables
from errorcontract.exchange import TOO_MANY, Mask, Secrets
from errorcontract.model import Breach, Contract, Trace

_MOST_AT_ONCE = 120  # requests that a printed command sends to be told of too many


class Reproduction:
    """Makes commands. `url` gives the address that a family of cases is played at."""

    def __init__(
        self, contract: Contract, run: str, secrets: Secrets, mask: Mask, url: Callable[[str], str]
    ) -> None:
        self._contract, self._run, self._secrets, self._mask, self._url = contract, run, secrets, mask, url
        self._setups: list[Setup] = []

    def prepared(self, trace: Trace, operation: str) -> None:
        """Take note of what was sent to learn something, as later requests stand on it."""
        returns = tuple(self._contract.operations[operation].returns.values())
        self._setups += [Setup(exchange=exchange, returns=returns) for _, exchange in trace.exchanges]

    def curl(self, trace: Trace, only: int | None, sends: int) -> str:
        """The commands for a story, or for one exchange of it, sent so many times; without secrets."""
        place = Place(
            url=self._url(trace.case.family),
            run=self._run,
            secrets=tuple(self._secrets.values),
            extra=self._secrets.extra_headers,
            setups=tuple(self._setups),
            ids=self._ids(),
            private=tuple(variables(self._mask.known.sources, {*self._secrets.values, "RUN"})),
        )
        return self._mask.text(commands(trace, place, only, sends))

    def sends(self, breach: Breach, trace: Trace) -> int:
        """How many requests it takes to be told of too many; 1 where that is not what was told."""
        response, limit = breach.exchange.response, self._contract.rate_limit
        told = response is not None and response.status == TOO_MANY and trace.case.about != "burst"
        return min(limit.requests, _MOST_AT_ONCE) + 1 if told and limit else 1

    def _ids(self) -> tuple[str, ...]:
        """Names of members and headers that hold a request's id, which differs each time."""
        promised = self._contract.request_id
        if promised is None:
            return ()
        members = tuple(pointer.rpartition("/")[2] for pointer in self._contract.pointers.request_id)
        return members + ((promised.header,) if promised.header else ())
