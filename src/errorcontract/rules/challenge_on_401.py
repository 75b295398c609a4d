"""A 401 says how to log in (RFC 9110 section 15.5.2)."""

from __future__ import annotations

import re

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_UNAUTHORIZED = 401
_SCHEME = re.compile(r"\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:\s|,|$)")


def judge(evidence: Evidence) -> Judgement:
    """Breach for each 401 whose WWW-Authenticate is missing or names no scheme."""
    basis = evidence.contract.http.challenge_on_401
    for reading in evidence.answered:
        if basis is None or reading.status != _UNAUTHORIZED:
            continue
        challenge = first_header(reading.headers, "WWW-Authenticate")
        if challenge is not None and _SCHEME.match(challenge):
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            "WWW-Authenticate with a scheme",
            "no WWW-Authenticate" if challenge is None else f"WWW-Authenticate: {challenge[:80]}",
            "a 401 does not say how to log in",
            basis,
        )


RULE = Rule(
    id="challenge-on-401",
    group="http",
    title="A 401 says how to log in.",
    judge=judge,
)
