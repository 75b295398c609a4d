"""What a client did in a case, as a story of exchanges like any other."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.audit import Heard, Played, Script
from errorcontract.audit.reply import PARTIAL, RESET, WHOLE
from errorcontract.model import Basis, Case, Exchange, Outcome, Promise, Provenance, Response, Step, Trace

_NOTHING = Promise(
    outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="what a client sends is its own")
)


def case_of(script: Script) -> Case:
    """A script as a case of the run."""
    return Case(
        id=script.id, family=script.family, operation=None, cause=None, variant=script.title, steps=(), about="client"
    )


def trace_of(played: Played, case: Case, numbers: Iterator[int]) -> Trace:
    """What a client did as a story of exchanges."""
    exchanges = [
        exchange_of(heard, next(numbers), case.id, turn) for turn, heard in enumerate(played.heard, 1)
    ]
    steps = [Step(name=exchange.step, make=lambda _: None, promise=_NOTHING) for exchange in exchanges]
    return Trace(case=case, exchanges=tuple(zip(steps, exchanges, strict=True)), conduct=played.conduct)


def exchange_of(heard: Heard, number: int, case: str, turn: int) -> Exchange:
    """One request of a client with what it was answered."""
    reply = heard.reply
    cut = "the connection was closed in the middle of the body" if reply.how == PARTIAL else None
    body = reply.body[: len(reply.body) // 2] if cut else reply.body
    answered = reply.how in {WHOLE, PARTIAL}
    lost = "the connection was reset" if reply.how == RESET else "the connection was closed without an answer"
    return Exchange(
        number=number,
        case=case,
        step=f"attempt-{turn}",
        request=heard.request,
        response=Response(status=reply.status, headers=reply.headers, body=body, cut=cut) if answered else None,
        failure=cut if answered else lost,
        started=heard.started,
        seconds=heard.answered - heard.arrived,
    )
