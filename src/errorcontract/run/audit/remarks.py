"""What a reader of an audit must know to trust its verdict, and what nobody can judge from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from errorcontract.audit import GOOD, Played
from errorcontract.model import Ending

_NAMED = 8


def remarks(played: Mapping[str, Played]) -> Iterator[str]:
    """All of it, out of the cases that were played."""
    ended = [(one, one.conduct.ending) for one in played.values() if one.conduct.ending]
    yield from (_fails_anyway(ending) for one, ending in ended if one.script.id == GOOD and _failed(ending))
    if silent := [one.script.id for one, ending in ended if _is_silent(one, ending)]:
        yield f"the client ended with exit code 0 though its calls failed for good (not judged): {_listed(silent)}"
    if stopped := [f"{one.script.id} ({ending.stopped})" for one, ending in ended if ending.stopped]:
        yield f"stopped before the client ended, and judged by what it had done by then: {_listed(stopped)}"
    if only := next((one.only for one in played.values() if one.only), None):
        yield f"the client makes no further call once one is refused: all but {_listed(sorted(only))} succeeded"


def _failed(ending: Ending) -> bool:
    return not ending.stopped and ending.code != 0


def _fails_anyway(ending: Ending) -> str:
    return f"the client {ending.told()} though every call succeeded; it said: {ending.output.strip()[-400:]}"


def _is_silent(played: Played, ending: Ending) -> bool:
    """Whether its exit code hides that the last thing that the client was told is a failure."""
    refused = bool(played.heard) and not 200 <= played.heard[-1].reply.status < 400  # noqa: PLR2004
    return ending.code == 0 and played.script.lasting and refused


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
