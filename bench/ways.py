"""The ways in which each tool is run: a name, and the options that stand for it."""

from __future__ import annotations

from collections.abc import Mapping

GENERATED = ("combinations", "fuzz", "openapi")
"""The suites whose requests are drawn while the run goes on."""

WAITING = ("rate_limit",)
"""The suites that must let time pass."""

STATEFUL = ("money", "overdraft", "references", "races", "limited", "rate_limit", "lock_out")
"""The suites that can't be put again in one run without spoiling it; left out for the memory part."""


def without(*suites: str) -> tuple[str, str]:
    """The option that leaves suites out, by their files."""
    return "-k", " and ".join(f"not test_{name}.py" for name in suites)


PREPARED = without(*GENERATED)

OURS: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "300": ("--budget", "300"),
    "120": ("--budget", "120"),
    "prepared": PREPARED,
    "prepared, no limit": without(*GENERATED, *WAITING),
}
"""errorcontract on its embedded API."""

OURS_FOR_FAULTS = ("all", "300", "120")

BARE, CHECKED, MATCHED = "bare", "checked", "matched"
THEIRS: Mapping[str, tuple[str, ...]] = {
    BARE: (),
    CHECKED: ("--continue-on-failure",),
    MATCHED: ("--continue-on-failure", "--max-examples", "{max_examples}"),
}
"""Schemathesis: as it comes; with the envelope check, going on after a failure; the same with as many requests."""

UNFAULTED = "-"
