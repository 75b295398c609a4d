"""Are names of nothing, and texts that are no names, answered as promised?"""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.fields import of_kinds
from errorcontract.cases.kit import Kit
from errorcontract.model import Case


def cases(kit: Kit) -> Iterator[Case]:
    """Every prepared value of every such field."""
    return of_kinds(kit, "identifier", {"identifier", "reference"})
