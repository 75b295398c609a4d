"""One process that serves the reference API in every variant the tests ask for."""

import importlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .client import Client

ROOT = Path(__file__).parents[2]
FLEET = Path(__file__).with_name("fleet.py")
TWIN = "twin of "


def module_name() -> str:
    """Give the name under which the package can be imported."""
    name = "errorcontract.fixtures.reference_api"
    try:
        found = importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        found = False
    return name if found else "fixtures.reference_api"


MODULE = module_name()
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}


def specifications() -> dict[str, dict[str, Any]]:
    """Name every server: each fault with a conforming twin, each choice, and the limited ones."""
    api = reference_api().load("oneclickdz")
    specs: dict[str, dict[str, Any]] = {"": {}}
    for fault in api.faults:
        limited = {"rate_limit": "5/minute"} if "rate limit" in fault.hides else {}
        specs[fault.name] = {"fault": fault.name, **limited}
        specs[TWIN + fault.name] = limited
    specs |= {choice.name: {"choices": [choice.name]} for choice in api.choices}
    specs["all choices"] = {"choices": [c.name for c in api.choices if c.name != "no-details"]}
    specs["short block"] = {"lock_out_seconds": 0.4}
    specs["long block"] = {}
    specs["5 a second"] = {"rate_limit": "5/second"}
    specs["5 a second, fixed"] = {"rate_limit": "5/second", "choices": ["fixed-window"]}
    for form in ("as-date", "of-rfc-850", "of-asctime"):
        specs[f"5 a second, {form}"] = {"rate_limit": "5/second", "choices": [f"retry-after-{form}"]}
    return specs


def reference_api() -> Any:
    """Import the package."""
    if MODULE.startswith("fixtures") and str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(MODULE)


@pytest.fixture(scope="session")
def ports() -> Iterator[dict[str, int]]:
    """Start the servers and give their ports by name."""
    command = [sys.executable, str(FLEET), MODULE, "oneclickdz"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=ENVIRONMENT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(specifications()) + "\n")
        process.stdin.flush()
        yield json.loads(process.stdout.readline())
        process.kill()


@pytest.fixture(scope="session")
def client_of(ports: dict[str, int]) -> Callable[[str], Client]:
    """Give clients by the name of the server."""
    return lambda name: Client(ports[name])


@pytest.fixture
def api(client_of: Callable[[str], Client]) -> Client:
    """Give a client of the conforming server."""
    return client_of("")
