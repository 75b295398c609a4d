"""The command as a whole: which commands there are, and what becomes of what they raise."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import errorcontract
from errorcontract.cli import answer, baseline, diff, lint, lists, report, schema, serve
from errorcontract.cli.parsing import INTERRUPTED, OK, USAGE, Parser
from errorcontract.errors import HarnessError
from errorcontract.reporting.text import printed

_ABOUT = """\
Proves that an API keeps the promises it makes about its errors. What proves it is a run of pytest (see below);
this command checks contracts, serves APIs to try things on, and keeps and compares what runs have found.
"""
_MORE = """\
errorcontract COMMAND --help tells of a command, with examples.

a test run is pytest's:
  pytest --pyargs errorcontract.suites             every bundled contract, on the embedded reference API
  pytest --target URL --contract NAME|DIR          one contract, on a running system
  pytest --help                                    all options, under the heading "error contracts"

from one run to the next:
  errorcontract baseline accepted.yaml --from reports/findings.json --reason "fixed in release 12" --expires 2027-01-31
  errorcontract diff reports-of-last-release reports
  errorcontract report reports/journal.ndjson

exit codes: 0 done and nothing wrong, 1 problems found, 4 wrong usage
"""
_COMMANDS = (lint, serve, answer, report, diff, baseline, schema, lists)


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
        sys.stderr.write(f"errorcontract: {printed(str(problem))}\n")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def parser() -> Parser:
    """Describe the command line."""
    top = Parser(prog="errorcontract", description=_ABOUT, epilog=_MORE)
    top.add_argument("--version", action="version", version=f"errorcontract {errorcontract.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return top
