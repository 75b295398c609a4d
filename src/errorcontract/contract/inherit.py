"""A manifest with what it inherits: contract.yaml merged over the profile that it extends, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as Folder
from typing import Any

from errorcontract.contract.problem import Path, Problems, Refused, unknown
from errorcontract.contract.rooms import MANIFEST, profiles, room
from errorcontract.contract.source import Source, read

LONGEST = 8
OWN = ("contract", "profile", "title")
"""Keys that are not inherited."""

JOINED = "shapes"
"""A list that a contract adds to; every other one takes the place of the profile's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The merged manifest; `folders` and `sources` go from the contract to its remotest ancestor."""

    folders: tuple[Folder, ...]
    sources: tuple[Source, ...]
    value: Mapping[str, Any]

    def place(self, path: Path) -> tuple[str, int]:
        """The file and line of a value: of the nearest manifest that holds it, else of its outer value."""
        for length in range(len(path), 0, -1):
            for source in self.sources:
                if _holds(source.value, path[:length]):
                    return source.place(path[:length])
        return self.sources[0].place(())

    def file(self, name: str) -> tuple[Folder, str] | None:
        """The nearest file of that name with its label, the contract's own first."""
        for number, folder in enumerate(self.folders):
            if (folder / name).exists():
                return folder / name, name if number == 0 else f"{folder.name}/{name}"
        return None


def inherited(folder: Folder, problems: Problems) -> Manifest | None:
    """Read the manifest of a folder and of all it extends; None if one of them can't be read."""
    folders: list[Folder] = []
    sources: list[Source] = []
    here: Folder | None = folder
    while here is not None:
        label = f"{here.name}/{MANIFEST}" if sources else MANIFEST
        try:
            source = read(here / MANIFEST, label)
        except Refused as refusal:
            problems.refuse(label, refusal)
            return None
        folders.append(here)
        sources.append(source)
        here = _parent(folders, source, problems)
    merged: dict[str, Any] = {}
    for source in reversed(sources):
        own = source.value if source is sources[0] else _without(source.value, *OWN)
        merged = _merged(merged, own)
    return Manifest(folders=tuple(folders), sources=tuple(sources), value=_without(merged, "extends"))


def _parent(folders: list[Folder], source: Source, problems: Problems) -> Folder | None:
    """The folder of what the last manifest extends; None if nothing, or with a problem."""
    name = source.value.get("extends")
    if name is None:
        return None
    if not isinstance(name, str) or not name:
        problems.add(source, ("extends",), "must be the name of a profile or a folder")
        return None
    found = room() / "profiles" / name if name in profiles() else _folder(folders[-1], name)
    if found is None:
        problems.add(source, ("extends",), unknown("profile", name, profiles()))
    elif found.resolve() in {folder.resolve() for folder in folders} or len(folders) >= LONGEST:
        problems.add(source, ("extends",), f"{name!r} leads back to itself, or too far")
        return None
    return found


def _folder(base: Folder, name: str) -> Folder | None:
    try:
        return base / name if (base / name / MANIFEST).is_file() else None
    except (OSError, ValueError):
        return None


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = _merged(old, value)
        elif key == JOINED and isinstance(old, list) and isinstance(value, list):
            result[key] = _joined(old, value)
        else:
            result[key] = value
    return result


def _joined(below: list[Any], above: list[Any]) -> list[Any]:
    """Both lists; an entry of the same title takes the place of the one below."""
    titles = [entry.get("title") for entry in above if isinstance(entry, dict)]
    return [entry for entry in below if not isinstance(entry, dict) or entry.get("title") not in titles] + above


def _without(value: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: member for key, member in value.items() if key not in keys}


def _holds(value: Any, path: Path) -> bool:
    for part in path:
        inside = part in value if isinstance(value, dict) else isinstance(value, list) and part in range(len(value))
        if not inside:
            return False
        value = value[part]
    return True
