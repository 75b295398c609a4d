"""Whatever the documents do not allow is refused. Credentials, rights, references and money have rules of their own."""

from __future__ import annotations

from errorcontract.model import Outcome, Promise
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_ELSEWHERE = {
    "missing-credentials",
    "wrong-credentials",
    "insufficient-permission",
    "foreign-resource",
    "duplicate-reference",
    "insufficient-balance",
}


def judge(evidence: Evidence) -> Judgement:
    """Breach for each request that had to be refused and was done, or sent elsewhere."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.outcome is not Outcome.REJECTED or _judged_elsewhere(evidence, promise.cause):
            continue
        if reading.rejected:
            yield KEPT
        elif reading.accepted or reading.redirects:
            yield evidence.breach(
                reading,
                f"a refusal with {_codes(promise)}",
                f"{reading.status}, accepted" if reading.accepted else f"{reading.status}",
                f"{promise.cause} is accepted",
                promise.basis,
                operation=reading.operation,
                cause=promise.cause,
            )


def _judged_elsewhere(evidence: Evidence, cause: str | None) -> bool:
    means = evidence.contract.credentials
    locked = means.lock_out.cause if means and means.lock_out else None
    return (cause or "").partition("/")[0] in _ELSEWHERE | {locked}


def _codes(promise: Promise) -> str:
    return " or ".join(sorted(promise.codes)) or "a 4xx"


RULE = Rule(
    id="invalid-input-rejected",
    group="input",
    title="Input outside the documented range is refused.",
    judge=judge,
)
