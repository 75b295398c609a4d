"""One case of the client audit for a client in this process: a server beside it, and verdicts on what it did."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from errorcontract.audit import Heard, Host, Played, cases
from errorcontract.contract import load, nearest
from errorcontract.errors import UsageError
from errorcontract.findings import severity
from errorcontract.model import Conduct, Usual
from errorcontract.rules import Judge, client_rules
from errorcontract.run.audit import case_of, trace_of, voice_of

_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request of the client. `status` is what it was answered, None for no answer; `gap` the seconds before it.

    The gap goes from the answer to the request before until this one came; None for the first.
    """

    method: str
    path: str
    body: bytes | None
    status: int | None
    gap: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A promise that the client broke. `severity`: "error" or "warning"."""

    rule: str
    severity: str
    summary: str
    expected: str
    observed: str

    def told(self) -> str:
        """In one line."""
        what = f"{self.severity.upper()} {self.rule}: {self.summary}"
        return f"{what}; expected {self.expected}, observed {self.observed}"


class Served:
    """A server at `url` that answers as a case says, until it is closed. `once`: each call is meant once."""

    def __init__(self, contract: str, case: str, only: Iterable[str] = (), *, once: bool = False) -> None:
        self.contract, self._once = load(contract), once
        scripts = {script.id: script for script in cases(self.contract)}
        if case not in scripts:
            near = nearest(case, scripts)
            raise UsageError(f"{contract} has no case {case!r}{near}; `errorcontract answer {contract}` lists them")
        self._host = Host(script=scripts[case], voice=voice_of(self.contract), only=frozenset(only) or None)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._done(self._host.open())
        self.url = self._host.url

    @property
    def attempts(self) -> list[Seen]:
        """What the client sent so far."""
        heard = self._heard()
        return [_seen(one, before) for one, before in zip(heard, [None, *heard], strict=False)]

    def verdicts(self) -> list[Verdict]:
        """The promises that the client broke so far."""
        conduct = Conduct(
            attempts=tuple(one.attempt for one in self._heard()),
            strange=self._host.script.strange,
            kind=self._host.script.kind,
            usual=Usual(calls={one.attempt.place: (1, 1, 1) for one in self._heard()}) if self._once else None,
        )
        played = Played(script=self._host.script, heard=tuple(self._heard()), conduct=conduct, only=self._host.only)
        trace = trace_of(played, case_of(self._host.script), count(1))
        return [
            Verdict(
                rule=rule.id,
                severity=grade,
                summary=breach.summary,
                expected=breach.expected,
                observed=breach.observed,
            )
            for rule, breach in Judge(self.contract, client_rules()).judge(trace)
            if breach and (grade := severity(breach))
        ]

    def close(self) -> None:
        """Answer no more."""
        if self._loop.is_running():
            self._done(self._closed())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_SECONDS)
            self._loop.close()

    async def _closed(self) -> None:
        self._host.close()

    def _heard(self) -> list[Heard]:
        self._done(asyncio.sleep(0))  # what is being answered is taken down first
        return sorted(self._host.heard, key=lambda one: one.arrived)

    def _done(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)


def _seen(one: Heard, before: Heard | None) -> Seen:
    return Seen(
        method=one.request.method,
        path=one.request.target.partition("?")[0],
        body=one.request.body,
        status=one.reply.status or None,
        gap=None if before is None else max(0.0, one.arrived - before.answered),
    )
