"""What a run was made of: versions, machine, and a digest of all that is measured."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from processes import ROOT

import errorcontract

_LIBRARIES = (
    "schemathesis",
    "hypothesis",
    "pytest",
    "pytest-html",
    "httptools",
    "jsonschema-rs",
    "uvicorn",
    "uvloop",
    "httptools",
)
_MEASURED = ("src", "suites", "fixtures", "contracts", "bench")
_KINDS = (".py", ".yaml", ".json", ".jinja", ".css", ".js")
_RESULTS = "results"
_TELLING = ("render.py", "figures.py", "cells.py", "tables.py", "share_tables.py")


def about(contract: str) -> dict[str, Any]:
    """Everything that must be the same when a run is taken up again, and the day."""
    return {
        "contract": contract,
        "digest": digest(),
        "day": datetime.now(UTC).date().isoformat(),
        "versions": {
            "errorcontract": errorcontract.__version__,
            **{name: metadata.version(name) for name in _LIBRARIES},
        },
        "machine": {
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "processor": _processor(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            "system": f"{platform.system()} {platform.machine()}",
            "python": f"{platform.python_implementation()} {platform.python_version()}",
        },
    }


def digest() -> str:
    """A short digest of every file that has a part in the figures."""
    whole = hashlib.sha256()
    for path in _files():
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for room in _MEASURED:
        for path in sorted((ROOT / room).rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
            if (
                path.suffix in _KINDS
                and not hidden
                and not path.stem.startswith(_RESULTS)
                and path.name not in _TELLING
            ):
                yield path


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text("utf-8").splitlines() if sys.platform == "linux" and facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"
