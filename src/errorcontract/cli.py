"""The `errorcontract` command: what there is to do beside a test run. Runs themselves are pytest's."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import errorcontract
from errorcontract.contract import __main__ as linter
from errorcontract.embedded import check_names, reference
from errorcontract.errors import HarnessError, UsageError
from errorcontract.lists import LISTS, OF_A_CONTRACT
from errorcontract.reporting import Report, summary_lines, whole_page, write_reports, write_whole

OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 4, 130
_SERVING = "errorcontract.fixtures.reference_api.serving"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how to reach a server that listens everywhere

_ABOUT = "Proves that an API keeps the promises it makes about its errors. This command does what a test run does not."
_MORE = """\
a test run is pytest's:
  pytest --pyargs errorcontract.suites             every bundled contract, on the embedded reference API
  pytest --target URL --contract NAME|DIR          one contract, on a running system
  pytest --help                                    all options, under the heading "error contracts"

exit codes: 0 done and nothing wrong, 1 problems found, 4 wrong usage
"""
_LINT = """\
examples:
  errorcontract lint ./my-api                      a contract of your own
  errorcontract lint oneclickdz                    a bundled one
  errorcontract lint                               all bundled ones

Each problem is a line: file, line, place, what is wrong, and the nearest right word. Exit code 1 if there is one.
"""
_SERVE = """\
examples:
  errorcontract serve oneclickdz                                     keeps every promise
  errorcontract serve oneclickdz --fault negative-amount-accepted    breaks one; errorcontract faults lists them
  errorcontract serve oneclickdz --rate-limit 20/second              answers 429 beyond that

It prints its address and the command that tests it, and runs until Ctrl-C. What it is told is kept in memory only.
"""
_REPORT = """\
example:
  errorcontract report reports/journal.ndjson --report-dir attic

For a run that was killed, a journal that was kept, or a newer version's reports of an older run: writes findings.json,
findings.sarif, summary.md, traffic.har and report.html. The page has no list of questions, as only pytest knows that.
Exit code 1 if the journal is damaged or a file can't be written; findings alone do not count.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        given = parser().parse_args(arguments)
        code: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except HarnessError as problem:
        sys.stderr.write(f"errorcontract: {problem}\n")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


class Parser(argparse.ArgumentParser):
    """An argument parser that keeps its examples' lines, and has pytest's exit code for wrong usage."""

    def __init__(self, **options: Any) -> None:
        layout: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
        super().__init__(**layout | options)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on."""
        self.exit(USAGE, f"{self.prog}: {message}\n{self.prog} --help tells how it is used\n")


def parser() -> Parser:
    """Describe the command line."""
    top = Parser(prog="errorcontract", description=_ABOUT, epilog=_MORE)
    top.add_argument("--version", action="version", version=f"errorcontract {errorcontract.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_lint(commands)
    _add_serve(commands)
    _add_report(commands)
    _add_lists(commands)
    return top


def _add_lint(commands: Any) -> None:
    lint = commands.add_parser("lint", help="say everything that is wrong with a contract", epilog=_LINT)
    lint.add_argument("contract", metavar="DIR|NAME", nargs="*", help="folder or bundled name; none: all bundled ones")
    lint.set_defaults(run=_lint)


def _add_serve(commands: Any) -> None:
    serve = commands.add_parser("serve", help="run the reference API of a contract, to try things on", epilog=_SERVE)
    serve.add_argument("contract", metavar="CONTRACT", help="the name of a bundled contract")
    serve.add_argument("--port", type=int, default=8080, metavar="N", help="0: any free one (default: %(default)s)")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen at (default: %(default)s)")
    serve.add_argument("--fault", metavar="NAME", help="plant this defect")
    serve.add_argument(
        "--choice",
        metavar="NAME",
        action="append",
        default=[],
        help="answer in another way that the documents allow; repeatable",
    )
    serve.add_argument("--rate-limit", metavar="R", help="answer 429 beyond this, such as 60/minute (default: none)")
    serve.add_argument("--lock-out-seconds", type=float, metavar="N", help="how long wrong credentials shut out")
    serve.set_defaults(run=_serve)


def _add_report(commands: Any) -> None:
    report = commands.add_parser("report", help="make all reports again from a journal", epilog=_REPORT)
    report.add_argument("journal", metavar="JOURNAL", type=Path, help="the journal.ndjson of a run")
    report.add_argument("--report-dir", metavar="DIR", type=Path, help="where they go (default: beside the journal)")
    report.set_defaults(run=_report)


def _add_lists(commands: Any) -> None:
    for name, (lines, what) in LISTS.items():
        command = commands.add_parser(name, help=f"list {what}")
        command.set_defaults(run=_list, lines=lines, contract=None)
        if name in OF_A_CONTRACT:
            command.add_argument("contract", metavar="CONTRACT", nargs="?", help="of this contract only")


def _lint(given: argparse.Namespace) -> int:
    return linter.main(given.contract)


def _serve(given: argparse.Namespace) -> int:
    check_names([given.contract], given.fault, given.choice)
    serving = importlib.import_module(_SERVING)
    try:
        listener = serving.bind(given.host, given.port)
        server = serving.Server(_application(given), listener, lambda port: _announce(given, port))
    except (ValueError, OSError, OverflowError) as problem:
        raise _refused(given, problem) from None
    try:
        with serving.server_loop(server) as runner:
            runner.run(server.serve_here())
    except KeyboardInterrupt:
        print("stopped")
    return OK


def _application(given: argparse.Namespace) -> Any:
    lock_out = {} if given.lock_out_seconds is None else {"lock_out_seconds": given.lock_out_seconds}
    return reference(given.contract).app(given.fault, given.choice, given.rate_limit, **lock_out)


def _refused(given: argparse.Namespace, problem: Exception) -> UsageError:
    if isinstance(problem, OSError):
        place = f"{given.host} port {given.port}"
        return UsageError(f"can't listen at {place}: {problem.strerror}; choose another with --port or --host")
    return UsageError(str(problem))


def _announce(given: argparse.Namespace, port: int) -> None:
    host = _EVERYWHERE.get(given.host, given.host)
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    changes = [f"the fault {given.fault}"] if given.fault else []
    changes += [f"the choice {name}" for name in given.choice]
    print(f"{given.contract} is served at {url}" + (f" with {' and '.join(changes)}" if changes else ""))
    print(f"test it:  pytest --target {url} --contract {given.contract}")
    print("stop it:  Ctrl-C", flush=True)


def _report(given: argparse.Namespace) -> int:
    if not given.journal.is_file():
        raise UsageError(f"{given.journal} is no file; give the journal.ndjson of a run")
    folder = given.report_dir or given.journal.parent
    report = write_reports(given.journal, folder)
    failed = write_whole(folder / "report.html", lambda path: _write_page(path, report))
    print("\n".join(summary_lines(report, folder)))
    if failed:
        print(f"problem: {failed}")
    return PROBLEMS if report.problems or failed else OK


def _write_page(path: Path, report: Report) -> None:
    path.write_text(whole_page(report), encoding="utf-8", newline="\n")


def _list(given: argparse.Namespace) -> int:
    for line in given.lines([given.contract] if given.contract else []):
        print(line)
    return OK


if __name__ == "__main__":
    sys.exit(main())
