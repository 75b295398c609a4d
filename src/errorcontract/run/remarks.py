"""What a reader of a run must know to trust its verdict: what could not be asked, hidden, or judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errorcontract.exchange import Mask, Stage
from errorcontract.model import Contract


def remarks(contract: Contract, unknown: Iterable[str], mask: Mask, stage: Stage) -> Iterator[str]:
    """All of it. `unknown` are credentials that nobody gave."""
    for name in sorted(unknown):
        means = contract.credentials
        environment = means.others[name].environment if means else ""
        yield f"cases that need the credential {name!r} are unsent: set {environment} to have them asked"
    for name in mask.known.short:
        yield f"{name} is too short to be told from ordinary text: it is hidden only where its place tells of it"
    if stage.held:
        yield f"{stage.held} answers were 429, too many requests: cases are unjudged; a lower --rate helps"
