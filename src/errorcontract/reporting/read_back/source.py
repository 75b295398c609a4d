"""Finds what a run left: a report folder, its findings.json, or its journal."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from errorcontract.errors import UsageError
from errorcontract.reporting import findings_json
from errorcontract.reporting.journal import read_lines, read_report
from errorcontract.reporting.read_back.run import told_of
from errorcontract.reporting.read_back.told import Told
from errorcontract.reporting.reading.tolerant import Line, entries, members

FINDINGS, JOURNAL = "findings.json", "journal.ndjson"
_FIRST = 5  # lines by which a journal is known
_EXPECTED = "give a report folder, its findings.json, or its journal.ndjson"


def read_back(path: Path) -> tuple[Told, ...]:
    """The runs that a file or folder tells of. Raises UsageError where it tells of none."""
    file = _file(path)
    data = _of_journal(file) if _is_journal(file) else _of_json(file)
    runs = entries(data.get("runs"))
    if data.get("schema") != 1 or not runs:
        raise UsageError(f"{path} tells of no run; {_EXPECTED}")
    try:
        return tuple(told_of(one) for one in runs)
    except (TypeError, ValueError, LookupError, AttributeError) as problem:
        raise UsageError(f"{path} is not in the form of `errorcontract schema`: {str(problem)[:120]}") from None


def _file(path: Path) -> Path:
    if path.is_dir():
        found = next((path / name for name in (FINDINGS, JOURNAL) if (path / name).is_file()), None)
        if found is None:
            raise UsageError(f"{path} holds neither {FINDINGS} nor {JOURNAL}; {_EXPECTED}")
        return found
    if not path.is_file():
        raise UsageError(f"{path} is not there; {_EXPECTED}")
    return path


def _is_journal(file: Path) -> bool:
    try:
        return any(line is not None and "type" in line for line in islice(read_lines(file), _FIRST))
    except OSError as problem:
        raise UsageError(f"{file} can't be read: {problem.strerror}") from None


def _of_journal(file: Path) -> Line:
    data: Line = json.loads(findings_json.render(read_report(file)))
    return data


def _of_json(file: Path) -> Line:
    try:
        data = json.loads(file.read_bytes())
    except OSError as problem:
        raise UsageError(f"{file} can't be read: {problem.strerror}") from None
    except (ValueError, RecursionError) as problem:
        raise UsageError(f"{file} is no JSON: {str(problem)[:120]}; {_EXPECTED}") from None
    return members(data)
