"""`errorcontract diff`: what changed from one run to the next."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from errorcontract.cli.parsing import OK, PROBLEMS
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


def add(commands: Any) -> None:
    """Describe the command."""
    diff = commands.add_parser("diff", help="say what changed from one run to the next", epilog=_MORE)
    told = "report folder, findings.json or journal.ndjson of the {} run"
    diff.add_argument("old", metavar="OLD", type=Path, help=told.format("earlier"))
    diff.add_argument("new", metavar="NEW", type=Path, help=told.format("later"))
    diff.add_argument("--format", choices=tuple(_FORMS), default="text", help="(default: %(default)s)")
    diff.add_argument("--fail-on-slower", action="store_true", help="exit code 1 for slower operations too")
    least = Thresholds()
    diff.add_argument(
        "--slower-times",
        type=float,
        default=least.times,
        metavar="X",
        help="slower is what takes X times as long (default: %(default)s) ...",
    )
    diff.add_argument(
        "--slower-seconds",
        type=float,
        default=least.seconds,
        metavar="S",
        help="... and S seconds longer (default: %(default)s) ...",
    )
    diff.add_argument(
        "--slower-answers",
        type=int,
        default=least.answers,
        metavar="N",
        help="... by N answers or more on both sides (default: %(default)s)",
    )
    diff.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    if given.slower_times < 1 or given.slower_seconds < 0 or given.slower_answers < 1:
        raise UsageError("--slower-times must be 1 or more, --slower-seconds 0 or more, --slower-answers 1 or more")
    thresholds = Thresholds(
        times=given.slower_times, seconds=given.slower_seconds, answers=given.slower_answers
    )
    names = (str(given.old), str(given.new))
    drift = compare(read_back(given.old), read_back(given.new), names, thresholds)
    sys.stdout.write(_FORMS[given.format](drift))
    return PROBLEMS if drift.worse or (given.fail_on_slower and drift.slower) else OK
