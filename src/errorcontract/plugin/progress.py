"""Says now and then how far a run is: a paced one takes minutes."""

from __future__ import annotations

import time
from contextlib import nullcontext

import pytest

from errorcontract.model import Exchange
from errorcontract.reporting.text import one_line

_FIRST, _EVERY = 5.0, 10.0


class Progress:
    """Writes a line every ten seconds, the first after five. A short run writes none."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._sent = 0
        self._next = time.monotonic() + _FIRST
        self._about = ""
        self._budget: int | None = None
        self._pace: tuple[int, float] | None = None

    def expect(self, contract: str, url: str, budget: int | None, pace: tuple[int, float] | None) -> None:
        """A run begins."""
        self._about, self._budget, self._pace = f"{contract} at {url}", budget, pace
        self._sent, self._next = 0, time.monotonic() + _FIRST

    def tick(self, _: Exchange) -> None:
        """Count an exchange."""
        self._sent += 1
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            self._write(self._line())

    def say(self, text: str) -> None:
        """Tell at once what befalls the target."""
        self._write(f"{self._about}: {one_line(text)}")

    def _line(self) -> str:
        if self._budget is None:
            return f"{self._about}: {self._sent} requests"
        left = max(0, self._budget - self._sent)
        rest = f", about {left * self._pace[1] / self._pace[0]:.0f} s left" if self._pace else ""
        return f"{self._about}: {self._sent} of at most {self._budget} requests{rest}"

    def _write(self, line: str) -> None:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        if reporter is None:
            return
        with capture.global_and_fixture_disabled() if capture else nullcontext():
            reporter.ensure_newline()
            reporter.write_line(f"  {line}")
