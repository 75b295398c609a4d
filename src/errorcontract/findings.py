"""From breaches to findings: one defect is one finding, however many requests showed it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256

from errorcontract.model import Breach, Finding, Provenance, Severity, Trace

_CLASSED = re.compile(r"([a-z][a-z0-9]*(?:[- ][a-z0-9]+)*)/(.+)", re.DOTALL)
_ANY_INPUT = "schema-violation"


def parted(cause: str | None) -> tuple[str | None, str | None]:
    """A cause and the class of its value, None where it has none: "invalid-phone", "other digits"."""
    match = _CLASSED.fullmatch(cause or "")
    return (match[1], match[2]) if match else (cause, None)


def fingerprint(contract: str, rule: str, breach: Breach, field: str | None = None) -> str:
    """An id of what broke where, the same in every run.

    The class of a value is no part of it, so that it does not hang on which values were tried; its field is, and
    whether the breach is only a warning, as one class may be documented and another inferred.
    """
    cause, kind = parted(breach.cause)
    where: list[object] = [contract, rule, breach.operation, cause, breach.code, breach.status]
    if kind is not None:
        where += [field, *(["warning"] if severity(breach) is Severity.WARNING else [])]
    return f"{rule}-{sha256(json.dumps(where).encode()).hexdigest()[:10]}"


def severity(breach: Breach) -> Severity | None:
    """An error for what is documented, a warning for what is inferred or a standard asks; else nothing is asserted."""
    if breach.basis.provenance is Provenance.UNSPECIFIED:
        return None
    return Severity.ERROR if breach.basis.provenance is Provenance.DOCUMENTED else Severity.WARNING


class Findings:
    """The findings of one run by id, how often each occurred, and with which classes of values."""

    def __init__(
        self, contract: str, accepted: Mapping[str, str], curl: Callable[[Trace, int | None, int], str]
    ) -> None:
        self._contract, self._accepted, self._curl = contract, accepted, curl
        self.occurrences: dict[str, int] = {}
        self.all: dict[str, Finding] = {}

    def add(
        self, rule: str, breach: Breach, trace: Trace, question: str, *, story: bool, sends: int = 1
    ) -> tuple[str, Finding | None] | None:
        """Count a breach: its id, and the finding if it is the first of its kind. None: nothing may be asserted.

        `story`: it takes the whole case to see the breach; `sends`: it takes the request that many times.
        """
        grade = severity(breach)
        if grade is None:
            return None
        identity = self.identity(rule, breach, trace)
        self.occurrences[identity] = self.occurrences.get(identity, 0) + 1
        if identity in self.all:
            self._add_variant(identity, variant_of(breach, trace))
            return identity, None
        only = None if sends == 1 and (story or not trace.case.independent) else breach.exchange.number
        curl = self._curl(trace, only, sends)
        self.all[identity] = self._finding(identity, rule, grade, breach, trace, question, curl)
        return identity, self.all[identity]

    def identity(self, rule: str, breach: Breach, trace: Trace) -> str:
        """The id that the finding of a breach has."""
        return fingerprint(self._contract, rule, breach, _field(breach, trace))

    def standing_for(self, rule: str, breach: Breach, trace: Trace) -> str | None:
        """The id of a finding that tells of a generated case's breach already.

        It is the same, or one of the same rule, operation and cause, whatever the field, or one of a rule that tells of
        the same defect.
        """
        identity = self.identity(rule, breach, trace)
        if identity in self.all:
            return identity
        return next((one.id for one in self.all.values() if _alike(one, rule, breach)), None)

    def told(self, breach: Breach) -> str | None:
        """The id of a finding by another rule that tells of a breach already, and no less severely."""
        grade = severity(breach)
        found = (one.id for one in self.all.values() if one.severity is grade and _tells(one, breach))
        return next(found, None)

    def _add_variant(self, identity: str, variant: str | None) -> None:
        known = self.all[identity]
        if variant is not None and variant not in known.variants:
            self.all[identity] = replace(known, variants=(*known.variants, variant))

    def _finding(
        self, identity: str, rule: str, grade: Severity, breach: Breach, trace: Trace, question: str, curl: str
    ) -> Finding:
        response, request = breach.exchange.response, breach.exchange.request
        variant = variant_of(breach, trace)
        return Finding(
            id=identity,
            contract=self._contract,
            rule=rule,
            severity=grade,
            operation=breach.operation or request.operation or f"{request.method} {request.target[:120]}",
            cause=parted(breach.cause or trace.case.cause)[0],
            code=breach.code,
            status=breach.status or (response.status if response else None),
            summary=_without_class(breach, _field(breach, trace)),
            expected=breach.expected,
            observed=breach.observed,
            basis=breach.basis,
            curl=curl,
            exchanges=tuple(exchange for _, exchange in trace.exchanges),
            evidence=breach.exchange.number,
            question=question,
            accepted=self._accepted.get(identity),
            field=_field(breach, trace),
            variants=(variant,) if variant else (),
        )


def variant_of(breach: Breach, trace: Trace) -> str | None:
    """The class of the value that showed a breach, None where the breach has none."""
    kind = parted(breach.cause)[1]
    return None if kind == _field(breach, trace) else kind


def _field(breach: Breach, trace: Trace) -> str | None:
    """The name of the field that held the value of a class."""
    if parted(breach.cause)[1] is None:
        return None
    number = breach.exchange.number
    return next((step.promise.field_name for step, exchange in trace.exchanges if exchange.number == number), None)


def _without_class(breach: Breach, field: str | None) -> str:
    """The summary of a breach as it holds for each class of values."""
    kind = parted(breach.cause)[1]
    if kind is None:
        return breach.summary
    summary = breach.summary.replace(f"/{kind}", "").replace(f" ({kind})", "")
    return f"{summary}: {field}" if field else summary


def _tells(finding: Finding, breach: Breach) -> bool:
    return finding.rule in breach.told_by and finding.operation == breach.operation


def _alike(finding: Finding, rule: str, breach: Breach) -> bool:
    if _tells(finding, breach):
        return True
    if finding.rule != rule or finding.operation != breach.operation or not breach.cause or not finding.cause:
        return False
    return parted(breach.cause)[0] in {_ANY_INPUT, finding.cause}
