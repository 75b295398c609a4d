"""What every kind of test subject can be asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Protocol

from errorcontract.chosen import Changes
from errorcontract.exchange import Mask
from errorcontract.model import Contract
from errorcontract.plugin.contracts import Chosen
from errorcontract.run import Answers, Question, Settings
from errorcontract.target import Target


class Running(Protocol):
    """A run in progress: one contract, held against whatever it is."""

    mask: Mask

    def start(self, questions: Sequence[Question]) -> None:
        """Do what comes before all questions."""

    def ask(self, question: Question, node: str) -> Answers:
        """Put one question."""

    def close(self, *, complete: bool, why: str | None = None) -> None:
        """Write the end of it."""


class Tested(ABC):
    """One kind of thing that a session holds to contracts. What most kinds have nothing of is nothing here."""

    @abstractmethod
    def admit(self, chosen: Chosen) -> None:
        """Take up the contracts. Raises UsageError for those that it can't be held to."""

    @abstractmethod
    def asked(self, family: str) -> list[Question]:
        """The questions of a family that the contracts give reason to ask."""

    @abstractmethod
    def place(self, contract: Contract) -> Target:
        """Where a run of the contract goes, made ready for it."""

    @abstractmethod
    def run(self, contract: Contract, place: Target, settings: Settings) -> Running:
        """A run of the contract."""

    def check(self) -> None:  # noqa: B027 - most need nobody to listen
        """Raise TargetError where nothing listens."""

    def credentials(self, contract: Contract) -> Mapping[str, str]:
        """What is needed to prove who calls, by the name of its variable. Raises UsageError where it is not known."""
        del contract
        return {}

    def limit(self, contract: Contract) -> tuple[int, float] | None:
        """The rate limit, as (requests, seconds), where a burst over it is allowed."""
        del contract
        return None

    def changes(self, contract: Contract) -> Changes:
        """The fault and the choices that a run of the contract meets."""
        del contract
        return Changes()

    def leave(self, contract: str) -> None:
        """Stop what was started for a run of the contract."""
        del contract
