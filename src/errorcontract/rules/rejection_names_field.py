"""A field that a refusal names is the one that was wrong; a value that it repeats is the one that was sent."""

from __future__ import annotations

import json
import re
from typing import Any

from errorcontract.model import Breach
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_UNSPECIFIC = {"", "body", "query", "params", "path", "request"}
_LONGEST = 200


def judge(evidence: Evidence) -> Judgement:
    """Breach for a wrong field or value. A refusal without details is not judged."""
    pointers = evidence.contract.pointers
    for reading in evidence.answered:
        promise = reading.step.promise
        named = reading.at(pointers.field)
        if (
            promise.field_name is None
            or not reading.rejected
            or reading.code not in promise.codes
            or not isinstance(named, str)
        ):
            continue
        names = re.split(r"[./\[\]]+", named.strip("./[]"))
        if names[-1] in _UNSPECIFIC:
            continue
        echoed = reading.at(pointers.value)
        if promise.field_name not in names:
            yield _breach(evidence, reading, f"the field {promise.field_name}", f"the field {named[:80]}", "field")
        elif promise.has_value and echoed is not MISSING and _plain(promise.value) and not _same(echoed, reading):
            yield _breach(evidence, reading, f"the value {promise.value!r}", f"the value {echoed!r}"[:200], "value")
        else:
            yield KEPT


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
