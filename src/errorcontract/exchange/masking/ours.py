"""What the harness sent lately: a value that comes back from there is none of the target's."""

from __future__ import annotations

from collections import deque

from errorcontract.model import Request

_RECENT = 256


class Ours:
    """The last requests."""

    def __init__(self) -> None:
        self._sent: deque[Request] = deque(maxlen=_RECENT)

    def add(self, request: Request) -> None:
        """It was sent."""
        self._sent.append(request)

    def hold(self, value: str) -> bool:
        """Whether a value stands in any of them."""
        form = value.encode("utf-8", "replace")
        return any(
            value in sent.target or (sent.body and form in sent.body) or any(value in told for _, told in sent.headers)
            for sent in self._sent
        )
