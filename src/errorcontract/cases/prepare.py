"""What a run must know of its target before it can ask: learned values, the balance, orders to look up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from errorcontract.cases.kit import Kit
from errorcontract.model import Case, Contract, Operation, Trace

_RETURNED = re.compile(r"\{(\w+)\.\w+\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A case to play first. `learns` names values of the known data to read from its answer."""

    case: Case
    operation: str

    def learned(self, contract: Contract, trace: Trace) -> dict[str, Any]:
        """Values of the known data that the answer tells."""
        answer = _answer(trace)
        found = {}
        for name, learn in contract.learn.items():
            entries = _at(answer, learn.items) if learn.operation == self.operation else None
            where = {key: _known(value, contract) for key, value in learn.where.items()}
            for entry in entries if isinstance(entries, list) else []:
                if isinstance(entry, dict) and where.items() <= entry.items() and learn.take in entry:
                    found[name] = entry[learn.take]
        return found

    def returned(self, contract: Contract, trace: Trace) -> dict[str, Any]:
        """Values by "operation.name" that later requests use, and the balance."""
        answer, operation = _answer(trace), contract.operations[self.operation]
        found = {f"{operation.id}.{name}": _at(answer, pointer) for name, pointer in operation.returns.items()}
        if contract.ledger and contract.ledger.operation == operation.id:
            balance = _at(answer, contract.ledger.pointer)
            found["balance"] = balance if isinstance(balance, int | float) and not isinstance(balance, bool) else None
        return {name: value for name, value in found.items() if value is not None}


def preparations(kit: Kit) -> Iterator[Preparation]:
    """One good request for each operation whose answer others need, readers first."""
    contract = kit.contract
    wanted = {learn.operation for learn in contract.learn.values()} | _looked_up(contract)
    wanted |= {contract.ledger.operation} if contract.ledger else set()
    for operation in sorted((contract.operations[name] for name in wanted), key=_readers_first):
        step = kit.good_step("test", operation.id)
        yield Preparation(
            case=kit.story("preparation", operation.id, "preparation", (step,), tells=1000, alone=True),
            operation=operation.id,
        )


def _looked_up(contract: Contract) -> set[str]:
    goods = [good for operation in contract.operations.values() for good in operation.good]
    texts = json.dumps([[dict(good.path), dict(good.query), dict(good.body or {})] for good in goods], default=str)
    return set(_RETURNED.findall(texts)) & set(contract.operations)


def _readers_first(operation: Operation) -> tuple[bool, str]:
    return operation.effect != "read", operation.id


def _known(value: Any, contract: Contract) -> Any:
    name = value.strip("{}") if isinstance(value, str) and value.startswith("{") else None
    return contract.data.get(name, value) if name else value


def _answer(trace: Trace) -> Any:
    response = trace.exchanges[0][1].response if trace.exchanges else None
    try:
        return json.loads(response.body) if response and 200 <= response.status < 300 else None  # noqa: PLR2004
    except (ValueError, RecursionError):
        return None


def _at(document: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        document = document.get(part) if isinstance(document, Mapping) else None
    return document
