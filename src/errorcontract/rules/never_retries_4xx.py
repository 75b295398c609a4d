"""A client does not send again what was refused as its own fault."""

from __future__ import annotations

from errorcontract.model import RetryClass
from errorcontract.rules.calls import Call, Sent, calls, stance_on, story
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NEVER = {RetryClass.NEVER, RetryClass.AFTER_CHANGE}
_UNAUTHORIZED, _CONFLICT = 401, 409


def judge(evidence: Evidence) -> Judgement:
    """Breach for each call that came again, unchanged, after a 4xx which the contract does not exempt."""
    for call in calls(evidence):
        refused = next((one for one in call.sent if one.status // 100 == 4 and _final(evidence, one)), None)  # noqa: PLR2004
        stance = stance_on(evidence, refused) if refused else None
        if refused is None or stance is None:
            continue
        again = call.again_after(refused)
        if again is None or _changed(evidence, call, refused, again):
            yield KEPT
            continue
        yield evidence.breach(
            again.reading,
            f"nothing more after {refused.reading.told()}",
            f"{call.place}: {story(call)}",
            "a refused request is sent again",
            stance.basis,
            operation=call.name,
            cause=f"refused/{evidence.trace.case.id}",
        )


def _final(evidence: Evidence, one: Sent) -> bool:
    stance = stance_on(evidence, one)
    return stance is not None and stance.again in _NEVER


def _changed(evidence: Evidence, call: Call, refused: Sent, again: Sent) -> bool:
    """Whether what was refused has changed.

    A 401 is answered with another credential, or after a call that may have fetched one; a 409 with another reference
    than the one that is taken.
    """
    if refused.status == _CONFLICT and refused.attempt.reference and again.attempt.reference:
        return refused.attempt.reference != again.attempt.reference
    if refused.status != _UNAUTHORIZED:
        return False
    between = (
        reading
        for reading in evidence.readings
        if refused.answered <= reading.exchange.started < again.arrived
        and f"{reading.exchange.request.method} {reading.exchange.request.target.partition('?')[0]}" != call.place
    )
    return again.attempt.credential != refused.attempt.credential or next(between, None) is not None


RULE = Rule(
    id="never-retries-4xx",
    group="client",
    title="A client does not send a refused request again.",
    judge=judge,
    story=True,
)
