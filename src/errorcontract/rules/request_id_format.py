"""A request id is a text, of the form that the documents show."""

from __future__ import annotations

import json
import re

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where an id is no text, or where its form is another than the contract's pattern.

    An id that the caller brought is its own.
    """
    promised = evidence.contract.request_id
    if promised is None:
        return
    for reading in evidence.answered:
        request_id = reading.request_id
        if request_id in (MISSING, None, "") or reading.from_caller:
            continue
        if not isinstance(request_id, str):
            yield evidence.breach(
                reading,
                "a text",
                json.dumps(request_id)[:80],
                "a request id is no text",
                promised.on_errors,
                cause="type",
            )
        elif promised.pattern and promised.pattern_basis and not re.search(promised.pattern, request_id):
            yield evidence.breach(
                reading,
                f"a text like {promised.pattern}",
                request_id[:80],
                "a request id has another form",
                promised.pattern_basis,
                cause="form",
            )
        else:
            yield KEPT


RULE = Rule(
    id="request-id-format",
    group="request id",
    title="A request id is a text of the documented form.",
    judge=judge,
)
