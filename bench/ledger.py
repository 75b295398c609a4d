"""How often sequences of requests find each fault that only they show, and whether they accuse anybody else.

    python bench/ledger.py --runs 20 --conforming 50 --load 2

Each run has a seed of its own. A run against a fault ends with its finding; the calls of the finding are counted. Every
other run against a conforming API has its choices, and beside it `--load` processes that keep a core busy each.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from errorcontract.fixtures.reference_api import load as reference_api

from errorcontract.cases import generators
from errorcontract.contract import load
from errorcontract.embedded import Embedded
from errorcontract.exchange import Secrets
from errorcontract.model import Contract, Finding
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

RULE = "ledger-agrees"
CONTRACTS = ("oneclickdz", "depth", "http-guide")
AFTER_MONEY = {"unpaid-order-charged-when-repeated"}
"""Faults of an account that is nearly empty: it is emptied first."""
MOVING = ("account-shared", "orders-refunded")
"""Choices by which a balance moves by itself."""


def questions(contract: Contract, family: str) -> list[Question]:
    """What a family asks of a contract."""
    concerns = generators()[family].concerns
    return [Question(contract.name, family, one.id) for one in contract.operations.values() if concerns(one)]


@contextlib.contextmanager
def running(contract: Contract, url: str, seed: int) -> Iterator[Run]:
    """A run against a reference API."""
    means = contract.credentials
    values = {"ERRORCONTRACT_TOKEN": str(means.test_value)} if means else {}
    values |= {one.environment: str(one.test_value) for one in means.others.values()} if means else {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(journal=Path(folder, "journal.ndjson"), secrets=Secrets(values=values), seed=seed)
        run = Run(contract, Target(url=url, local=True, embedded=True), settings, lambda _: None)
        try:
            yield run
        finally:
            run.close(complete=True)


def found(contract: Contract, url: str, seed: int, *, poor: bool = False) -> tuple[Finding | None, int]:
    """The first finding of a run, and the requests that it took."""
    asked = questions(contract, "poverty" if poor else "ledger")
    emptied = [Question(contract.name, "overdraft", "sendTopUp")] if poor else []
    with running(contract, url, seed) as run:
        run.start([*emptied, *asked])
        for question in emptied:
            run.ask(question, question.family)
        before = run.stage.sent
        for question in asked:
            run.ask(question, question.family)
            mine = [one for one in run.findings.all.values() if one.rule == RULE]
            if mine:
                return mine[0], run.stage.sent - before
        return None, run.stage.sent - before


def faults(runs: int, only: Sequence[str]) -> Iterator[str]:
    """A line for each fault: in how many runs it was found, by how many calls, with how many requests."""
    for name in CONTRACTS:
        contract = load(name)
        for fault in reference_api(name).faults:
            if fault.rule != RULE or (only and fault.name not in only):
                continue
            hits, calls, sent = 0, Counter[int](), list[int]()
            for seed in range(runs):
                server = Embedded(name, ["--fault", fault.name])
                finding, requests = found(contract, server.url, seed, poor=fault.name in AFTER_MONEY)
                server.stop()
                hits += finding is not None
                calls[len(finding.exchanges) if finding else 0] += 1
                sent.append(requests)
            shown = ", ".join(f"{number} calls in {times}" for number, times in sorted(calls.items()))
            yield f"{name} {fault.name}: {hits} of {runs}; {shown}; {sorted(sent)[len(sent) // 2]} requests"


def conforming(runs: int, load_: int) -> Iterator[str]:
    """A line for each contract: in how many runs something was found, alone and beside others."""
    for name in CONTRACTS:
        contract, choices = load(name), [one.name for one in reference_api(name).choices]
        moving = [one for one in MOVING if one in choices]
        accused = list[str]()
        for seed in range(runs):
            chosen = [choices[seed % len(choices)], *moving[seed % 4 :][:1]] if seed % 2 else []
            server = Embedded(name, [part for one in dict.fromkeys(chosen) for part in ("--choice", one)])
            with busy(load_ if seed % 2 else 0):
                finding, _ = found(contract, server.url, seed)
            server.stop()
            accused += [f"seed {seed} {chosen}: {finding.summary}"] if finding else []
        yield f"{name} conforming: {len(accused)} of {runs} runs accuse it {accused or ''}"


@contextlib.contextmanager
def busy(cores: int) -> Iterator[None]:
    """Keep cores busy meanwhile."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(cores)]
    try:
        yield
    finally:
        for one in spinning:
            one.kill()
            one.wait()


def main() -> None:
    """Print a line as soon as it is known."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=20, help="runs against each fault")
    options.add_argument("--conforming", type=int, default=50, help="runs against each conforming API")
    options.add_argument("--load", type=int, default=2, help="cores kept busy in every other conforming run")
    options.add_argument("--only", action="append", default=[], metavar="FAULT", help="repeatable")
    given = options.parse_args()
    for line in faults(given.runs, given.only):
        print(line, flush=True)
    for line in conforming(given.conforming, given.load):
        print(line, flush=True)


if __name__ == "__main__":
    main()
