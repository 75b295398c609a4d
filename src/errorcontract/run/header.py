"""The first line of a run's record: what was tested, with what, and by which promises."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

import errorcontract
from errorcontract.model import Contract
from errorcontract.rules import all_rules
from errorcontract.target import Target

if TYPE_CHECKING:
    from errorcontract.run.settings import Settings

_TOLD = ("pytest", "pytest-html", "hypothesis", "schemathesis", "jsonschema-rs", "httptools")


def header(contract: Contract, target: Target, settings: Settings) -> dict[str, Any]:
    """Everything that a reader needs to know of the run a year later."""
    rate = settings.rate
    return {
        "schema": 1,
        "tool": {"name": "errorcontract", "version": errorcontract.__version__},
        "title": contract.title,
        "contract": {
            "name": contract.name,
            "title": contract.title,
            "digest": contract.digest,
            "folder": contract.folder.name,
        },
        "target": target.url,
        "embedded": target.embedded,
        "started": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "seed": settings.seed,
        "budget": settings.budget,
        "rate": f"{rate[0]} in {rate[1]:g} s" if rate else None,
        "python": platform.python_version(),
        "platform": platform.system(),
        "commit": _commit(),
        "versions": {name: metadata.version(name) for name in _TOLD},
        "rules": [{"id": rule.id, "group": rule.group, "title": rule.title} for rule in all_rules()],
        "left_out": dict(contract.left_out),
        **_promises(contract),
        **settings.about,
    }


def _promises(contract: Contract) -> Mapping[str, Any]:
    codes = [
        {
            "code": code.code,
            "statuses": sorted(code.statuses),
            "retry": code.retry,
            "provenance": code.basis.provenance,
            "source": code.basis.source,
            "provokable": code.provokable,
            "why_not": code.why_not,
            "message": code.message,
        }
        for code in contract.codes.values()
    ]
    causes = [
        {"id": cause.id, "title": cause.title, "codes": sorted(cause.codes)} for cause in contract.causes.values()
    ]
    operations = [{"id": one.id, "method": one.method, "path": one.path} for one in contract.operations.values()]
    return {"codes": codes, "causes": causes, "operations": operations}


def _commit() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or None
