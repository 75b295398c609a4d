"""Keeps credentials and personal values out of what pytest prints and writes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from errorcontract.plugin.session import harness_of

_DEEPEST = 12


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Hide in what is told of a question: its failure, its traceback, what it printed."""
    report = yield
    _clean(report, item.config)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(collector: pytest.Collector):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Hide in what is told of a module."""
    report = yield
    _clean(report, collector.config)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_internalerror(excrepr: Any) -> None:
    """Hide in the traceback of a mistake of our own, before anybody prints it or sends it to another process."""
    for hide in _EVERYWHERE:
        scrub(excrepr, hide)


def hide_output(config: pytest.Config, hide: Callable[[str], str]) -> None:
    """Hide in whatever goes to the terminal."""
    _EVERYWHERE[:] = [hide]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    writer = getattr(reporter, "_tw", None)
    if writer is not None:
        writer._file = Cleaned(writer._file, hide)  # noqa: SLF001 - pytest has no way to filter its output
    tracer = config.trace.root
    if (written := tracer._writer) is not None:  # noqa: SLF001 - of --debug and PYTEST_DEBUG
        tracer.setwriter(_Traced(written, hide).write)


class Cleaned:
    """A stream whose text goes through a filter."""

    def __init__(self, stream: Any, hide: Callable[[str], str]) -> None:
        self._stream, self._hide = stream, hide

    def write(self, text: str) -> Any:
        """Write what may be seen of a text."""
        return self._stream.write(self._hide(text))

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's."""
        return getattr(self._stream, name)


class _Traced:
    """Writes what pytest traces. What it traces of the work of the filter itself is left out."""

    def __init__(self, written: Callable[[str], object], hide: Callable[[str], str]) -> None:
        self._written, self._hide, self._busy = written, hide, False

    def write(self, text: str) -> None:
        """Write what may be seen of a text."""
        if self._busy:
            return
        self._busy = True
        try:
            self._written(self._hide(text))
        finally:
            self._busy = False


_EVERYWHERE: list[Callable[[str], str]] = []
"""The filter of the session that is under way; an error of pytest itself comes without one."""


def _clean(report: Any, config: pytest.Config) -> None:
    harness = harness_of(config)
    if harness is None:
        return
    told = report.longrepr
    if isinstance(told, str):
        report.longrepr = harness.masked(told)
    elif isinstance(told, tuple):
        report.longrepr = tuple(harness.masked(part) if isinstance(part, str) else part for part in told)
    elif told is not None:
        scrub(told, harness.masked)
    report.sections = [(name, harness.masked(text)) for name, text in report.sections]


def scrub(told: Any, hide: Callable[[str], str], depth: int = 0) -> Any:
    """Hide in every text of a traceback as pytest keeps it, in its place; the text itself, if it is one."""
    if isinstance(told, str):
        return hide(told)
    if depth > _DEEPEST:
        return told
    if isinstance(told, list):
        told[:] = [scrub(part, hide, depth + 1) for part in told]
    elif isinstance(told, tuple):
        return tuple(scrub(part, hide, depth + 1) for part in told)
    elif is_dataclass(told) and not isinstance(told, type):
        for name in [one.name for one in fields(told)]:
            object.__setattr__(told, name, scrub(getattr(told, name), hide, depth + 1))
        if hasattr(told, "sections"):
            told.sections = scrub(told.sections, hide, depth + 1)
    return told
