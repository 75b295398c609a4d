"""What the command line asks of a run, read and checked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from errorcontract.chosen import Changes
from errorcontract.errors import UsageError
from errorcontract.exchange import Limits, parse_rate

_SHORTEST, _LONGEST = 0.1, 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What holds for every contract. `changes` are those of the embedded reference APIs."""

    budget: int | None
    rate: tuple[int, float] | None
    limits: Limits
    seed: int
    changes: Changes


def given(config: pytest.Config) -> Given:
    """What was given. Raises UsageError."""
    return Given(
        budget=_budget(config),
        rate=_rate(config),
        limits=_limits(config),
        seed=_seed(config),
        changes=Changes(fault=config.getoption("ec_fault"), choices=tuple(config.getoption("ec_choice"))),
    )


def pairs(config: pytest.Config) -> dict[str, str]:
    """--data as a mapping. Raises UsageError."""
    found = {}
    for text in config.getoption("ec_data"):
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(f"--data {text!r} is not of the form KEY=VALUE")
        found[key] = value
    return found


def refuse_beside(config: pytest.Config, others: tuple[str, ...], why: str) -> None:
    """Raise UsageError where one of the others was given too."""
    for other in others:
        if config.getoption(f"ec_{other}", None):
            raise UsageError(f"{why}: it can't be combined with --{other}")


def need_one(config: pytest.Config, option: str) -> None:
    """Raise UsageError unless one contract was named."""
    if len(config.getoption("ec_contract")) != 1:
        msg = f"--{option} needs exactly one --contract: a bundled name, or the folder of one of your own"
        raise UsageError(msg)


def _budget(config: pytest.Config) -> int | None:
    text = config.getoption("ec_budget")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise UsageError(f"--budget {text!r} is not a number of requests: write a whole number, 1 or more")
    return int(text)


def _rate(config: pytest.Config) -> tuple[int, float] | None:
    """As (requests, seconds)."""
    text = config.getoption("ec_rate")
    return parse_rate(text) if text else None


def _limits(config: pytest.Config) -> Limits:
    text = config.getoption("ec_request_timeout")
    if text is None:
        return Limits()
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not _SHORTEST <= seconds <= _LONGEST:
        msg = f"--request-timeout {text!r} is not a time: write seconds, from {_SHORTEST:g} to {_LONGEST:g}"
        raise UsageError(msg)
    return Limits.within(seconds)


def _seed(config: pytest.Config) -> int:
    """That of --hypothesis-seed, else 0."""
    text = config.getoption("--hypothesis-seed", default=None)
    return int(text) if text and str(text).lstrip("-").isdigit() else 0
