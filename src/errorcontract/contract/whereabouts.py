"""Where the operations of a contract stand in its document, for those who want to open it there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from errorcontract.contract.assemble import OPENAPI
from errorcontract.contract.document import base_path
from errorcontract.contract.problem import Refused
from errorcontract.contract.rooms import MANIFEST
from errorcontract.contract.source import Source, read
from errorcontract.model import Contract, Operation


def whereabouts(contract: Contract, openapi: Path | None = None) -> tuple[Path, Mapping[str, int]]:
    """The document that tells of the operations, and the line of each: OpenAPI if there is a file, else the manifest.

    `openapi` is the file that took the place of the contract's own.
    """
    for file in (openapi, contract.folder / OPENAPI, contract.folder / MANIFEST):
        if file is not None and file.is_file():
            return file, _lines(file, contract.operations)
    return contract.folder / MANIFEST, {}


def _lines(file: Path, operations: Mapping[str, Operation]) -> dict[str, int]:
    try:
        source = read(file, file.name)
    except Refused:
        return {}
    found = {one.id: source.lines.line(_path(source, one)) for one in operations.values()}
    return {name: line for name, line in found.items() if line > 1}


def _path(source: Source, operation: Operation) -> tuple[str, ...]:
    """The keys that lead to an operation, none where it is not there."""
    paths, method = source.value.get("paths"), operation.method.lower()
    if isinstance(paths, dict):
        written = operation.path.removeprefix(base_path(source.value))
        item = paths.get(written)
        return ("paths", written, method) if isinstance(item, dict) and method in item else ()
    declared = source.value.get("operations")
    return ("operations", operation.id) if isinstance(declared, dict) and operation.id in declared else ()
