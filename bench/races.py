"""How often each fault that only shows when requests meet is found, and how often conforming APIs are accused.

`python bench/races.py --out bench/results-races.json --page docs/races.md`; half of the runs are made while every core
is busy.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from errorcontract.fixtures.reference_api import CONTRACTS
from errorcontract.fixtures.reference_api import load as reference_api

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load
from errorcontract.embedded import Embedded
from errorcontract.exchange import Secrets
from errorcontract.model import Contract
from errorcontract.rules import all_rules
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

FAMILIES = ("races", "limited", "references", "money", "overdraft")
MEETING = {"race", "concurrent", "across", "late", "rival"}
_WORDS = 3
TABLE_STARTS, TABLE_ENDS = "<!-- table -->\n", "<!-- end of table -->"


@dataclass(slots=True)
class Row:
    """What came of the runs against one API: how many, how many were right, what else was found, and how long."""

    contract: str
    what: str
    name: str
    runs: int = 0
    right: int = 0
    loaded: int = 0
    requests: int = 0
    seconds: float = 0.0
    else_: list[str] = field(default_factory=list)


def main() -> None:
    """Measure what is not measured yet, then write the page."""
    given = _options()
    rows = {_key(row): row for row in _read(given.out)}
    for contract in given.contracts.split(","):
        for what, name, runs in _asked(contract, given):
            row = rows.setdefault((contract, what, name), Row(contract, what, name))
            while row.runs < runs:
                _measure(row, given)
                given.out.write_text(json.dumps([asdict(one) for one in rows.values()], indent=1), "utf-8")
    if given.page:
        _write_page(given.page, list(rows.values()))


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="raw figures; measuring goes on where it was stopped")
    options.add_argument("--page", type=Path, help="the page whose table is written")
    options.add_argument("--contracts", default=",".join(CONTRACTS))
    options.add_argument("--only", help="a part of the names of faults and choices")
    options.add_argument("--runs", type=int, default=20, help="of each fault")
    options.add_argument("--clean", type=int, default=50, help="of each conforming API")
    options.add_argument("--choices", type=int, default=2, help="of each legal choice")
    options.add_argument("--busy", type=int, default=os.cpu_count() or 1, help="processes that keep a core busy each")
    return options.parse_args()


def _asked(contract: str, given: argparse.Namespace) -> Iterator[tuple[str, str, int]]:
    api = reference_api(contract)
    asked = [("conforming", "-", given.clean)]
    asked += [("fault", fault.name, given.runs) for fault in api.faults if is_race(fault.name)]
    asked += [("choice", choice.name, given.choices) for choice in api.choices]
    yield from (one for one in asked if one[2] and (given.only is None or given.only in one[1]))


def is_race(name: str) -> bool:
    """Whether a fault shows only when requests meet; its name says so."""
    return "at-once" in name or not MEETING.isdisjoint(name.split("-"))


def _key(row: Row) -> tuple[str, str, str]:
    return row.contract, row.what, row.name


def _read(file: Path) -> list[Row]:
    return [Row(**row) for row in json.loads(file.read_text("utf-8"))] if file.exists() else []


def _measure(row: Row, given: argparse.Namespace) -> None:
    """One run more; every second one while the cores are busy."""
    loaded = row.runs % 2 == 1
    with busy(given.busy if loaded else 0):
        found, requests, seconds = one_run(load(row.contract), row, seed=row.runs)
    row.runs, row.loaded = row.runs + 1, row.loaded + loaded
    row.requests, row.seconds = row.requests + requests, row.seconds + seconds
    wanted = _wanted(row)
    row.right += wanted in found if wanted else not found
    row.else_ = sorted({*row.else_, *(" ".join(one) for one in found if one != wanted)})
    sys.stderr.write(f"{row.contract} {row.what} {row.name}: {row.right} of {row.runs}\n")


def _wanted(row: Row) -> tuple[str, str] | None:
    faults = {fault.name: fault for fault in reference_api(row.contract).faults}
    return (faults[row.name].rule, faults[row.name].severity) if row.what == "fault" else None


def one_run(contract: Contract, row: Row, seed: int) -> tuple[set[tuple[str, str]], int, float]:
    """Everything about references and money, asked of a fresh API: what was found, the requests, the seconds."""
    options = [] if row.what == "conforming" else [f"--{row.what}", row.name]
    api, clock = Embedded(contract.name, options), time.perf_counter()
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(journal=Path(folder) / "journal", secrets=_secrets(contract), seed=seed)
            run = Run(contract, Target(url=api.url, local=True, embedded=True), settings, lambda _: None)
            wanted = _wanted(row)
            money = wanted is not None and groups()[wanted[0]] == "money"
            asked = _questions(contract.name, "overdraft" if "overdraft" in row.name else "money" if money else "races")
            run.start(asked)
            requests = _asked_until(run, asked, wanted)
            run.close(complete=True)
    finally:
        api.stop()
    return _found(run), requests, time.perf_counter() - clock


def _asked_until(run: Run, asked: Sequence[Question], wanted: tuple[str, str] | None) -> int:
    """Put the questions until one shows what is wanted; the requests that it took."""
    requests = 0
    for question in asked:
        requests += run.ask(question, question.family).requests
        if wanted in _found(run):
            break
    return requests


def _found(run: Run) -> set[tuple[str, str]]:
    return {(one.rule, str(one.severity)) for one in run.findings.all.values()}


@cache
def _questions(contract: str, first: str) -> list[Question]:
    """Those of every family, one of them first; else an account is emptied last."""
    kit = Kit(Build(load(contract), Names(run="rehearsal", returned={"balance": 1.0})), local=True)
    order = sorted(FAMILIES, key=lambda name: name != first)
    asked = [(name, case.operation or "-") for name in order for case in families()[name](kit)]
    return [Question(contract, *one) for one in dict.fromkeys(asked)]


@cache
def groups() -> Mapping[str, str]:
    """The group of each rule."""
    return {rule.id: rule.group for rule in all_rules()}


def _secrets(contract: Contract) -> Secrets:
    means = contract.credentials
    others = {one.environment: str(one.test_value) for one in means.others.values()} if means else {}
    return Secrets(values={"ERRORCONTRACT_TOKEN": str(means.test_value) if means else "", **others})


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep so many cores busy."""
    running = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(processes)]
    for one in running:
        one.start()
    try:
        yield
    finally:
        for one in running:
            one.terminate()
            one.join()


def _spin() -> None:
    while True:
        pass


def _write_page(page: Path, rows: Sequence[Row]) -> None:
    before, _, rest = page.read_text("utf-8").partition(TABLE_STARTS)
    _, _, after = rest.partition(TABLE_ENDS)
    page.write_text(f"{before}{TABLE_STARTS}{table(rows)}{TABLE_ENDS}{after}", "utf-8")


def table(rows: Sequence[Row]) -> str:
    """The figures in Markdown: each fault, then the conforming APIs, then the choices of each contract together."""
    lines = _head("contract", "fault", "rule", "found", "of runs", "under load", "requests a run")
    for row in rows:
        if row.what == "fault":
            rule = (_wanted(row) or ("", ""))[0]
            figures = (row.right, row.runs, row.loaded, row.requests // row.runs or "-")
            lines.append(f"| {row.contract} | `{row.name}` | {rule} | {' | '.join(map(str, figures))} |")
    lines += ["", *_head("contract", "conforming", "how", "without a finding", "of runs", "under load")]
    for contract in dict.fromkeys(row.contract for row in rows):
        for what, told in (("conforming", "as it is"), ("choice", "each of {} legal choices")):
            some = [row for row in rows if (row.contract, row.what) == (contract, what)]
            if some:
                sums = " | ".join(str(_sum(some, name)) for name in ("right", "runs", "loaded"))
                lines.append(f"| {contract} | {what} | {told.format(len(some))} | {sums} |")
    return "\n".join(lines) + "\n"


def _head(*names: str) -> list[str]:
    ruler = " | ".join("---" if place < _WORDS else "---:" for place in range(len(names)))
    return [f"| {' | '.join(names)} |", f"| {ruler} |"]


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(getattr(row, name) for row in rows)


if __name__ == "__main__":
    main()
