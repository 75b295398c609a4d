"""Tells a CI server in its own words what came out, and keeps what a target said from being taken for such words."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import pytest

from errorcontract.plugin.session import harness_of
from errorcontract.reporting import Report, write_whole
from errorcontract.reporting.ci import Server, github, gitlab, server_of

_FAILURES = "Failures in full"


class Ci:
    """Registered as a plugin for sessions that a CI server runs."""

    def __init__(self, config: pytest.Config, server: Server) -> None:
        self._config, self._server = config, server
        self._token = ""
        self._folded = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Before anything of a target is printed: nothing that follows is a command."""
        if self._server is Server.GITHUB:
            self._write(self._stop())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Fold the failures; when all is printed, tell what came out."""
        if any(terminalreporter.stats.get(kind) for kind in ("failed", "error")):
            self._fold()
        done = yield
        self.unfold()
        self._resume()
        harness = harness_of(self._config)
        if harness is not None and harness.report is not None:
            self._tell(harness.report, harness.report_dir)
        return done

    def pytest_unconfigure(self) -> None:
        """Leave commands as they were, whatever happened."""
        self._resume()

    def unfold(self) -> None:
        """The failures were printed."""
        if self._folded:
            self._folded = False
            self._write(self._free(github.END_GROUP) if self._server is Server.GITHUB else [gitlab.section_end()])

    def _fold(self) -> None:
        self._folded = True
        title = _FAILURES
        lines = self._free(github.group(title)) if self._server is Server.GITHUB else [gitlab.section_start(title)]
        self._write(lines)

    def _tell(self, report: Report, folder: Path) -> None:
        if self._server is Server.GITLAB:
            self._complain(write_whole(folder / gitlab.FILE, lambda draft: _fill(draft, gitlab.render(report))))
            return
        self._write(github.commands_for(report))
        page, summary = folder / "summary.md", os.environ.get("GITHUB_STEP_SUMMARY")
        if summary and page.is_file():
            self._complain(github.append_summary(Path(summary), page.read_text("utf-8")))

    def _complain(self, problem: str | None) -> None:
        if problem:
            self._write([f"problem: {problem}"])

    def _stop(self) -> list[str]:
        self._token = secrets.token_hex(16)
        return [github.stop(self._token)]

    def _resume(self) -> None:
        if self._token:
            self._write([github.resume(self._token)])
            self._token = ""

    def _free(self, command: str) -> list[str]:
        """A command amid lines that are none."""
        return [github.resume(self._token), command, *self._stop()]

    def _write(self, lines: Iterable[str]) -> None:
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.ensure_newline()
            for line in lines:
                reporter.write_line(line)


def start_ci(config: pytest.Config) -> None:
    """Register the plugin where a CI server runs this and wants to be told."""
    server = server_of(config.getoption("ec_ci"), os.environ)
    if server is not None:
        config.pluginmanager.register(Ci(config, server), "errorcontract-ci")


def failures_end(config: pytest.Config) -> None:
    """What follows is no failure any more."""
    plugin = config.pluginmanager.get_plugin("errorcontract-ci")
    if isinstance(plugin, Ci):
        plugin.unfold()


def _fill(draft: Path, text: str) -> None:
    draft.write_text(text, encoding="utf-8", newline="\n")
