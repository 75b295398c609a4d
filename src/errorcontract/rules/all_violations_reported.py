"""A request with several faults is refused with all of them in one answer."""

from __future__ import annotations

from errorcontract.model import Violations
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.places import means, named_by
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the list of violations lacks one of the faults of the request."""
    violations = evidence.contract.errors.violations
    if violations is None or violations.every is None:
        return
    for reading in evidence.answered:
        faults = reading.step.promise.field_names
        if len(faults) < 2 or not _for_its_faults(reading):  # noqa: PLR2004 - of one fault, another rule speaks
            continue
        left_out = _left_out(reading, violations, faults)
        if not left_out:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"all of {', '.join(faults)}",
                f"without {', '.join(left_out)}",
                f"of {len(faults)} faults in one request, {len(left_out)} not told",
                violations.every,
                cause="several faults",
            )


def _left_out(reading: Reading, violations: Violations, faults: tuple[str, ...]) -> list[str]:
    named = named_by(reading, violations)
    return [fault for fault in faults if not any(means(text, fault, violations) for text in named)]


def _for_its_faults(reading: Reading) -> bool:
    promise = reading.step.promise
    if not reading.rejected or reading.passing or reading.too_large:
        return False
    codes, statuses = promise.codes or {reading.code}, promise.statuses or {reading.status}
    return reading.code in codes and reading.status in statuses


RULE = Rule(
    id="all-violations-reported",
    group="input",
    title="A refusal names every faulty field.",
    judge=judge,
)
