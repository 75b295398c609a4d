"""An answer that has no body by its kind has none (RFC 9110): 204, 304, whatever answers HEAD."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NO_CONTENT, _NOT_MODIFIED = 204, 304
_FRAMING = ("Content-Length", "Transfer-Encoding")


def judge(evidence: Evidence) -> Judgement:
    """Breach for each such answer that bytes follow, and for a 204 that announces some.

    The next answer on the connection would be read from them.
    """
    basis = evidence.contract.http.no_body
    for reading in evidence.answered:
        kind = _kind(reading)
        if basis is None or kind is None or _of_unclear_end(reading):
            continue
        surplus = _surplus(reading)
        if surplus is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "nothing after the header section",
                surplus,
                f"an answer to {kind} has a body" if kind == "HEAD" else f"a {kind} has a body",
                basis,
                cause=f"body of {kind}",
            )


def _kind(reading: Reading) -> str | None:
    if reading.exchange.request.method == "HEAD":
        return "HEAD"
    return str(reading.status) if reading.status in {_NO_CONTENT, _NOT_MODIFIED} else None


def _of_unclear_end(reading: Reading) -> bool:
    """Whether the request said itself where it ends, so that what follows may be the answer to its rest."""
    return any(reading.exchange.request.header(name) is not None for name in _FRAMING)


def _surplus(reading: Reading) -> str | None:
    response = reading.exchange.response
    if response is None:
        return None
    length = (first_header(response.headers, "Content-Length") or "0").strip()
    if reading.status == _NO_CONTENT and length.isascii() and length.strip("0"):
        return f"Content-Length: {length[:20]}"
    return "bytes follow" if response.surplus or response.body else None


RULE = Rule(
    id="no-body-on-204-304-head",
    group="http",
    title="What has no body by its kind has none.",
    judge=judge,
)
