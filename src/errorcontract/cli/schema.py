"""`errorcontract schema`: the form of findings.json, for programs that read it."""

from __future__ import annotations

import argparse
from typing import Any

from errorcontract.cli.parsing import OK, command
from errorcontract.reporting import findings_schema

_MORE = """\
examples:
  errorcontract schema                             print it
  errorcontract schema > findings.schema.json      keep it beside a program of yours

It is JSON Schema (2020-12). Members may join later, so it allows more than it names.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    schema = command(commands, "schema", "print the JSON Schema of findings.json", _MORE)
    schema.set_defaults(run=_run)


def _run(_: argparse.Namespace) -> int:
    print(findings_schema(), end="")
    return OK
