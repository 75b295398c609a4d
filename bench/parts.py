"""The three parts of the measurement: speed on the unfaulted API, share of the faults found, memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import plain_loop
import run_errorcontract
import run_schemathesis
from processes import reference_api
from raw_figures import RawFigures
from ways import (
    BARE,
    CHECKED,
    GENERATED,
    MATCHED,
    OURS,
    OURS_FOR_FAULTS,
    PREPARED,
    STATEFUL,
    THEIRS,
    UNFAULTED,
    without,
)

_FEW = 100  # Schemathesis's own number of examples, from which the search for the matching one starts
_NEAR, _TRIES = 0.05, 3  # the number of requests is matched to within that share, or as near as so many tries come

Measurement = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One run: of what contract, into which raw figures, how often, how many processes side by side for the faults."""

    contract: Any
    raw: RawFigures
    repeat: int
    jobs: int

    def ours(self, way: str, fault: str = UNFAULTED) -> dict[str, Any]:
        """Run errorcontract on its embedded API."""
        planted = () if fault == UNFAULTED else ("--fault", fault)
        with _folder() as folder:
            return run_errorcontract.measure(self.contract.name, folder, (*OURS[way], *planted))

    def ours_on_target(self, options: Sequence[str] = ()) -> dict[str, Any]:
        """Run errorcontract on a server like the one that the others get."""
        with _folder() as folder, reference_api(self.contract.name, folder) as server:
            return run_errorcontract.measure(self.contract.name, folder, options, server)

    def theirs(
        self, way: str, seed: int, fault: str = UNFAULTED, *, failures: bool, examples: int | None = None
    ) -> dict[str, Any]:
        """Run Schemathesis."""
        number = str(examples or self.raw.data["about"].get("max_examples", ""))
        options = ["--seed", str(seed), *(option.replace("{max_examples}", number) for option in THEIRS[way])]
        with (
            _folder() as folder,
            reference_api(self.contract.name, folder, None if fault == UNFAULTED else fault) as server,
        ):
            return run_schemathesis.measure(
                self.contract, folder, server, options, envelope=way != BARE, failures=failures
            )

    def plain(self) -> dict[str, Any]:
        """Run the plain loop."""
        with _folder() as folder, reference_api(self.contract.name, folder) as server:
            return plain_loop.measure(self.contract, server)


def speed(bench: Bench) -> None:
    """Every way on the unfaulted API, one after the other, the whole round repeated."""
    for number in range(1, bench.repeat + 1):
        for way in OURS:
            bench.raw.attempt(f"speed/errorcontract {way}/{number}", partial(bench.ours, way))
        bench.raw.attempt(f"speed/errorcontract target/{number}", bench.ours_on_target)
        bench.raw.attempt(f"speed/errorcontract target, prepared/{number}", partial(bench.ours_on_target, PREPARED))
        bench.raw.attempt(f"speed/plain loop/{number}", bench.plain)
        for way in (BARE, CHECKED):
            bench.raw.attempt(f"speed/schemathesis {way}/{number}", partial(bench.theirs, way, number, failures=False))


def faults(bench: Bench, names: Sequence[str]) -> None:
    """Every fault in every way; what fails on the unfaulted API with as many seeds as there are repetitions."""
    match_examples(bench)
    jobs: dict[str, Measurement] = {}
    for seed in range(1, bench.repeat + 1):
        for way in OURS_FOR_FAULTS:
            jobs[f"unfaulted/errorcontract {way}/{seed}"] = partial(bench.ours, way)
        for way in THEIRS:
            jobs[f"unfaulted/schemathesis {way}/{seed}"] = partial(bench.theirs, way, seed, failures=True)
    for fault in names:
        for way in OURS_FOR_FAULTS:
            jobs[f"faults/errorcontract {way}/{fault}"] = partial(bench.ours, way, fault)
        for way in THEIRS:
            jobs[f"faults/schemathesis {way}/{fault}"] = partial(bench.theirs, way, 1, fault, failures=True)
    _side_by_side(bench, jobs)


def _side_by_side(bench: Bench, jobs: Mapping[str, Measurement]) -> None:
    pool = ThreadPoolExecutor(bench.jobs)
    try:
        for done in [pool.submit(bench.raw.attempt, key, how) for key, how in jobs.items()]:
            done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def match_examples(bench: Bench) -> None:
    """Find the --max-examples with which Schemathesis sends about as many requests as errorcontract."""
    if "max_examples" in bench.raw.data["about"]:
        return
    wanted = bench.raw.measure("calibration/errorcontract all/1", partial(bench.ours, "all"))["requests"]
    examples, tried = _FEW, []
    for _ in range(_TRIES):
        how = partial(bench.theirs, MATCHED, 1, failures=False, examples=examples)
        sent = bench.raw.measure(f"calibration/schemathesis matched/{examples}", how)["requests"]
        tried.append((abs(sent - wanted), examples))
        if abs(sent - wanted) <= _NEAR * wanted:
            break
        examples = max(1, round(examples * wanted / sent))
    bench.raw.note(max_examples=min(tried)[1], matched_to=wanted)


def memory(bench: Bench, sizes: Sequence[int]) -> None:
    """Peak memory by the number of requests: the questions without state, put again and again in one run."""
    alone = bench.raw.measure("memory/once", partial(bench.ours_on_target, _again(1)))["requests"]
    for size in sizes:
        times = max(1, round(size / alone))
        bench.raw.attempt(f"memory/{size}", partial(bench.ours_on_target, _again(times)))


def _again(times: int) -> list[str]:
    return [*[str(run_errorcontract.SUITES)] * (times - 1), "--keep-duplicates", *without(*GENERATED, *STATEFUL)]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)
