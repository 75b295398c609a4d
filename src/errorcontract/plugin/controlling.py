"""From the start of a session to its reports. With several processes, the controlling one alone writes reports."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from errorcontract.errors import HarnessError
from errorcontract.plugin import options
from errorcontract.plugin.harness import JOURNAL, Harness
from errorcontract.plugin.page import finish_page
from errorcontract.plugin.session import harness_of, is_worker, keep
from errorcontract.reporting import STYLE, summary_lines, write_reports

_FILES = (JOURNAL, "report.html", "findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har")
_SUITES = "errorcontract.suites"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Recognise a run of the suites, refuse what is wrong with it, and say where its reports go."""
    config.addinivalue_line("markers", "asks(family, ...): the families of cases that a suite's question plays")
    if not _is_ours(config):
        return
    try:
        harness = Harness(config)
        _make(harness.report_dir)
    except HarnessError as problem:
        raise options.as_usage(problem) from None
    keep(config, harness)
    if not is_worker(config) and not config.option.collectonly:
        _direct_reports(config, harness.report_dir)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Clear the report folder of an earlier run, and make sure that the target is there."""
    harness = harness_of(session.config)
    if harness is None or is_worker(session.config) or session.config.option.collectonly:
        return
    try:
        harness.check_target()
        _clear(harness.report_dir)
    except HarnessError as problem:
        raise options.as_usage(problem) from None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """End the runs, then write every report."""
    harness = harness_of(session.config)
    if harness is None:
        return (yield)
    stopped = session.shouldstop or session.shouldfail
    complete = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not stopped
    why = None if complete else harness.stopped or _why(session, exitstatus)
    harness.close(complete=complete, why=why)
    if is_worker(session.config) or session.config.option.collectonly:
        return (yield)
    harness.report = write_reports(harness.report_dir / JOURNAL, harness.report_dir)
    done = yield
    finish_page(session.config)
    return done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what came out, without a file having to be opened."""
    harness = harness_of(config)
    if harness is None or harness.report is None:
        return
    terminalreporter.section("errorcontract")
    for line in summary_lines(harness.report, config.getoption("ec_report_dir")):
        terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server behind, whatever happened."""
    harness = harness_of(config)
    if harness is not None:
        harness.close(complete=False, why=harness.stopped)


def _why(session: pytest.Session, exitstatus: int) -> str:
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        return str(session.shouldstop or "interrupted")
    return str(session.shouldstop or session.shouldfail or f"the run ended with exit code {int(exitstatus)}")


def _is_ours(config: pytest.Config) -> bool:
    """Whether this session runs the suites: asked for by an option of ours, by name or by path."""
    suites = _suites()
    if options.asked(config):
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            config.args = [str(suites)]
        return True  # tests of one's own may ask for promises too
    named = [argument.partition("::")[0].partition("[")[0] for argument in config.args]
    return any(
        name == _SUITES
        or name.startswith(f"{_SUITES}.")
        or any(_holds(config, name, place) for place in (suites, *_cloned(config)))
        for name in named
    )


def _cloned(config: pytest.Config) -> list[Path]:
    """The suites of a checkout that is the root of this session, beside which a wheel may be installed."""
    root = config.rootpath.resolve()
    return [root / "suites"] if (root / "contracts").is_dir() and (root / "src" / "errorcontract").is_dir() else []


def _holds(config: pytest.Config, name: str, suites: Path) -> bool:
    path = Path(config.invocation_params.dir, name).resolve()
    return suites == path or suites in path.parents or (path in suites.parents and path.is_relative_to(config.rootpath))


def _suites() -> Path:
    spec = importlib.util.find_spec(_SUITES)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]).resolve()


def _direct_reports(config: pytest.Config, folder: Path) -> None:
    if not config.getoption("htmlpath", None):
        config.option.htmlpath, config.option.self_contained_html = str(folder / "report.html"), True
        config.option.css = [*config.option.css, str(STYLE)]
    if not config.getoption("xmlpath", None):
        config.option.xmlpath = str(folder / "junit.xml")


def _make(folder: Path) -> None:
    """Make the folder, before pytest-html does. Raises HarnessError where it can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        msg = f"--report-dir {folder}: can't be made: {problem.strerror}"
        raise HarnessError(msg) from None


def _clear(folder: Path) -> None:
    """Make the folder ready. Raises HarnessError where nothing can be written."""
    try:
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        (folder / JOURNAL).touch()
    except OSError as problem:
        msg = f"--report-dir {folder}: can't be written: {problem.strerror}"
        raise HarnessError(msg) from None
