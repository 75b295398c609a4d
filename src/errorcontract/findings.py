"""From breaches to findings: one defect is one finding, however many requests showed it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256

from errorcontract.model import Breach, Finding, Provenance, Severity, Trace


def fingerprint(contract: str, rule: str, breach: Breach) -> str:
    """An id of what broke where, the same in every run."""
    where = [contract, rule, breach.operation, breach.cause, breach.code, breach.status]
    return f"{rule}-{sha256(json.dumps(where).encode()).hexdigest()[:10]}"


def severity(breach: Breach) -> Severity | None:
    """An error for what is documented, a warning for what is inferred or a standard asks; else nothing is asserted."""
    if breach.basis.provenance is Provenance.UNSPECIFIED:
        return None
    return Severity.ERROR if breach.basis.provenance is Provenance.DOCUMENTED else Severity.WARNING


class Findings:
    """The findings of one run by id, and how often each occurred."""

    def __init__(self, contract: str, accepted: Mapping[str, str], curl: Callable[[Trace, int | None], str]) -> None:
        self._contract, self._accepted, self._curl = contract, accepted, curl
        self.occurrences: dict[str, int] = {}
        self.all: dict[str, Finding] = {}

    def add(
        self, rule: str, breach: Breach, trace: Trace, question: str, *, story: bool
    ) -> tuple[str, Finding | None] | None:
        """Count a breach: its id, and the finding if it is the first of its kind. None: nothing may be asserted.

        `story`: it takes the whole case to see the breach.
        """
        grade = severity(breach)
        if grade is None:
            return None
        identity = fingerprint(self._contract, rule, breach)
        self.occurrences[identity] = self.occurrences.get(identity, 0) + 1
        if identity in self.all:
            return identity, None
        self.all[identity] = self._finding(identity, rule, grade, breach, trace, question, story=story)
        return identity, self.all[identity]

    def standing_for(self, rule: str, breach: Breach) -> str | None:
        """The id of a finding that tells of a generated case's breach already.

        It is the same, or one of the same rule, operation and cause, whatever the class of the value.
        """
        identity = fingerprint(self._contract, rule, breach)
        if identity in self.all:
            return identity
        return next((one.id for one in self.all.values() if _alike(one, rule, breach)), None)

    def _finding(
        self, identity: str, rule: str, grade: Severity, breach: Breach, trace: Trace, question: str, *, story: bool
    ) -> Finding:
        response, request = breach.exchange.response, breach.exchange.request
        return Finding(
            id=identity,
            contract=self._contract,
            rule=rule,
            severity=grade,
            operation=breach.operation or request.operation or f"{request.method} {request.target[:120]}",
            cause=breach.cause or trace.case.cause,
            code=breach.code,
            status=breach.status or (response.status if response else None),
            summary=breach.summary,
            expected=breach.expected,
            observed=breach.observed,
            basis=breach.basis,
            curl=self._curl(trace, None if story or not trace.case.independent else breach.exchange.number),
            exchanges=tuple(exchange for _, exchange in trace.exchanges),
            evidence=breach.exchange.number,
            question=question,
            accepted=self._accepted.get(identity),
        )


_ANY_INPUT = "schema-violation"


def _alike(finding: Finding, rule: str, breach: Breach) -> bool:
    if finding.rule != rule or finding.operation != breach.operation or not breach.cause or not finding.cause:
        return False
    base = breach.cause.partition("/")[0]
    return base in {_ANY_INPUT, finding.cause.partition("/")[0]}
