"""`errorcontract contracts`, `rules`, `faults`, `choices`: what there is."""

from __future__ import annotations

import argparse
from typing import Any

from errorcontract.cli.parsing import OK
from errorcontract.lists import LISTS, OF_A_CONTRACT

_MORE = """\
examples:
  errorcontract {name}
"""


def add(commands: Any) -> None:
    """Describe a command for each list."""
    for name, (lines, what) in LISTS.items():
        more = _MORE.format(name=name) + (f"  errorcontract {name} NAME\n" if name in OF_A_CONTRACT else "")
        command = commands.add_parser(name, help=f"list {what}", epilog=more)
        command.set_defaults(run=_run, lines=lines, contract=None)
        if name in OF_A_CONTRACT:
            command.add_argument("contract", metavar="CONTRACT", nargs="?", help="of this contract only")


def _run(given: argparse.Namespace) -> int:
    for line in given.lines([given.contract] if given.contract else []):
        print(line)
    return OK
