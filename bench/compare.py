"""Measures errorcontract beside Schemathesis and a plain request loop, on one reference API, machine and run.

    python bench/compare.py --out bench/results.json
    python bench/render.py bench/results.json docs/performance.md

docs/performance.md says what is measured and what the figures mean. Every measurement is written as soon as it is
there; the same command again goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from about_run import about
from parts import Bench, faults, memory, speed
from raw_figures import RawFigures

from errorcontract.contract import load
from errorcontract.embedded import reference
from errorcontract.errors import HarnessError

PARTS = ("speed", "faults", "memory")


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="raw figures as JSON; what it already holds is kept"
    )
    options.add_argument("--contract", default="oneclickdz", help="whose reference API (default: %(default)s)")
    options.add_argument(
        "--parts", type=_parts, default=list(PARTS), metavar="A,B", help=f"some of {', '.join(PARTS)} (default: all)"
    )
    options.add_argument(
        "--repeat", type=_positive, default=3, metavar="N", help="rounds on the unfaulted API (default: %(default)s)"
    )
    which = options.add_mutually_exclusive_group()
    which.add_argument("--faults", metavar="A,B", help="only these faults (default: all)")
    which.add_argument("--sample", type=_positive, metavar="N", help="only N faults, always the same ones")
    options.add_argument(
        "--jobs", type=_positive, default=2, metavar="N", help="runs side by side for the faults (default: %(default)s)"
    )
    options.add_argument(
        "--sizes", type=_sizes, default=[1000, 5000, 20000], metavar="N,N", help="requests for the memory part"
    )
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is not in the file yet."""
    options = parser()
    given = options.parse_args(arguments)
    try:
        contract = load(given.contract)
        known = [fault.name for fault in reference(given.contract).faults]
    except HarnessError as problem:
        options.error(str(problem))
    wanted = chosen(known, given.faults, given.sample)
    if unknown := set(wanted) - set(known):
        options.error(f"unknown fault {', '.join(sorted(unknown))}")
    raw = RawFigures(given.out, about(given.contract))
    raw.note(rules={fault.name: fault.rule for fault in reference(given.contract).faults})
    bench = Bench(contract=contract, raw=raw, repeat=given.repeat, jobs=given.jobs)
    for part, measure in (
        ("speed", speed),
        ("memory", lambda b: memory(b, given.sizes)),
        ("faults", lambda b: faults(b, wanted)),
    ):
        if part in given.parts:
            measure(bench)
    if raw.failed:
        raise SystemExit(f"not measured: {', '.join(raw.failed)}; the same command again tries these only")


def chosen(known: Sequence[str], names: str | None, sample: int | None) -> list[str]:
    """The faults to plant: all, those named, or a sample that is the same every time."""
    if names:
        return [name.strip() for name in names.split(",")]
    if sample and sample < len(known):
        picked = set(random.Random(0).sample(list(known), sample))  # noqa: S311 (a sample, no secret)
        return [name for name in known if name in picked]
    return list(known)


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"{text!r}: choose among {', '.join(PARTS)}")
    return names


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _sizes(text: str) -> list[int]:
    return [_positive(size) for size in text.split(",")]


if __name__ == "__main__":
    main()
