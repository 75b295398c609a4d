"""Numbers whose spelling matters."""

from __future__ import annotations


class Written:
    """A number as it is to be written in JSON, where Python would write it in another way."""

    __slots__ = ("text", "value")

    def __init__(self, text: str, value: float) -> None:
        self.text, self.value = text, value

    def __repr__(self) -> str:
        """The number as it is written."""
        return self.text
