"""A 304 comes only to a caller whose copy is still good (RFC 9110 section 13)."""

from __future__ import annotations

from errorcontract.model import Request, first_header, http_date
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NOT_MODIFIED, _OK = 304, 200
_READING = {"GET", "HEAD"}


def judge(evidence: Evidence) -> Judgement:
    """Breach for a 304 that nobody asked for, to a validator that does not match, or after a change."""
    basis = evidence.contract.http.not_modified
    if basis is None:
        return
    for reading in evidence.answered:
        why = _lie(evidence, reading) if reading.status == _NOT_MODIFIED else None
        if why is not None:
            yield evidence.breach(
                reading,
                "the thing as it is",
                "304, not modified",
                f"a 304 answers {why}",
                basis,
                operation=reading.operation,
            )
        elif _conditional(reading.exchange.request) and (reading.status == _NOT_MODIFIED or reading.accepted):
            yield KEPT


def _lie(evidence: Evidence, reading: Reading) -> str | None:
    """Why it is none of the cases in which a 304 is right."""
    request = reading.exchange.request
    if request.method not in _READING or not _conditional(request):
        return "a request that set no condition"
    if evidence.about != "conditional":
        return None
    if reading.step.name == "after":
        return "a condition that a change has overtaken" if _changed(evidence) else None
    known = evidence.step("first")
    if known is None or known.status != _OK or _matches(request, known):
        return None
    return "a condition that does not hold"


def _conditional(request: Request) -> bool:
    return request.header("If-None-Match") is not None or request.header("If-Modified-Since") is not None


def _matches(request: Request, known: Reading) -> bool:
    """Whether the caller's copy may count as good, by what the target said of its own. A tag counts before a date."""
    tags, tag = request.header("If-None-Match"), first_header(known.headers, "ETag")
    if tags is not None:
        return tag is None or tags.strip() == "*" or _opaque(tag) in [_opaque(one) for one in tags.split(",")]
    since, last = http_date(request.header("If-Modified-Since") or ""), first_header(known.headers, "Last-Modified")
    changed = http_date(last or "")
    return since is not None and (changed is None or since >= changed)


def _opaque(tag: str) -> str:
    """The tag for a weak comparison."""
    return tag.strip().removeprefix("W/")


def _changed(evidence: Evidence) -> bool:
    """Whether the thing is another than the one whose validator was sent."""
    first, fresh = evidence.step("first"), evidence.step("fresh")
    if first is None or fresh is None or first.status != _OK or fresh.status != _OK:
        return False
    return first.json is not MISSING and fresh.json is not MISSING and first.json != fresh.json


RULE = Rule(
    id="not-modified-true",
    group="http",
    title="A 304 comes only while the validator matches.",
    judge=judge,
    story=True,
)
