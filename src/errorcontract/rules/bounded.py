"""A client gives up: it sends nothing more often than the contract allows, and nothing without end."""

from __future__ import annotations

from errorcontract.model import Basis, RetryClass
from errorcontract.rules.calls import Call, Sent, calls, is_supposed, stance_on, story
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NEVER = {RetryClass.NEVER, RetryClass.AFTER_CHANGE}
_WITHOUT_END = "a failing request is sent without end"
_ENDLESS = 20
"""Attempts within the time that a client is watched beyond which waits can't have grown, whatever the jitter."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each call with more attempts than the contract allows, or with so many that no end is in sight."""
    for call in calls(evidence):
        tries = _tries(evidence, call)
        most, basis, summary, kind = _allowed(evidence, call, len(tries))
        if most is None or tries[0].passes:
            continue
        if len(tries) <= most * call.purposely:
            yield KEPT
            continue
        yield evidence.breach(
            tries[-1].reading,
            f"at most {most} attempt{'s' * (most != 1)}",
            f"{len(tries)} attempts; {call.place}: {story(call)}",
            summary,
            basis,
            operation=call.name,
            cause=f"{kind}/{evidence.trace.case.id}",
        )


def _allowed(evidence: Evidence, call: Call, times: int) -> tuple[int | None, Basis, str, str]:
    """How many attempts are allowed, by what, what it is to make more, and the name of that."""
    attempts = evidence.contract.retry_policy.attempts
    first = call.sent[0]
    stance = stance_on(evidence, first)
    if _refused(evidence, first):
        return None, attempts.stops, "", ""  # what was refused is another rule's matter
    if times > _ENDLESS * call.purposely:
        return _ENDLESS, attempts.stops, _WITHOUT_END, "no end"
    if first.status // 100 == 5 and stance is not None and stance.again in _NEVER:  # noqa: PLR2004
        return 1, stance.basis, "a failing request is sent again that is not to be", "final"
    if attempts.most is not None and attempts.most_basis is not None and not is_supposed(evidence, first):
        return attempts.most, attempts.most_basis, "a failing request is sent too often", "too often"
    return _ENDLESS, attempts.stops, _WITHOUT_END, "no end"


def _tries(evidence: Evidence, call: Call) -> tuple[Sent, ...]:
    """The attempts until one succeeds, or is refused for good: what comes after is another matter."""
    final = next((place for place, one in enumerate(call.tries) if _refused(evidence, one)), None)
    return call.tries if final is None else call.tries[: final + 1]


def _refused(evidence: Evidence, one: Sent) -> bool:
    stance = stance_on(evidence, one)
    return one.status // 100 == 4 and stance is not None and stance.again in _NEVER  # noqa: PLR2004


RULE = Rule(
    id="bounded",
    group="client",
    title="A client gives up.",
    judge=judge,
    story=True,
)
