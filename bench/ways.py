"""The ways in which each tool is run: a name, and the options that stand for it."""

from __future__ import annotations

from collections.abc import Mapping

PREPARED = "not test_fuzz.py and not test_openapi.py"
"""As -k: without the suites that generate requests, whose cost is the generation."""

OURS: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "300": ("--budget", "300"),
    "120": ("--budget", "120"),
    "prepared": ("-k", PREPARED),
    "prepared, no limit": ("-k", f"{PREPARED} and not test_rate_limit.py"),
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
STATELESS = ("fields", "bodies", "routes", "success", "stability", "credentials", "negotiation", "recipes")
"""The suites that can be put again and again in one run without spoiling it, for the memory part."""
