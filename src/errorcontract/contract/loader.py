"""Builds a Contract from its folder. `load` refuses a wrong one, `lint` says everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path as Folder
from typing import Any

from errorcontract.contract.assemble import Files, assembled, read_files
from errorcontract.contract.inherit import inherited
from errorcontract.contract.problem import Problem, Problems
from errorcontract.contract.rooms import folder_of
from errorcontract.errors import ContractError, UsageError
from errorcontract.model import Contract

SHOWN = 5


def load(
    name_or_folder: str | Folder,
    data: Mapping[str, Any] | None = None,
    openapi: Mapping[str, Any] | str | Folder | None = None,
) -> Contract:
    """The contract of a bundled name or a folder.

    `data` overrides known data: texts are converted to the type of the default, what was learned from
    a target is taken as it is. `openapi` takes the place of the contract's own document: read already, or a file.
    Raises ContractError with the first problems, UsageError for a wrong name or override.
    """
    problems = Problems()
    contract = _contract(folder_of(name_or_folder), data or {}, openapi, problems)
    if contract is None and not problems.found:
        raise UsageError(f"{name_or_folder} is a profile: name the API's OpenAPI document too, with --openapi")
    if problems.found or contract is None:
        raise ContractError(_summary(str(name_or_folder), problems.found))
    return contract


def production_hosts_of(name_or_folder: str | Folder) -> frozenset[str]:
    """The production hosts that a contract or profile names, whatever else is wrong with it."""
    manifest = inherited(folder_of(name_or_folder), Problems())
    hosts = manifest.value.get("production_hosts") if manifest else None
    return frozenset(str(host).lower() for host in hosts or ())


def title_of(name_or_folder: str | Folder) -> str:
    """What a contract or profile calls itself."""
    manifest = inherited(folder_of(name_or_folder), Problems())
    return str(manifest.value.get("title", "")) if manifest else ""


def data_names_of(name_or_folder: str | Folder) -> frozenset[str]:
    """The names of the known data that a contract or profile declares, whatever else is wrong with it."""
    manifest = inherited(folder_of(name_or_folder), Problems())
    data = manifest.value.get("data") if manifest else None
    return frozenset(data) if isinstance(data, dict) else frozenset()


def lint(folder: str | Folder) -> list[Problem]:
    """Everything that is wrong with the contract or profile in a folder."""
    problems = Problems()
    _contract(folder_of(folder), {}, None, problems)
    return problems.found


def _contract(
    folder: Folder,
    data: Mapping[str, Any],
    openapi: Mapping[str, Any] | str | Folder | None,
    problems: Problems,
) -> Contract | None:
    manifest = inherited(folder, problems)
    if manifest is None:
        return None
    files = read_files(manifest, openapi, problems)
    return assembled(manifest, files, data, _digest(manifest.sources, files), problems)


def _digest(manifests: tuple[Any, ...], files: Files) -> str:
    """A short name of the contents of all files that a contract was built from."""
    everything = {source.label: source.data for source in (*manifests, *files.present())}
    digest = hashlib.sha256()
    for label in sorted(everything):
        digest.update(f"{label}\0{len(everything[label])}\0".encode("utf-8", "surrogateescape"))
        digest.update(everything[label])
    return digest.hexdigest()[:16]


def _summary(name: str, found: list[Problem]) -> str:
    lines = [str(problem) for problem in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"... and {len(found) - SHOWN} more")
    return f"the contract {name!r} can't be used:\n  " + "\n  ".join(lines)
