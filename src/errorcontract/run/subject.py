"""What a run knows of the API it is about: its contract with what was learned, its names, its cases."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load
from errorcontract.model import Case, Contract
from errorcontract.run.question import Question
from errorcontract.run.settings import Settings
from errorcontract.target import Target, has_aliases


class Subject:
    """The contract of a run, and the cases made of it. `contract` changes when something is learned of the target."""

    def __init__(self, contract: Contract, target: Target, settings: Settings) -> None:
        self.contract, self._target, self._settings = contract, target, settings
        self.names = Names(run=f"ec-{_base36(time.time_ns())}")
        self._families: dict[str, list[Case]] = {}
        self._kit: Kit | None = None

    def kit(self) -> Kit:
        """The tools that cases are made with, the same until something is learned."""
        if self._kit is None:
            self._kit = self._new_kit()
        return self._kit

    def _new_kit(self) -> Kit:
        token = self._settings.secrets.values.get("ERRORCONTRACT_TOKEN", "")
        return Kit(
            Build(self.contract, self.names, self.unknown),
            seed=self._settings.seed,
            local=self._target.local,
            cased=token.upper() != token,
            aliases=has_aliases(self._target),
            limit=self._settings.limit,
            url=self._target.url,
        )

    def cases(self, question: Question) -> list[Case]:
        """The cases of a question."""
        family = question.family
        if family not in self._families:
            self._families[family] = list(families()[family](self.kit()))
        return [case for case in self._families[family] if (case.operation or "-") == question.operation]

    def learn(self, learned: Mapping[str, Any]) -> Mapping[str, Any]:
        """Take up values that the target told; those of them that are new and that nobody gave."""
        overridden = self._settings.overrides
        fresh = {
            name: value
            for name, value in learned.items()
            if name not in overridden and self.contract.data.get(name) != value
        }
        self._kit = None
        if fresh:
            self.contract = load(self.contract.folder, {**overridden, **fresh}, self._settings.openapi)
        return fresh

    @cached_property
    def unknown(self) -> frozenset[str]:
        """Credentials with other rights that nobody gave."""
        others = self.contract.credentials.others if self.contract.credentials else {}
        return frozenset(
            name for name, one in others.items() if one.environment not in self._settings.secrets.values
        )


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_base36(number // 36) if number >= 36 else "") + digits[number % 36]  # noqa: PLR2004
