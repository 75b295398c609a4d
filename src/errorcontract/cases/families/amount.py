"""Is every amount outside the documented range refused, and its field named?"""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.fields import of_kinds
from errorcontract.cases.kit import Kit
from errorcontract.model import Case


def cases(kit: Kit) -> Iterator[Case]:
    """Every prepared value of every such field."""
    return of_kinds(kit, "amount", {"amount"})
