"""A request that fails for one known cause is answered with a code documented for that cause. Aliases are all right.

Where the documents name a status and no code, the status is what counts.
"""

from __future__ import annotations

from errorcontract.model import Basis, Breach, Outcome, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each rejection with a documented code of another cause. A state that passes excuses it."""
    yield from _beyond_the_limit(evidence)
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.statuses and not promise.codes and promise.outcome is Outcome.REJECTED:
            yield from _by_status(evidence, reading)
        if not promise.codes or not reading.rejected or reading.code not in evidence.contract.codes:
            continue
        if reading.code in promise.codes:
            yield KEPT
        elif not reading.passing or (promise.affordable and reading.unpaid):
            yield _breach(evidence, reading, " or ".join(sorted(promise.codes)), _name(promise.cause), promise.basis)


def _beyond_the_limit(evidence: Evidence) -> Judgement:
    """A good request that is refused in a burst is refused for the burst."""
    limit = evidence.contract.rate_limit
    cause = evidence.contract.causes[limit.cause] if limit and evidence.about == "burst" else None
    if cause is None or not cause.codes:
        return
    for reading in evidence.answered:
        if reading.step.copies > 1 and reading.rejected and reading.code in evidence.contract.codes:
            if reading.code in cause.codes or reading.passing:
                yield KEPT
            else:
                yield _breach(evidence, reading, " or ".join(sorted(cause.codes)), cause.id, cause.basis)


def _by_status(evidence: Evidence, reading: Reading) -> Judgement:
    """Where the documents name no code for a cause, its status is what they promise."""
    promise = reading.step.promise
    if not reading.rejected or reading.too_large:
        return
    if reading.status in promise.statuses:
        yield KEPT
    elif not reading.passing and not _answers_otherwise(evidence, reading):
        expected = " or ".join(map(str, sorted(promise.statuses)))
        yield _breach(evidence, reading, expected, _name(promise.cause), promise.basis)


def _answers_otherwise(evidence: Evidence, reading: Reading) -> bool:
    """Whether a documented code says why: one with a wrong status, or any where only a standard promises the status."""
    code = evidence.contract.codes.get(reading.code or "")
    if code is None or evidence.contract.codes_by_status:
        return False
    return reading.status not in code.statuses or reading.step.promise.basis.provenance is Provenance.STANDARD


def _breach(evidence: Evidence, reading: Reading, expected: str, cause: str | None, basis: Basis) -> Breach:
    return evidence.breach(
        reading,
        expected,
        reading.told(),
        f"{cause} is answered with {reading.told()}",
        basis,
        operation=reading.operation,
        cause=cause,
        code=reading.code,
        status=None if reading.step.promise.codes else reading.status,
    )


def _name(cause: str | None) -> str | None:
    return cause.partition("/")[0] if cause else None


RULE = Rule(
    id="code-for-cause",
    group="codes",
    title="Every cause is answered with its own code.",
    judge=judge,
)
