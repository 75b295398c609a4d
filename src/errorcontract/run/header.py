"""The first line of a run's record: what was tested, with what, and by which promises."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import errorcontract
from errorcontract.contract.whereabouts import whereabouts
from errorcontract.model import Contract
from errorcontract.rules import Rule, server_rules
from errorcontract.run import repository
from errorcontract.target import Target

if TYPE_CHECKING:
    from errorcontract.run.settings import Settings

_TOLD = ("pytest", "pytest-html", "hypothesis", "schemathesis", "jsonschema-rs", "httptools")


def header(
    contract: Contract, target: Target, settings: Settings, rules: Sequence[Rule] | None = None
) -> dict[str, Any]:
    """Everything that a reader needs to know of the run a year later."""
    rate, judged = settings.rate, server_rules() if rules is None else rules
    document, lines = whereabouts(contract, _given(settings))
    return {
        "schema": 1,
        "tool": {"name": "errorcontract", "version": errorcontract.__version__},
        "title": contract.title,
        "contract": {
            "name": contract.name,
            "title": contract.title,
            "digest": contract.digest,
            "folder": contract.folder.name,
            "document": repository.place_of(document),
        },
        "target": target.url,
        "embedded": target.embedded,
        "started": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "seed": settings.seed,
        "budget": settings.budget,
        "rate": f"{rate[0]} in {rate[1]:g} s" if rate else None,
        "python": platform.python_version(),
        "platform": platform.system(),
        "commit": repository.commit(),
        "repository": repository.address(),
        "versions": {name: metadata.version(name) for name in _TOLD},
        "rules": [{"id": rule.id, "group": rule.group, "title": rule.title} for rule in judged],
        "left_out": dict(contract.left_out),
        **_promises(contract, lines),
        **settings.about,
    }


def _given(settings: Settings) -> Path | None:
    """The file that took the place of the contract's own document."""
    named = settings.about.get("openapi")
    return None if not named or "://" in named else Path(named)


def _promises(contract: Contract, lines: Mapping[str, int]) -> Mapping[str, Any]:
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
    operations = [
        {"id": one.id, "method": one.method, "path": one.path, "line": lines.get(one.id)}
        for one in contract.operations.values()
    ]
    return {"codes": codes, "causes": causes, "operations": operations}
