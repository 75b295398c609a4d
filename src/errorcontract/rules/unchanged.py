"""Whether refused requests left alone what a reading operation shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from errorcontract.model import Basis, Breach, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.own import own_text
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement

_QUIET, _BEFORE, _AFTER = "watch-quiet", "watch-before", "watch-after"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A watched pointer with its values before and after. `still`: it stood still before the requests."""

    pointer: str
    before: Any
    after: Any
    reading: Reading
    still: bool
    own: str | None
    """What only the refused requests can have brought there."""


def unchanged(evidence: Evidence) -> Judgement:
    """Breach for each watched value that is another one after requests that were all refused."""
    between = _between(evidence)
    for look in _looks(evidence, between):
        if look.before == look.after:
            yield KEPT
        elif look.own or look.still:
            yield _breach(evidence, between, look)
            return


def shows_own(evidence: Evidence) -> bool:
    """Whether something of a refused request's own stands in what is watched, so that nobody else can have done it."""
    return any(look.own for look in _looks(evidence, _between(evidence)))


def _breach(evidence: Evidence, between: Sequence[Reading], look: _Look) -> Breach:
    causes = sorted({str(one.step.promise.cause) for one in between})
    shown = look.reading.operation
    return evidence.breach(
        between[-1],
        f"{look.pointer} of {shown} as it was",
        f"it holds {look.own}" if look.own else _difference(look.before, look.after, look.reading),
        f"refused requests changed what {shown} shows ({', '.join(causes)})",
        _basis(between),
        operation=between[-1].operation,
        cause="refused requests",
    )


def _between(evidence: Evidence) -> Sequence[Reading]:
    """The requests between the looks, if all of them were refused."""
    places = [place for place, one in enumerate(evidence.readings) if one.step.name.startswith((_BEFORE, _AFTER))]
    before = [place for place in places if evidence.readings[place].step.name.startswith(_BEFORE)]
    after = [place for place in places if place not in before]
    between = evidence.readings[before[-1] + 1 : after[0]] if before and after else ()
    return between if evidence.about == "watched" and all(one.whole and one.rejected for one in between) else ()


def _basis(refused: Sequence[Reading]) -> Basis:
    """What it rests on that they were refused; the first that the documents name."""
    every = [reading.step.promise.basis for reading in refused]
    return next((basis for basis in every if basis.provenance is Provenance.DOCUMENTED), every[-1])


def _looks(evidence: Evidence, refused: Sequence[Reading]) -> Iterator[_Look]:
    """Each watched pointer of the operation that refused, where it could be read before."""
    operation = evidence.contract.operations.get(str(refused[-1].operation)) if refused else None
    for number, watch in enumerate(operation.watch if operation else ()):
        quiet, before, after = (evidence.step(f"{name}-{number + 1}") for name in (_QUIET, _BEFORE, _AFTER))
        if before is None or after is None or not before.accepted or not (after.accepted or _is_gone(after)):
            continue
        was, is_now = before.at(watch.pointer), after.at(watch.pointer) if after.accepted else MISSING
        still = quiet is None or (quiet.accepted and quiet.at(watch.pointer) == was)
        if was is not MISSING:
            own = own_text(evidence.contract, refused, was, is_now)
            yield _Look(pointer=watch.pointer, before=was, after=is_now, reading=after, still=still, own=own)


def _is_gone(reading: Reading) -> bool:
    return reading.status in {404, 410}


def _difference(before: Any, after: Any, reading: Reading) -> str:
    if not reading.accepted:
        return reading.told()
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        return f"{len(after)} items instead of {len(before)}"
    return "missing" if after is MISSING else f"{after!r}"[:120]
