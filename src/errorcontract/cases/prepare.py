"""What a run must know of its target before it can ask: learned values, the balance, orders to look up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from errorcontract.cases.kit import Kit
from errorcontract.model import MISSING, Case, Contract, Good, Operation, Trace, answer_of, number_of, resolve

_RETURNED = re.compile(r"\{(\w+)\.\w+\}")
_MOST = 1e15


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A case to play first. `learns` names values of the known data to read from its answer."""

    case: Case
    operation: str

    def learned(self, contract: Contract, trace: Trace) -> dict[str, Any]:
        """Values of the known data that the answer tells."""
        answer = answer_of(trace.exchanges[0][1] if trace.exchanges else None)
        found = {}
        for name, learn in contract.learn.items():
            entries = resolve(answer, learn.items) if learn.operation == self.operation else None
            where = {key: _known(value, contract) for key, value in learn.where.items()}
            for entry in entries if isinstance(entries, list) else []:
                if isinstance(entry, dict) and where.items() <= entry.items() and learn.take in entry:
                    found[name] = entry[learn.take]
        return found

    def returned(self, contract: Contract, trace: Trace) -> dict[str, Any]:
        """Values by "operation.name" that later requests use, and the balance."""
        operation = contract.operations[self.operation]
        answer = answer_of(trace.exchanges[0][1] if trace.exchanges else None)
        found = {f"{operation.id}.{name}": resolve(answer, pointer) for name, pointer in operation.returns.items()}
        if contract.ledger and contract.ledger.operation == operation.id:
            balance = resolve(answer, contract.ledger.pointer)
            found["balance"] = _as_balance(balance)
        return {name: value for name, value in found.items() if value not in (None, MISSING)}


def preparations(kit: Kit) -> Iterator[Preparation]:
    """One good request for each operation whose answer others need, readers first."""
    contract = kit.contract
    wanted = {learn.operation for learn in contract.learn.values()} | _looked_up(contract)
    wanted |= {contract.ledger.operation} if contract.ledger else set()
    for operation in _in_order(sorted((contract.operations[name] for name in wanted), key=_readers_first)):
        step = kit.good_step("test", operation.id)
        yield Preparation(
            case=kit.story("preparation", operation.id, "preparation", (step,), tells=1000, alone=True),
            operation=operation.id,
        )


def _looked_up(contract: Contract) -> set[str]:
    named = {name for operation in contract.operations.values() for good in operation.good for name in _named(good)}
    return named & set(contract.operations)


def _named(good: Good) -> set[str]:
    """The operations whose answers a good request needs."""
    texts = json.dumps([dict(good.path), dict(good.query), good.body, dict(good.headers)], default=str)
    return set(_RETURNED.findall(texts))


def _in_order(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Each after those whose answers it needs, as far as that is possible."""
    waiting, ready = list(operations), set[str]()
    names = {operation.id for operation in operations}
    while waiting:
        chosen = next((one for one in waiting if not (_named(one.good[0]) & names) - ready), waiting[0])
        waiting.remove(chosen)
        ready.add(chosen.id)
        yield chosen


def _readers_first(operation: Operation) -> tuple[bool, str]:
    return operation.effect != "read", operation.id


def _known(value: Any, contract: Contract) -> Any:
    name = value.strip("{}") if isinstance(value, str) and value.startswith("{") else None
    return contract.data.get(name, value) if name else value


def _as_balance(value: Any) -> float | None:
    """What can be the balance of an account: with an odd one a run would spend without an end."""
    number = number_of(value)
    return number if number is not None and abs(number) < _MOST else None
