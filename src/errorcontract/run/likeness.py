"""Notices a target that is hardly the API of the contract, so that its findings are read for what they are."""

from __future__ import annotations

from collections import Counter

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading

_FEWEST = 8  # answers before anything is said
_LONGEST = 120


class Likeness:
    """Looks for one answer that has an envelope of the contract's; from then on it looks no further."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._alike = False
        self._kinds: Counter[str] = Counter()

    def look(self, evidence: Evidence) -> None:
        """Look at what a case was answered."""
        if self._alike:
            return
        self._alike = any(_fits(evidence, reading) for reading in evidence.answered)
        self._kinds.update(_kind(reading) for reading in evidence.answered)

    def lead(self) -> str | None:
        """What a reader must know first, None where the target answers like the API."""
        answers = self._kinds.total()
        if self._alike or answers < _FEWEST:
            return None
        kind, times = self._kinds.most_common(1)[0]
        return (
            f"this does not look like the API of the contract {self._title}: none of {answers} answers has its "
            f"envelope, {times} of them are {kind}; is --target the base URL, and --contract the right one?"
        )


def _fits(evidence: Evidence, reading: Reading) -> bool:
    if not isinstance(reading.json, dict):
        return False
    kind = "error" if reading.is_error or reading.success is False else "success"
    return not any(evidence.envelope.problems(kind, reading.json))


def _kind(reading: Reading) -> str:
    response = reading.response
    if response is None:
        return "missing"
    if reading.redirects:
        return f"{reading.status} to {(response.header('Location') or 'nowhere')[:_LONGEST]}"
    media_type = (response.header("Content-Type") or "nothing").partition(";")[0]
    return f"{reading.status} with {media_type[:_LONGEST]}"
