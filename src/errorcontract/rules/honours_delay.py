"""A client that comes again does not come before the time that it was told to wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from errorcontract.model import Basis, http_date, is_seconds
from errorcontract.rules.calls import Sent, calls, story
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.hint import in_body
from errorcontract.rules.rule import KEPT, Judgement, Rule

_CLOCK = 0.05  # seconds by which a timer may be early
_WHOLE_SECOND = 1.0  # what a date can't say, and what a client may round away


@dataclass(frozen=True, slots=True)
class _Wait:
    """What an answer asked for: until when, in which form."""

    until: float
    form: str
    basis: Basis


def judge(evidence: Evidence) -> Judgement:
    """Breach for each call that came again too early after an answer which named a time."""
    for call in calls(evidence):
        early = []
        judged = False
        for one, again in zip(call.sent, call.sent[1:], strict=False):
            if again.arrived < one.answered:
                continue
            for wait in _waits(evidence, one):
                judged = True
                early += [(wait, one, again)] if again.arrived < wait.until else []
        if len(early) >= call.purposely:
            wait, one, again = max(early, key=lambda found: found[0].until - found[2].arrived)
            yield evidence.breach(
                again.reading,
                f"a wait of {wait.until - one.answered:.2f} s or more after {one.reading.told()} with {wait.form}",
                f"{again.arrived - one.answered:.2f} s; {call.place}: {story(call)}",
                "a time that was named is not waited for",
                wait.basis,
                operation=call.name,
                cause=f"delay/{evidence.trace.case.id}",
            )
        elif judged:
            yield KEPT


def _waits(evidence: Evidence, one: Sent) -> Iterator[_Wait]:
    """What an answer asks for. A time that is over asks for nothing."""
    policy = evidence.contract.retry_policy
    hint = (one.reading.response.header("Retry-After") or "").strip() if one.reading.response else ""
    moment = None if is_seconds(hint) else http_date(hint)
    basis = policy.waits(one.reading.code, one.reading.status)
    if is_seconds(hint):
        yield _Wait(one.answered + float(hint) - _CLOCK, "Retry-After in seconds", basis)
    elif moment is not None:
        yield _Wait(moment.timestamp() - _WHOLE_SECOND, "Retry-After as a date", basis)
    told = in_body(one.reading)
    if told is not None and policy.body_delay is not None:
        yield _Wait(one.answered + told - _CLOCK, "a delay in the body", policy.body_delay)


RULE = Rule(
    id="honours-delay",
    group="client",
    title="A client waits as long as it is told.",
    judge=judge,
    story=True,
)
