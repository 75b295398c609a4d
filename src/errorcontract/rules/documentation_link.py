"""The link to the documentation leads to the page of the code."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each link that is not the one of its code. An error without any is the envelope's matter."""
    promised = evidence.contract.errors.documentation
    if promised is None:
        return
    for reading in evidence.answered:
        link = reading.at(promised.pointer)
        if not reading.is_error or reading.code is None or not isinstance(link, str):
            continue
        expected = promised.template.replace("{code}", reading.code)
        if link == expected:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                expected[:300],
                f"{promised.pointer}: {link[:300]}",
                f"the link of {reading.code[:80]} leads elsewhere",
                promised.basis,
                cause="link to another place" if link.endswith(reading.code) else "link to another page",
            )


RULE = Rule(
    id="documentation-link",
    group="messages",
    title="The link to the documentation leads to the page of the code.",
    judge=judge,
)
