"""The canonical name of an error and its HTTP status belong together (google.rpc.Code)."""

from __future__ import annotations

from errorcontract.model import Canonical
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_OF_HTTP_ITSELF = {405, 406, 408, 410, 411, 413, 414, 415, 417, 426, 431, 502, 505}
"""Statuses that say what HTTP says, for which there may be no canonical name."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each error whose name has another status, and for a name that is none of the list."""
    canonical = evidence.contract.errors.canonical
    if canonical is None:
        return
    for reading in evidence.answered:
        name = reading.at(canonical.pointer)
        if not reading.is_error or not isinstance(name, str) or not _judged(evidence, canonical, reading, name):
            continue
        status = canonical.statuses.get(name)
        if status == reading.status:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"{name} with status {status}" if status else "a canonical name",
                f"{name[:80]} with status {reading.status}",
                f"{name[:80]} came with {reading.status} instead of {status}" if status else "no canonical name",
                canonical.basis,
                code=name if status else None,
                cause=None if status else "no canonical name",
                status=reading.status,
            )


def _judged(evidence: Evidence, canonical: Canonical, reading: Reading, name: str) -> bool:
    """Not where the name is the code, and then another rule's matter, or where the status has no name."""
    if name not in canonical.statuses and canonical.pointer in evidence.contract.pointers.code:
        return False
    return reading.status not in _OF_HTTP_ITSELF or reading.status in canonical.statuses.values()


RULE = Rule(
    id="canonical-status",
    group="codes",
    title="The canonical name and the HTTP status of an error belong together.",
    judge=judge,
)
