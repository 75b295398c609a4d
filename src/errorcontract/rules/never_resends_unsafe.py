"""A client does not send again what may have been done already, unless that can do no harm."""

from __future__ import annotations

from errorcontract.rules.calls import Call, Sent, calls, is_risky, story
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each POST or PATCH that came again after an answer which leaves open whether it was done.

    It may come again under the same reference or key, and after a look that found nothing.
    """
    policy = evidence.contract.retry_policy
    for call in calls(evidence):
        if not is_risky(evidence, call):
            continue
        for one in call.sent:
            stance = policy.leaves_open(one.reading.code if one.status else None, one.status)
            if stance is None:
                continue
            again = call.again_after(one)
            if again is None or _protected(one, again) or _looked(evidence, call, one, again):
                yield KEPT
                continue
            yield evidence.breach(
                again.reading,
                _expected(evidence, call),
                f"{call.place}: {story(call)}{_fresh(one, again)}",
                "a request that may have been done is sent again",
                stance.basis,
                operation=call.name,
                cause=f"open/{evidence.trace.case.id}",
            )
            break


def _protected(one: Sent, again: Sent) -> bool:
    return one.attempt.reference is not None and one.attempt.reference == again.attempt.reference


def _looked(evidence: Evidence, call: Call, one: Sent, again: Sent) -> bool:
    """Whether the client asked in between, and was told that there is no such thing.

    Where the contract knows no way to ask, whatever it read may have told.
    """
    conduct = evidence.trace.conduct
    anything = not _look_up(evidence, call)
    return conduct is not None and any(
        (attempt.missed or (anything and attempt.place.startswith("GET ") and reading.whole))
        and one.answered <= reading.exchange.started < again.arrived
        for reading, attempt in zip(evidence.readings, conduct.attempts, strict=True)
    )


def _look_up(evidence: Evidence, call: Call) -> str | None:
    operation = evidence.contract.operations.get(call.sent[0].reading.operation or "")
    return operation.look_up.partition("/")[0] if operation is not None and operation.look_up else None


def _expected(evidence: Evidence, call: Call) -> str:
    if look_up := _look_up(evidence, call):
        return f"a look at {look_up} first, or the same reference again"
    return "no second request, or one under the same reference or idempotency key"


def _fresh(one: Sent, again: Sent) -> str:
    if one.attempt.reference and again.attempt.reference:
        return "; under another reference each time"
    return "" if one.attempt.reference else "; without a reference"


RULE = Rule(
    id="never-resends-unsafe",
    group="client",
    title="A client does not do twice what may have been done.",
    judge=judge,
    story=True,
)
