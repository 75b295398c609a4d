"""A 201 says where the new thing is, and there it is."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.http import is_address
from errorcontract.rules.rule import KEPT, Judgement, Rule

_CREATED = 201


def judge(evidence: Evidence) -> Judgement:
    """Breach for each 201 without a Location that is a URL, and for a Location where nothing is found."""
    basis = evidence.contract.http.location_on_201
    for reading in evidence.answered:
        if reading.status != _CREATED or basis is None:
            continue
        location = first_header(reading.headers, "Location")
        if is_address(location):
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            "a Location with a URL",
            "no Location" if location is None else f"Location: {location[:80]}",
            f"a 201 of {reading.operation} does not say where the new thing is",
            basis,
            cause="no location",
        )
    yield from _found(evidence)


def _found(evidence: Evidence) -> Judgement:
    basis, created, found = evidence.contract.http.location_resolves, evidence.step("created"), evidence.step("located")
    if evidence.about != "created" or basis is None or created is None or found is None or created.status != _CREATED:
        return
    if found.accepted:
        yield KEPT
    elif found.rejected and not found.passing:
        yield evidence.breach(
            found,
            "the new thing",
            found.told(),
            f"the Location of a 201 of {created.operation} leads to {found.told()}",
            basis,
            cause="nothing at the location",
        )


RULE = Rule(
    id="location-on-201",
    group="http",
    title="A 201 says where the new thing is.",
    judge=judge,
    story=True,
)
