"""A field that a refusal names is the one that was wrong; a value that it repeats is the one that was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from errorcontract.model import Breach, Violations
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.places import faults_of, means, named_by, sent, wrong_in
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_UNSPECIFIC = {"", "body", "query", "params", "path", "request"}
_LONGEST = 200


def judge(evidence: Evidence) -> Judgement:
    """Breach for a wrong field or value. A refusal without details is not judged."""
    violations = evidence.contract.errors.violations
    for reading in evidence.answered:
        if reading.rejected:
            yield from _by_pointer(evidence, reading)
            yield from _by_list(evidence, reading, violations) if violations else ()


def _by_pointer(evidence: Evidence, reading: Reading) -> Iterator[Breach | None]:
    promise, pointers = reading.step.promise, evidence.contract.pointers
    named = reading.first(pointers.field)
    if promise.field_name is None or reading.code not in promise.codes or not isinstance(named, str):
        return
    names = re.split(r"[./\[\]]+", named.strip("./[]"))
    if names[-1] in _UNSPECIFIC:
        return
    echoed = reading.first(pointers.value)
    if promise.field_name not in names:
        yield _breach(evidence, reading, f"the field {promise.field_name}", f"the field {named[:80]}", "field")
    elif promise.has_value and echoed is not MISSING and _plain(promise.value) and not _same(echoed, reading):
        yield _breach(evidence, reading, f"the value {promise.value!r}", f"the value {echoed!r}"[:200], "value")
    else:
        yield KEPT


def _by_list(evidence: Evidence, reading: Reading, violations: Violations) -> Iterator[Breach | None]:
    promise, faults = reading.step.promise, faults_of(reading.step.promise)
    of_its_cause = reading.code in promise.codes if promise.codes else not (reading.passing or reading.too_large)
    named = _readable(evidence, reading, violations) if faults and of_its_cause else []
    if not named:
        return
    others = [text for text in named if not any(means(text, fault, violations) for fault in faults)]
    if promise.field_name is not None and len(others) == len(named):
        observed = f"the fields {', '.join(named)}"[:200]
        yield _breach(evidence, reading, f"the field {promise.field_name}", observed, "field")
    elif others and violations.only:
        yield evidence.breach(
            reading,
            f"only {', '.join(faults)}",
            others[0][:80],
            "a refusal names a field that is right",
            violations.only,
            operation=reading.operation,
            cause="innocent field",
        )
    else:
        yield KEPT


def _readable(evidence: Evidence, reading: Reading, violations: Violations) -> list[str]:
    """What a list names; not the whole request, and no path that leads nowhere, which is another rule's matter."""
    named = [text for text in named_by(reading, violations) if text not in _UNSPECIFIC]
    if violations.path != "body-path" or not named or not sent(reading):
        return named
    return [text for text in named if wrong_in(text, reading, evidence.contract, violations) is None]


def _breach(evidence: Evidence, reading: Reading, expected: str, observed: str, part: str) -> Breach:
    promise = reading.step.promise
    return evidence.breach(
        reading,
        expected,
        observed,
        f"a refusal of {promise.field_name} names another {part}",
        promise.basis,
        operation=reading.operation,
        cause=f"{part} of {promise.field_name}",
    )


def _plain(value: Any) -> bool:
    """Whether a value must come back unchanged through any JSON library."""
    if isinstance(value, str):
        return value.isprintable() and len(value) < _LONGEST
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**53)


def _same(echoed: Any, reading: Reading) -> bool:
    """Equal as JSON values; what was sent as text beside a body may come back as the number it reads as."""
    sent = reading.step.promise.value
    if reading.exchange.request.body is None and not isinstance(echoed, str):
        echoed = json.dumps(echoed)
    return isinstance(echoed, bool) == isinstance(sent, bool) and bool(echoed == sent)


RULE = Rule(
    id="rejection-names-field",
    group="input",
    title="A refusal that names a field names the right one.",
    judge=judge,
)
