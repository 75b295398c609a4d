"""`errorcontract lint`: everything that is wrong with a contract."""

from __future__ import annotations

import argparse
from typing import Any

from errorcontract.cli.parsing import command
from errorcontract.contract import __main__ as linter

_MORE = """\
examples:
  errorcontract lint ./my-api                      a contract of your own
  errorcontract lint oneclickdz                    a bundled one
  errorcontract lint                               all bundled ones

Each problem is a line: file, line, place, what is wrong, and the nearest right word. Exit code 1 if there is one.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    lint = command(commands, "lint", "say everything that is wrong with a contract", _MORE)
    lint.add_argument("contract", metavar="DIR|NAME", nargs="*", help="folder or bundled name; none: all bundled")
    lint.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    return linter.main(given.contract)
