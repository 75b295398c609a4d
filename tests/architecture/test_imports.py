"""Imports run one way: plugin|cli -> run -> stages -> model, errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = "errorcontract"
LAYERS = (
    {"model", "errors"},
    {"contract", "cases", "exchange", "rules", "findings", "reporting", "audit", "traffic"},
    {"run", "curl", "embedded", "target", "openapi", "baseline", "confirm", "chosen", "lists", "drift"},
    {"plugin", "cli", "__main__"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
STAGES = LAYERS[1]
NONE_OF_THESE = {"fixtures", "suites", "contracts"}
"""Data and what runs on its own; reached by name at run time, never imported."""


def imported(file: Path, package: str) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in the file, by its whole name. `package` is what holds the file."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (
                (f"{module}.{alias.name}" if module == PACKAGE else module, node.lineno) for alias in node.names
            )


def package_of(file: Path, top: Path) -> str:
    return ".".join([PACKAGE, *file.relative_to(top).parent.parts])


def rooms(source: Path) -> Iterator[tuple[str, str, str]]:
    """(room, room that it imports, where) for every import inside the package that crosses rooms."""
    for file in sorted(source.rglob("*.py")):
        room = file.relative_to(source).parts[0].removesuffix(".py")
        for name, line in imported(file, package_of(file, source)):
            parts = name.split(".")
            if parts[0] == PACKAGE and len(parts) > 1 and parts[1] != room and not parts[1].startswith("__"):
                yield room, parts[1], f"{file.relative_to(source)}:{line}"


def test_every_room_has_a_layer(source):
    found = {
        path.name.removesuffix(".py")
        for path in source.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert found - {"__init__"} <= set(LEVEL), "say in LAYERS where the new module belongs"


def test_no_room_imports_one_above_it(source):
    assert [where for room, other, where in rooms(source) if room != "__init__" and LEVEL[other] > LEVEL[room]] == []


def test_sibling_stages_do_not_import_one_another(source):
    assert [where for room, other, where in rooms(source) if room in STAGES and other in STAGES] == []


def test_the_model_and_the_errors_stand_on_nothing(source):
    assert [where for room, _, where in rooms(source) if room in LAYERS[0]] == []


def test_the_package_itself_imports_none_of_its_rooms(source):
    assert [name for name, _ in imported(source / "__init__.py", PACKAGE) if name.startswith(PACKAGE)] == []


def test_data_and_fixtures_are_never_imported(source):
    assert [where for _, other, where in rooms(source) if other in NONE_OF_THESE] == []


def test_nothing_private_crosses_modules(source):
    private = []
    for file in source.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
                private += [
                    f"{file.relative_to(source)}: {alias.name}"
                    for alias in node.names
                    if alias.name.startswith("_") and not alias.name.startswith("__")
                ]
    assert private == []


def test_a_rule_stands_on_the_model_and_on_what_rules_share(source):
    shared = {
        "errorcontract.model",
        "errorcontract.rules.books",
        "errorcontract.rules.calls",
        "errorcontract.rules.evidence",
        "errorcontract.rules.finds",
        "errorcontract.rules.reading",
        "errorcontract.rules.rule",
        "errorcontract.rules.form",
        "errorcontract.rules.hint",
        "errorcontract.rules.moment",
        "errorcontract.rules.places",
        "errorcontract.rules.script",
        "errorcontract.rules.shape",
        "errorcontract.rules.http",
        "errorcontract.rules.unchanged",
    }
    for file in (source / "rules").glob("*.py"):
        if "\nRULE = Rule(" in file.read_text("utf-8"):
            ours = {name for name, _ in imported(file, f"{PACKAGE}.rules") if name.startswith(PACKAGE)}
            assert ours <= shared, file.name


@pytest.mark.parametrize(
    "banned", ["aiohttp", "asyncio", "socket", "urllib.request", "time", "random", "subprocess", "logging"]
)
def test_rules_only_judge(source, banned):
    for file in (source / "rules").glob("*.py"):
        names = {name for name, _ in imported(file, f"{PACKAGE}.rules")}
        assert not any(name == banned or name.startswith(f"{banned}.") for name in names), file.name


def test_the_reference_api_is_an_implementation_of_its_own(root):
    top = root / "fixtures"
    outside = []
    for file in (top / "reference_api").rglob("*.py"):
        package = f"{PACKAGE}.fixtures." + ".".join(file.relative_to(top).parent.parts)
        for name, line in imported(file, package):
            if name.split(".")[0] == PACKAGE and not name.startswith(f"{PACKAGE}.fixtures.reference_api"):
                outside.append(f"{file.relative_to(root)}:{line} {name}")
    assert outside == []


def test_suites_ask_through_the_plugin_alone(root):
    for file in (root / "suites").glob("*.py"):
        names = {name for name, _ in imported(file, "suites") if name.startswith(PACKAGE)}
        assert all(name.startswith((f"{PACKAGE}.plugin", f"{PACKAGE}.model")) for name in names), file.name


def test_the_layers_do_not_overlap():
    assert sum(map(len, LAYERS)) == len(LEVEL)
    assert all(not lower & upper for lower, upper in pairwise(LAYERS))
