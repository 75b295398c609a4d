"""A code of the catalogue comes with the status that the documents give it."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_OF_HTTP_ITSELF = {405, 406, 408, 411, 413, 414, 415, 417, 426, 431, 501, 505}
"""Statuses that say what is wrong with a request as HTTP; a catalogue without a code for them promises none."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each documented code under another status. Codes without a documented status are not judged."""
    for reading in evidence.answered:
        code = evidence.contract.codes.get(reading.code or "")
        if code is None or not code.statuses or _says_http(reading) or _is_canonical(evidence, code.code):
            continue
        if reading.status in code.statuses:
            yield KEPT
            continue
        expected = " or ".join(map(str, sorted(code.statuses)))
        yield evidence.breach(
            reading,
            f"{code.code} with status {expected}",
            reading.told(),
            f"{code.code} came with {reading.status} instead of {expected}",
            code.basis,
            code=code.code,
            status=reading.status,
        )


def _is_canonical(evidence: Evidence, code: str) -> bool:
    """Whether the code is the canonical name itself, whose status another rule judges."""
    canonical = evidence.contract.errors.canonical
    return canonical is not None and canonical.pointer in evidence.contract.pointers.code and code in canonical.statuses


def _says_http(reading: Reading) -> bool:
    """Whether the status is about the request as HTTP.

    Where the contract promises codes, only its size comes before them.
    """
    return reading.too_large or (reading.status in _OF_HTTP_ITSELF and not reading.step.promise.codes)


RULE = Rule(
    id="code-status",
    group="codes",
    title="Every code comes with its documented status.",
    judge=judge,
)
