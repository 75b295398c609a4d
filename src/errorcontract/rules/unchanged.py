"""Whether refused requests left alone what a reading operation shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Basis, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement

_QUIET, _BEFORE, _AFTER = "watch-quiet", "watch-before", "watch-after"


def unchanged(evidence: Evidence) -> Judgement:
    """Breach for each watched value that is another one after requests that were all refused."""
    between = _between(evidence)
    if evidence.about != "watched" or not between or not all(one.whole and one.rejected for one in between):
        return
    refused = between[-1]
    causes = sorted({str(one.step.promise.cause) for one in between})
    for pointer, before, after, reading in _looks(evidence, str(refused.operation)):
        if before == after:
            yield KEPT
            continue
        yield evidence.breach(
            refused,
            f"{pointer} of {reading.operation} as it was",
            _difference(before, after, reading),
            f"refused requests changed what {reading.operation} shows ({', '.join(causes)})",
            _basis(between),
            operation=refused.operation,
            cause="refused requests",
        )
        return


def _between(evidence: Evidence) -> list[Reading]:
    places = [place for place, one in enumerate(evidence.readings) if one.step.name.startswith((_BEFORE, _AFTER))]
    before = [place for place in places if evidence.readings[place].step.name.startswith(_BEFORE)]
    after = [place for place in places if place not in before]
    return list(evidence.readings[before[-1] + 1 : after[0]]) if before and after else []


def _basis(refused: list[Reading]) -> Basis:
    """What it rests on that they were refused; the first that the documents name."""
    every = [reading.step.promise.basis for reading in refused]
    return next((basis for basis in every if basis.provenance is Provenance.DOCUMENTED), every[-1])


def _looks(evidence: Evidence, operation: str) -> Iterator[tuple[str, Any, Any, Reading]]:
    """Each watched pointer with its values before and after, where it stood still before."""
    watched = evidence.contract.operations[operation].watch if operation in evidence.contract.operations else ()
    for number, watch in enumerate(watched):
        quiet, before, after = (evidence.step(f"{name}-{number + 1}") for name in (_QUIET, _BEFORE, _AFTER))
        if before is None or after is None or not before.accepted or not (after.accepted or _is_gone(after)):
            continue
        was, is_now = before.at(watch.pointer), after.at(watch.pointer) if after.accepted else MISSING
        still = quiet is None or (quiet.accepted and quiet.at(watch.pointer) == was)
        if was is not MISSING and still:
            yield watch.pointer, was, is_now, after


def _is_gone(reading: Reading) -> bool:
    return reading.status in {404, 410}


def _difference(before: Any, after: Any, reading: Reading) -> str:
    if not reading.accepted:
        return reading.told()
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        return f"{len(after)} items instead of {len(before)}"
    return "missing" if after is MISSING else f"{after!r}"[:120]
