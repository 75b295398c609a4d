"""Starts and stops the embedded reference API, in a process of its own."""

from __future__ import annotations

import difflib
import importlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import errorcontract
from errorcontract.errors import HarnessError, UsageError

_MODULE = "errorcontract.fixtures.reference_api"
_START_SECONDS = 20.0
_USAGE = 4
_NEEDED = (
    *("PATH", "HOME", "USER", "LANG", "LC_", "TZ", "TMP", "TEMP", "PYTHON", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "COV_", "COVERAGE"),
)


class Embedded:
    """A running reference API; it ends with `stop`, or when this process ends, however it does."""

    def __init__(self, contract: str, options: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _MODULE, contract, "--port", "0", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,
        )
        self.url: str = self._ready()["url"]

    def _ready(self) -> dict[str, str]:
        output = self._process.stdout
        if output is None:
            raise HarnessError
        with selectors.DefaultSelector() as waiting:
            waiting.register(output, selectors.EVENT_READ)
            line = output.readline() if waiting.select(_START_SECONDS) else b""
        if not line.strip():
            self._explain()
        return json.loads(line)  # type: ignore[no-any-return]

    def _explain(self) -> None:
        self._process.kill()
        _, errors = self._process.communicate()
        text = errors.decode(errors="replace").strip()
        if self._process.returncode == _USAGE:
            raise UsageError(text)
        msg = f"the embedded reference API did not start: {text[-2000:] or 'no output'}"
        raise HarnessError(msg)

    def stop(self) -> None:
        """End it."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.communicate()


def reference(contract: str, hint: str = "") -> Any:
    """The reference API of a contract: its faults and choices. Raises UsageError with the hint where there is none."""
    try:
        return importlib.import_module(_MODULE).load(contract)
    except LookupError as problem:
        msg = f"{contract} has no embedded reference API ({problem}){hint}"
        raise UsageError(msg) from None


def check_names(contracts: Sequence[str], fault: str | None, choices: Sequence[str], hint: str = "") -> None:
    """Raise UsageError for a fault or choice that none of the contracts' reference APIs has."""
    asked = [*([("fault", fault)] if fault is not None else ()), *(("choice", choice) for choice in choices)]
    if not asked and all(contract in importlib.import_module(_MODULE).CONTRACTS for contract in contracts):
        return  # to load what nobody asks of takes a second
    apis = [reference(contract, hint) for contract in contracts]
    known = {
        "fault": [one.name for api in apis for one in api.faults],
        "choice": [one.name for api in apis for one in api.choices],
    }
    for kind, name in asked:
        if name not in known[kind]:
            near = difflib.get_close_matches(name, known[kind], 3, 0.5)
            msg = f"unknown {kind} {name!r}" + (
                f", did you mean {' or '.join(near)}?" if near else f"; --list-{kind}s prints them"
            )
            raise UsageError(msg)


def _environment() -> dict[str, str]:
    """What Python needs of the environment, and so no credential of the user's; the package must be found as here."""
    kept = {name: value for name, value in os.environ.items() if name.upper().startswith(_NEEDED)}
    source = str(Path(errorcontract.__file__).parents[1])
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))}
