"""What a run is given by its session: how it is to send, what is accepted, what its report tells of the command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from errorcontract import baseline
from errorcontract.model import Contract
from errorcontract.plugin import options
from errorcontract.plugin.arguments import shown
from errorcontract.plugin.folder import JOURNAL
from errorcontract.run import Settings
from errorcontract.target import Target

if TYPE_CHECKING:
    from errorcontract.plugin.harness import Harness

Pace = tuple[int, float] | None


def baseline_of(config: pytest.Config) -> list[dict[str, Any]]:
    """The entries of the baseline as they are today, in the user's own calendar."""
    named = config.getoption("ec_baseline")
    entries = baseline.read(Path(named), "--baseline") if named else ()
    return [entry.line(date.today()) for entry in entries]  # noqa: DTZ011


def settings(harness: Harness, contract: Contract, place: Target) -> Settings:
    """Those of the run of one contract."""
    given, chosen, progress = harness.given, harness.chosen, harness.progress
    return Settings(
        journal=harness.report_dir / JOURNAL,
        secrets=harness.secrets[contract.name],
        seed=given.seed,
        budget=given.budget,
        rate=_pace(given.rate, contract, place),
        limit=harness.tested.limit(contract),
        overrides=chosen.overrides[contract.name],
        accepted={one["id"]: one["reason"] for one in harness.baseline if one["state"] != "expired"},
        openapi=chosen.openapi,
        about=_about(harness, contract),
        notice=progress.tick,
        say=progress.say,
        limits=given.limits,
    )


def _pace(rate: Pace, contract: Contract, place: Target) -> Pace:
    """The rate that was given, else the documented one where the place is not on this machine."""
    if rate or place.local or contract.rate_limit is None:
        return rate
    return contract.rate_limit.requests, contract.rate_limit.seconds


def _about(harness: Harness, contract: Contract) -> Mapping[str, Any]:
    config, changes = harness.config, harness.tested.changes(contract)
    return {
        "fault": changes.fault,
        "choices": list(changes.choices),
        "fail_on": config.getoption("ec_fail_on"),
        "command": " ".join(["pytest", *shown(list(map(str, config.invocation_params.args)))]),
        "openapi": options.file_of(config.getoption("ec_openapi")),
        "baseline": [one for one in harness.baseline if one["contract"] in {"", contract.name}],
        "whole": options.whole(config),
    }
