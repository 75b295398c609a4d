"""One file per rule; every module of this package that has a RULE is one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from errorcontract.rules.judge import Judge
from errorcontract.rules.rule import KEPT, Rule

__all__ = ["KEPT", "Judge", "Rule", "all_rules", "client_rules", "server_rules"]

_CLIENT = "client"
"""The group of the rules about programs that call an API; all others are about the API."""


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its id."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(sorted((module.RULE for module in modules if hasattr(module, "RULE")), key=lambda rule: rule.id))


def client_rules() -> tuple[Rule, ...]:
    """The rules that a client is judged by."""
    return tuple(rule for rule in all_rules() if rule.group == _CLIENT)


def server_rules() -> tuple[Rule, ...]:
    """The rules that a target is judged by."""
    return tuple(rule for rule in all_rules() if rule.group != _CLIENT)
