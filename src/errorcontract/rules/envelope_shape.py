"""Every answer, success or error, has the shape of the contract's envelope schema.

The success flag has a rule of its own.
"""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each JSON body that its envelope schema refuses; the first problem stands for all."""
    flag = evidence.contract.pointers.success
    for reading in evidence.answered:
        if not reading.has_content or reading.json is MISSING:
            continue
        kind = "error" if reading.is_error or reading.success is False else "success"
        problems = [
            problem for problem in evidence.envelope.problems(kind, reading.json) if not _about_flag(problem, flag)
        ]
        if not problems:
            yield KEPT
            continue
        place, message = problems[0]
        yield evidence.breach(
            reading,
            f"the {kind} envelope",
            f"{place or 'the body'}: {message}",
            f"a {reading.status} answer is not the {kind} envelope: {message}",
            evidence.contract.envelope_basis,
            code=reading.code,
            status=reading.status,
        )


def _about_flag(problem: tuple[str, str], flag: str | None) -> bool:
    place, message = problem
    return flag is not None and (place == flag or (place == "" and f'"{flag[1:]}" is a required property' in message))


RULE = Rule(
    id="envelope-shape",
    group="envelope",
    title="Every answer has the shape of the envelope.",
    judge=judge,
)
