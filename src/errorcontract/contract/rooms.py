"""Where the bundled contracts lie: packed below the package in a wheel, beside src/ in a checkout."""

from __future__ import annotations

from pathlib import Path

import errorcontract
from errorcontract.contract.problem import Refused, nearest
from errorcontract.contract.source import read
from errorcontract.errors import ContractError, UsageError

MANIFEST = "contract.yaml"


def room() -> Path:
    """The folder of the bundled contracts."""
    for entry in errorcontract.__path__:
        folder = Path(entry) / "contracts"
        if (folder / "manifest.schema.json").is_file():
            return folder
    raise ContractError("the bundled contracts are missing: this installation is not complete")


def bundled() -> tuple[str, ...]:
    """The names of the bundled contracts."""
    return tuple(sorted(folder.parent.name for folder in room().glob(f"*/{MANIFEST}")))


def profiles() -> tuple[str, ...]:
    """The names of the bundled profiles."""
    return tuple(sorted(folder.parent.name for folder in room().glob(f"profiles/*/{MANIFEST}")))


def production_hosts() -> frozenset[str]:
    """The production hosts of all bundled contracts, in lower case."""
    hosts: set[str] = set()
    for name in bundled():
        try:
            listed = read(room() / name / MANIFEST, name).value.get("production_hosts")
        except Refused as refusal:
            raise ContractError(f"{name}/{MANIFEST}: {refusal.text}") from None
        hosts.update(str(host).lower() for host in listed or ())
    return frozenset(hosts)


def folder_of(name: str | Path) -> Path:
    """The folder of a contract by its bundled name or its path."""
    if isinstance(name, str) and name in bundled():
        return room() / name
    if isinstance(name, str) and name in profiles():
        return room() / "profiles" / name
    folder = Path(name)
    try:
        if folder.is_dir():
            return folder
        exists = folder.exists()
    except (OSError, ValueError):
        exists = False
    if exists:
        raise UsageError(f"{name} is a file; name the folder of the contract")
    known = bundled()
    others = f"profiles, to use with --openapi, are {', '.join(profiles())}"
    raise UsageError(f"no contract {str(name)!r}{nearest(str(name), known)}; bundled are {', '.join(known)}; {others}")
