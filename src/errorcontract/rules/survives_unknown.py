"""A client copes with codes, statuses and bodies that it does not know as well as with those that it knows."""

from __future__ import annotations

from errorcontract.model import Basis, Conduct, Ending, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_SILENT = 6.0  # seconds without a sign of life that tell of more than a wait
_CLASSES = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 15, an unknown status is that of its class")
_TIMES = 3  # as long as the longest silence after an error that is known


def judge(evidence: Evidence) -> Judgement:
    """Breach where a client crashes on, or hangs after, a strange answer, and does neither after one that is known."""
    conduct = evidence.trace.conduct
    if conduct is None or conduct.strange is None or conduct.ending is None or not evidence.readings:
        return
    known = _known(conduct)
    if not known:
        return
    said = _worse(conduct, conduct.ending, known)
    if said is None:
        yield KEPT
        return
    yield evidence.breach(
        evidence.readings[-1],
        "an end as after any other error",
        f"after {evidence.trace.case.variant} it {conduct.ending.told()}; after known errors it {known[0].told()}",
        f"a client {said}",
        _basis(evidence, conduct),
        operation=evidence.readings[-1].operation,
        cause=f"strange answers/{evidence.trace.case.id}",
    )


def _known(conduct: Conduct) -> tuple[Ending, ...]:
    """How it ends after known errors of the class; where it never got to an end there, after all known errors."""
    endings = conduct.usual.endings if conduct.usual else {}
    alike = endings.get(conduct.kind, ())
    if alike and all(one.stopped for one in alike):
        return (*alike, *(one for others in endings.values() for one in others if not one.stopped))
    return alike


def _worse(conduct: Conduct, ending: Ending, known: tuple[Ending, ...]) -> str | None:
    """What went wrong that does not go wrong after known errors."""
    if ending.signal and ending.signal not in {one.signal for one in known}:
        return "is killed by an answer that it does not know"
    if ending.crash and not any(one.crash or one.signal for one in known):
        return "crashes on an answer that it does not know"
    if ending.stopped and not any(one.stopped for one in known) and _hangs(conduct, ending, known):
        return "hangs after an answer that it does not know"
    return None


def _hangs(conduct: Conduct, ending: Ending, known: tuple[Ending, ...]) -> bool:
    """Whether it is quiet for longer than any wait between its attempts explains."""
    longest = max(one.seconds for one in known)
    return ending.silence > _SILENT and ending.silence > _TIMES * longest and conduct.watched > longest


def _basis(evidence: Evidence, conduct: Conduct) -> Basis:
    if conduct.strange == "its status":
        return _CLASSES
    return evidence.contract.retry_policy.unknown


RULE = Rule(
    id="survives-unknown",
    group="client",
    title="A client copes with what it does not know.",
    judge=judge,
    story=True,
)
