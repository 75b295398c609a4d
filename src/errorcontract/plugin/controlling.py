"""From the start of a session to its reports. With several processes, the controlling one alone writes reports."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from errorcontract.errors import HarnessError
from errorcontract.plugin import options
from errorcontract.plugin.ci import failures_end, start_ci
from errorcontract.plugin.folder import JOURNAL
from errorcontract.plugin.harness import Harness
from errorcontract.plugin.hiding import hide_output
from errorcontract.plugin.page import direct_page, finish_page
from errorcontract.plugin.parallel import end_workers
from errorcontract.plugin.session import harness_of, is_worker, keep
from errorcontract.plugin.signals import heed
from errorcontract.reporting import summary_lines, write_reports

_SUITES = "errorcontract.suites"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Recognise a run of the suites, refuse what is wrong with it, and say where its reports go."""
    config.addinivalue_line("markers", "asks(family, ...): the families of cases that a suite's question plays")
    if not _is_ours(config):
        return
    try:
        harness = Harness(config)
        harness.folder.make()
    except HarnessError as problem:
        raise options.as_usage(problem) from None
    keep(config, harness)
    if not is_worker(config) and not config.option.collectonly:
        _direct_reports(config, harness.report_dir)
        start_ci(config)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Make sure that the target is there, and take the report folder."""
    harness = harness_of(session.config)
    if harness is None or session.config.option.collectonly:
        return
    heed(harness.stop)
    hide_output(session.config, harness.masked)
    if is_worker(session.config):
        harness.folder.join()
        return
    try:
        harness.tested.check()
        harness.folder.claim()
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
    if why:
        end_workers(session.config)
    try:
        harness.close(complete=complete, why=why)
    finally:
        if not is_worker(session.config) and not session.config.option.collectonly:
            harness.report = write_reports(
                harness.report_dir / JOURNAL, harness.report_dir, session.config.getoption("ec_report_language")
            )
    if harness.report is None:
        return (yield)
    done = yield
    finish_page(session.config)
    return done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what came out, without a file having to be opened."""
    harness = harness_of(config)
    if harness is None or harness.report is None:
        return
    failures_end(config)
    terminalreporter.section("errorcontract")
    for line in summary_lines(harness.report, config.getoption("ec_report_dir")):
        terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server behind, whatever happened."""
    harness = harness_of(config)
    if harness is not None:
        harness.close(complete=False, why=harness.stopped)
        harness.folder.leave()


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
    direct_page(config, folder)
    if not config.getoption("xmlpath", None):
        config.option.xmlpath = str(folder / "junit.xml")
