"""A caller whose last attempt is used up is shut out, with the documented code, also with a good credential."""

from __future__ import annotations

from dataclasses import replace

from errorcontract.model import Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where a caller that is shut out, or was told that no attempt is left, comes in with a good credential.

    One that never locks out and announces nothing is not judged. One that only announces it gets a warning: a test
    environment may go without the lock-out itself.
    """
    means, shut = evidence.contract.credentials, evidence.step("shut-out")
    lock = means.lock_out if means else None
    if evidence.about != "lock-out" or lock is None or shut is None:
        return
    codes = evidence.contract.causes[lock.cause].codes
    left = [value for reading in evidence.answered if isinstance(value := reading.at(lock.attempts_left), int)]
    locked = any(reading.code in codes for reading in evidence.answered if reading is not shut)
    if shut.rejected:
        yield KEPT
    elif shut.accepted and (locked or (left and min(left) <= 0)):
        yield evidence.breach(
            shut,
            f"a refusal with {' or '.join(sorted(codes))}",
            f"{shut.status}, accepted",
            "a good credential lifts the lock-out" if locked else "no attempts are left, and nobody is shut out",
            lock.basis if locked else replace(lock.basis, provenance=Provenance.INFERRED),
            cause=lock.cause,
        )


RULE = Rule(
    id="lock-out",
    group="credentials",
    title="A lock-out that is announced comes.",
    judge=judge,
    story=True,
)
