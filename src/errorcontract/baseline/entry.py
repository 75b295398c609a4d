"""One accepted finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from errorcontract.reporting.result import Acceptance

WARNED = timedelta(days=14)
"""How long before its last day an entry is called to mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The id of a finding, why it is accepted, and the last day on which it is. What follows tells what it is about."""

    id: str
    reason: str
    expires: date | None = None
    contract: str = ""
    operation: str = ""
    cause: str = ""
    question: str = ""
    summary: str = ""

    def state(self, today: date) -> str:
        """Whether it is "accepted", "ending" within two weeks, or "expired"."""
        if self.expires is None:
            return "accepted"
        if self.expires < today:
            return "expired"
        return "ending" if self.expires - today <= WARNED else "accepted"

    def line(self, today: date) -> dict[str, Any]:
        """The entry as the record of a run tells of it."""
        about = {name: getattr(self, name) for name in ("contract", "operation", "cause", "question")}
        return {"id": self.id, "reason": self.reason, "expires": self._day(), "state": self.state(today), **about}

    def acceptance(self, today: date) -> Acceptance:
        """The entry as reports know it."""
        return Acceptance(**self.line(today))

    def members(self) -> dict[str, str]:
        """What stands in the file, in its order, without what is empty."""
        whole = {"id": self.id, "reason": self.reason, "expires": self._day() or ""}
        about = {name: getattr(self, name) for name in ("contract", "operation", "cause", "question", "summary")}
        return {name: value for name, value in (whole | about).items() if value}

    def _day(self) -> str | None:
        return self.expires.isoformat() if self.expires else None
