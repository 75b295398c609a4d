"""`errorcontract baseline`: keeps the file of findings that are accepted."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from errorcontract.baseline import Entry, Upkeep, accept, drop_unneeded, read
from errorcontract.baseline.file import day
from errorcontract.baseline.writing import write
from errorcontract.cli.parsing import OK, command
from errorcontract.errors import UsageError
from errorcontract.reporting.read_back import read_back
from errorcontract.reporting.text import one_line, plural, printed

_MORE = """\
examples:
  errorcontract baseline accepted.yaml
      what is accepted, why, and until when
  errorcontract baseline accepted.yaml --from reports/findings.json --reason "fixed in release 12" --expires 2027-01-31
      accept every finding of that run that is not in the file yet
  errorcontract baseline accepted.yaml --from reports --id code-status-0123456789 --reason "agreed with the clients"
      accept this one; if it is in the file, its reason and its day become these
  errorcontract baseline accepted.yaml --from reports --prune
      drop what that run asked for and no longer found
  pytest --baseline accepted.yaml
      a run that the accepted findings do not fail

The file is YAML, or JSON if its name ends in .json. Comments and the order of its entries stay. On the day after
`expires`, a finding counts again. Exit codes: 0 done, 4 wrong usage, or a file that is wrong.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    baseline = command(commands, "baseline", "keep the file of findings that are accepted and fail no run", _MORE)
    baseline.add_argument("file", metavar="FILE", type=Path, help="the baseline; made where it is missing")
    baseline.add_argument(
        "--from", dest="source", metavar="REPORT", type=Path, help="findings.json, journal.ndjson or folder of a run"
    )
    baseline.add_argument("--reason", metavar="TEXT", help="why these findings are accepted")
    baseline.add_argument("--expires", metavar="DATE", help="the last day on which they are, such as 2027-01-31")
    baseline.add_argument(
        "--id",
        dest="ids",
        metavar="ID",
        action="append",
        default=[],
        help="accept this finding only; repeatable (default: all that are not in the file)",
    )
    baseline.add_argument("--prune", action="store_true", help="drop entries that the run asked for and did not find")
    baseline.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    _check(given)
    entries = read(given.file) if given.source is None or given.file.exists() else ()
    if given.source is None:
        print(printed("\n".join(_listed(entries, date.today()))))  # noqa: DTZ011 - a day in the user's own calendar
        return OK
    done = _upkeep(given, entries)
    problem = write(given.file, entries, done.entries) if done.added or done.changed or done.dropped else None
    if problem:
        raise UsageError(problem)
    print(printed("\n".join(_told(given.file, done))))
    return OK


def _upkeep(given: argparse.Namespace, entries: tuple[Entry, ...]) -> Upkeep:
    told = read_back(given.source)
    if given.prune:
        return drop_unneeded(entries, told)
    return accept(entries, told, given.ids, given.reason, day(given.expires) if given.expires else None)


def _check(given: argparse.Namespace) -> None:
    """Refuse what contradicts itself, and an acceptance without a reason."""
    adds = bool(given.ids or given.expires or given.reason is not None)
    if given.prune and adds:
        raise UsageError("--prune drops entries: it can't be combined with --id, --reason or --expires")
    if given.source is None and (adds or given.prune):
        raise UsageError("name the run to take findings from: --from reports/findings.json")
    if given.source is not None and not given.prune and not (given.reason or "").strip():
        raise UsageError('say why these findings are accepted: --reason "..."')
    if given.expires:
        _check_day(given.expires, day(given.expires))


def _check_day(text: str, last: date | None) -> None:
    if last is None:
        raise UsageError(f"--expires {text} is no day: write it as 2027-01-31")
    if last < date.today():  # noqa: DTZ011 - a day in the user's own calendar
        raise UsageError(f"--expires {text} is over already")


def _listed(entries: tuple[Entry, ...], today: date) -> list[str]:
    lines = []
    for entry in entries:
        about = " ".join(filter(None, (entry.contract, entry.operation)))
        lines.append(f"{one_line(entry.id)}  {_until(entry, today)}  {one_line(entry.reason)}")
        lines += [f"    {one_line(text)}" for text in (about, entry.summary) if text]
    return lines or ["nothing is accepted"]


def _until(entry: Entry, today: date) -> str:
    if entry.expires is None:
        return "for good"
    ending = {"expired": "EXPIRED on", "ending": "ends soon:", "accepted": "until"}[entry.state(today)]
    return f"{ending} {entry.expires.isoformat()}"


def _told(file: Path, done: Upkeep) -> list[str]:
    lines = [f"accepted: {one_line(name)}" for name in done.added]
    lines += [f"changed: {one_line(name)}" for name in done.changed]
    lines += [f"dropped, as it is no longer found: {one_line(name)}" for name in done.dropped]
    lines += [f"kept, as the run did not ask for it: {one_line(name)}" for name in done.unasked]
    return [*lines, f"{file}: {plural(len(done.entries), 'entry')}"]
