"""One case of an audit: what the client is answered, in turn."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.audit.reply import WELL, Say

GOOD = "success"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One case. Each call of the client gets `says` in turn, the last one again and again.

    `lost` cases lose a call that the client may then look up: `landed` is whether it was done all the same. `zone`: the
    client runs in a time zone far from UTC, so that a date which is read as local time shows.
    """

    id: str
    family: str
    title: str
    says: tuple[Say, ...]
    strange: str | None = None
    landed: bool | None = None
    zone: bool = False

    @property
    def kind(self) -> str:
        """The class of the answers that do not pass: "4xx", "5xx" or "lost"; nothing where all is well at last."""
        last = self.says[-1]
        if last.how != WELL.how:
            return "lost"
        return f"{last.status // 100}xx" if last.status >= 400 else ""  # noqa: PLR2004

    @property
    def lasting(self) -> bool:
        """Whether every answer is the same failure."""
        return len(self.says) == 1 and bool(self.kind)


SUCCESS = Script(id=GOOD, family="client-success", title="every call succeeds", says=(WELL,))
