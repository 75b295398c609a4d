"""`errorcontract contracts`, `rules`, `faults`, `choices`: what there is."""

from __future__ import annotations

import argparse
from typing import Any

from errorcontract.cli.parsing import OK, command
from errorcontract.lists import LISTS, OF_A_CONTRACT

_MORE = """\
examples:
  errorcontract {name}
"""
_OF_ONE = "  errorcontract {name} NAME    of one contract; errorcontract contracts lists them\n"


def add(commands: Any) -> None:
    """Describe a command for each list."""
    for name, (lines, what) in LISTS.items():
        more = (_MORE + (_OF_ONE if name in OF_A_CONTRACT else "")).format(name=name)
        listing = command(commands, name, f"list {what}", more)
        listing.set_defaults(run=_run, lines=lines, contract=None)
        if name in OF_A_CONTRACT:
            listing.add_argument("contract", metavar="CONTRACT", nargs="?", help="those of this contract only")


def _run(given: argparse.Namespace) -> int:
    for line in given.lines([given.contract] if given.contract else []):
        print(line)
    return OK
