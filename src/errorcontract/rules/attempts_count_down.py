"""Where a refusal of wrong credentials tells how many attempts are left, each further one leaves fewer."""

from __future__ import annotations

from itertools import pairwise

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the announced number does not fall. A target that announces none, or none left, is not judged."""
    means = evidence.contract.credentials
    lock = means.lock_out if means else None
    if evidence.about != "lock-out" or lock is None:
        return
    told = [
        (reading, reading.at(lock.attempts_left))
        for reading in evidence.answered
        if reading.exchange.step != "shut-out"
    ]
    numbers = [(reading, left) for reading, left in told if isinstance(left, int)]
    for (_, before), (reading, left) in pairwise(numbers):
        if left < before:
            yield KEPT
        elif before > 0:  # below nothing there is nothing to count
            yield evidence.breach(
                reading,
                f"fewer than {before} left",
                f"{left} left",
                "wrong credentials are not counted",
                lock.basis,
                cause="wrong-credentials",
            )


RULE = Rule(
    id="attempts-count-down",
    group="credentials",
    title="Attempts that are announced as left become fewer.",
    judge=judge,
    story=True,
)
