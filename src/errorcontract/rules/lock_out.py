"""A caller whose last attempt is used up is shut out, with the documented code, also with a good credential."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the target counted down to its end and shuts nobody out. One that never locks out is not judged."""
    means, shut = evidence.contract.credentials, evidence.step("shut-out")
    lock = means.lock_out if means else None
    if evidence.about != "lock-out" or lock is None or shut is None:
        return
    left = [value for reading in evidence.answered if isinstance(value := reading.at(lock.attempts_left), int)]
    if shut.rejected:
        yield KEPT
    elif left and min(left) <= 0 and shut.accepted:
        codes = evidence.contract.causes[lock.cause].codes
        yield evidence.breach(
            shut,
            f"a refusal with {' or '.join(sorted(codes))}",
            f"{shut.status}, accepted",
            "no attempts are left, and the caller is not shut out",
            lock.basis,
            cause=lock.cause,
        )


RULE = Rule(
    id="lock-out",
    group="credentials",
    title="A lock-out that is announced comes.",
    judge=judge,
    story=True,
)
