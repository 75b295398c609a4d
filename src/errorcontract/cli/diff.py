"""`errorcontract diff`: what changed from one run to the next."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from errorcontract.cli.parsing import OK, PROBLEMS, command
from errorcontract.drift import Thresholds, as_json, as_markdown, as_text, compare
from errorcontract.errors import UsageError
from errorcontract.reporting.read_back import read_back

_FORMS = {"text": as_text, "markdown": as_markdown, "json": as_json}
_MORE = """\
examples:
  errorcontract diff release-11 reports                      two report folders
  errorcontract diff old/findings.json reports/journal.ndjson
  errorcontract diff release-11 reports --format markdown    for a release note or a pull request
  errorcontract diff release-11 reports --fail-on-slower --slower-times 2 --slower-seconds 0.1

It tells which findings are new, fixed, unchanged, or not asked for again; which codes are newly seen, gone, or moved
to another status; and which operations take longer. What the two runs don't have in common stands first.

Exit code 1 if something got worse: a new finding that fails a run, a warning that became an error, a code that came
with a status that is not promised, or came no more. 0 if nothing did, 4 for wrong usage.
"""


_SLOWER = {
    "times": ("X", 1, "X times as long as before"),
    "seconds": ("S", 0, "and S seconds longer"),
    "answers": ("N", 1, "by N answers or more in each of the two runs"),
}
"""What makes an operation slower: the name of a threshold, its sign, the least that it can be, what it says."""


def add(commands: Any) -> None:
    """Describe the command."""
    diff = command(commands, "diff", "say what changed from one run to the next", _MORE)
    told = "report folder, findings.json or journal.ndjson of the {} run"
    diff.add_argument("old", metavar="OLD", type=Path, help=told.format("earlier"))
    diff.add_argument("new", metavar="NEW", type=Path, help=told.format("later"))
    diff.add_argument("--format", choices=tuple(_FORMS), default="text", help="how it is told (default: %(default)s)")
    diff.add_argument("--fail-on-slower", action="store_true", help="exit code 1 for slower operations too")
    _add_thresholds(diff.add_argument_group("an operation counts as slower if it takes"))
    diff.set_defaults(run=_run)


def _add_thresholds(slower: Any) -> None:
    usual = asdict(Thresholds())
    for name, (sign, _, told) in _SLOWER.items():
        kind, more = type(usual[name]), f"{told} (default: %(default)s)"
        slower.add_argument(f"--slower-{name}", type=kind, default=usual[name], metavar=sign, help=more)


def _thresholds(given: argparse.Namespace) -> Thresholds:
    values = {name: getattr(given, f"slower_{name}") for name in _SLOWER}
    if not all(values[name] >= least for name, (_, least, _) in _SLOWER.items()):
        least = ", ".join(f"--slower-{name} must be {least} or more" for name, (_, least, _) in _SLOWER.items())
        raise UsageError(least)
    return Thresholds(**values)


def _run(given: argparse.Namespace) -> int:
    thresholds, names = _thresholds(given), (str(given.old), str(given.new))
    drift = compare(read_back(given.old), read_back(given.new), names, thresholds)
    sys.stdout.write(_FORMS[given.format](drift))
    return PROBLEMS if drift.worse or (given.fail_on_slower and drift.slower) else OK
