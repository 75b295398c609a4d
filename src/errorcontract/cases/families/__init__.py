"""Families of prepared cases, one module each: a family asks one question of every operation that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from errorcontract.cases.kit import Kit
from errorcontract.model import Case

Family = Callable[[Kit], Iterator[Case]]


def families() -> Mapping[str, Family]:
    """Every family by the name of its module, underscores as hyphens."""
    names = [module.name for module in iter_modules(__path__)]
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}").cases for name in names}
