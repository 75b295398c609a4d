"""Checks across the files of a contract."""

from __future__ import annotations

import re
from collections.abc import Mapping

from errorcontract.contract.crosscheck.causes import cause_names
from errorcontract.contract.crosscheck.codes import code_names
from errorcontract.contract.crosscheck.credentials import credential_names
from errorcontract.contract.crosscheck.data import known_names, private_names
from errorcontract.contract.crosscheck.mentions import Value
from errorcontract.contract.crosscheck.operations import operation_names
from errorcontract.contract.crosscheck.recipes import recipe_names
from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Problems
from errorcontract.model import Code


def cross_check(
    manifest: Manifest,
    value: Value,
    routes: Mapping[str, Route],
    codes: Mapping[str, Code] | None,
    problems: Problems,
) -> None:
    """Note every name in a manifest that names nothing. `codes` is None where a contract has no code table."""
    operation_names(manifest, value, routes, problems)
    cause_names(manifest, value, problems)
    known_names(manifest, value, problems)
    credential_names(manifest, value, problems)
    private_names(manifest, value, problems)
    recipe_names(manifest, value, routes, problems)
    _pattern(manifest, value, problems)
    if codes is not None:
        code_names(manifest, value, codes, problems)


def _pattern(manifest: Manifest, value: Value, problems: Problems) -> None:
    pattern = (value.get("request_id") or {}).get("pattern")
    try:
        re.compile(pattern or "")
    except (re.error, OverflowError, RecursionError) as error:
        problems.add(manifest, ("request_id", "pattern"), f"is no regular expression: {error}")
