"""The raw figures: one JSON file, written after every measurement, so that a stopped run goes on where it was."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SCHEMA = 1


class NotMeasured(Exception):  # noqa: N818 (says what it is)
    """A command did not come to an end that can be measured."""


class RawFigures:
    """What was measured so far, by key: PART/WHAT/WHICH."""

    def __init__(self, path: Path, about: Mapping[str, Any]) -> None:
        """Take up a file, or begin one. What it was measured of must be what is measured now."""
        self._path, self._lock = path, threading.Lock()
        self.failed: list[str] = []
        self.data: dict[str, Any] = {"schema": SCHEMA, "about": dict(about), "measured": {}}
        if path.exists():
            self.data = json.loads(path.read_text("utf-8"))
            _refuse_other(path, self.data["about"], about)

    def measure(self, key: str, how: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
        """Give the figures of a key, measured only if they are not there yet."""
        if key not in self.data["measured"]:
            result = dict(how())
            with self._lock:
                self.data["measured"][key] = result
                self._write()
            print(f"{key}: {_brief(result)}", flush=True)
        return self.data["measured"][key]  # type: ignore[no-any-return]

    def attempt(self, key: str, how: Callable[[], Mapping[str, Any]]) -> None:
        """Measure, or note that it could not be; the next run tries again."""
        try:
            self.measure(key, how)
        except NotMeasured as problem:
            self.failed.append(key)
            print(f"{key}: NOT MEASURED: {problem}", flush=True)

    def note(self, **about: Any) -> None:
        """Keep something about the run as a whole."""
        with self._lock:
            self.data["about"] |= about
            self._write()

    def _write(self) -> None:
        fresh = self._path.with_suffix(".part")
        fresh.write_text(json.dumps(self.data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
        fresh.replace(self._path)


def _refuse_other(path: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    for name in ("contract", "digest", "versions", "machine"):
        if before.get(name) != now.get(name):
            raise SystemExit(
                f"{path}: its {name} is {before.get(name)}, now it is {now.get(name)}; give another --out, or remove it"
            )


def _brief(result: Mapping[str, Any]) -> str:
    names = ("code", "requests", "seconds", "wall", "peak_mib", "unique_failures", "rules")
    return ", ".join(f"{name} {result[name]}" for name in names if name in result)
