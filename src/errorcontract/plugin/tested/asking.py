"""What can be asked of a system: the families and operations that a contract has cases for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from errorcontract.audit import FAMILIES
from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.cases.recorded import FAMILY
from errorcontract.model import Contract
from errorcontract.run import Question

_ELSEWHERE = {*FAMILIES, FAMILY}
"""What is asked of clients and recordings only."""


def asked(family: str, kits: Iterable[Kit]) -> list[Question]:
    """A question for each operation that a family has cases for."""
    if family in _ELSEWHERE:
        return []
    return list(
        dict.fromkeys(
            Question(kit.contract.name, family, operation) for kit in kits for operation in _concerned(family, kit)
        )
    )


def rehearsal(contract: Contract, seed: int, *, local: bool, limit: tuple[int, float] | None) -> Kit:
    """What cases are made with before anything is known of the system."""
    names = Names(run="rehearsal", returned={"balance": 1.0})
    return Kit(Build(contract, names), seed=seed, local=local, limit=limit)


def _concerned(family: str, kit: Kit) -> Iterator[str]:
    if family in generators():
        concerns = generators()[family].concerns
        return (operation.id for operation in kit.contract.operations.values() if concerns(operation))
    return (case.operation or "-" for case in families()[family](kit))
