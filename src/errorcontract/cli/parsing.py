"""What all commands share: exit codes, and how arguments are read."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 4, 130


class Parser(argparse.ArgumentParser):
    """An argument parser that keeps its examples' lines, and has pytest's exit code for wrong usage."""

    def __init__(self, **options: Any) -> None:
        layout: dict[str, Any] = {"formatter_class": argparse.RawDescriptionHelpFormatter, "allow_abbrev": False}
        super().__init__(**layout | options)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on."""
        self.exit(USAGE, f"{self.prog}: {message}\n{self.prog} --help tells how it is used\n")


def command(commands: Any, name: str, does: str, more: str) -> argparse.ArgumentParser:
    """A command: what it does stands in the list of commands and at the head of its own help, `more` at the end."""
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=does, description=f"{does[0].upper()}{does[1:]}.", epilog=more
    )
    return made
