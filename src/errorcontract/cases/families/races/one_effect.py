"""Uses of one reference between two looks at the balance, then what is found of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.promises import either
from errorcontract.cases.uses import DUPLICATE, Use
from errorcontract.model import MISSING, Answers, Case, Exchange, Operation, Request, Step, answer_of, resolve

_DONE = 2


def one_effect(
    kit: Kit,
    operation: Operation,
    variant: str,
    racers: Sequence[Use],
    late: Sequence[float],
    tells: int,
    *,
    heels: bool = False,
) -> Case:
    """Uses of one reference by turns, between two looks at the balance, then what is found of it."""
    reference = kit.build.reference(operation)
    racing = [racers[place % len(racers)].racing("racing", reference, one) for place, one in enumerate(late)]
    story = steps(
        kit.balance_step("balance-before"),
        *together(racing, heels=heels),
        kit.balance_step("balance-after"),
        _winner_step(kit, racers, reference),
        *effects(kit, operation),
    )
    return kit.story(
        "races",
        operation.id,
        variant,
        story,
        about="race",
        cause=DUPLICATE,
        tells=tells,
        alone=True,
        notes={"reference": reference},
        series=f"race {operation.id}",
        enough=lambda trace: len(_winners(kit, trace.copies("racing"))) > 1,
    )


def together(racing: Sequence[Step], *, heels: bool = False) -> Iterator[Step]:
    """The steps as one moment; with `heels`, one moment after the first of them."""
    return (replace(step, beside=place > heels) for place, step in enumerate(racing))


def _winner_step(kit: Kit, racers: Sequence[Use], reference: str) -> Step | None:
    """Looks up what the winner made, by its operation."""
    looks = {one.operation.id: kit.look_up_step(one.operation, reference) for one in racers}
    some = next((look for look in looks.values() if look), None)

    def made(answers: Answers) -> Request | None:
        racing = [exchange for name, exchange in answers.items() if name.startswith("racing")]
        won = [str(exchange.request.operation) for exchange in _winners(kit, racing)]
        look = looks[won[0]] if won else some
        return look.make(answers) if look else None

    return some and replace(some, make=made)


def _winners(kit: Kit, racing: Sequence[Exchange]) -> list[Exchange]:
    return [one for one in racing if one.response and one.response.status // 100 == _DONE and _success(kit, one)]


def _success(kit: Kit, exchange: Exchange) -> bool:
    pointer = kit.contract.pointers.success
    flag: Any = MISSING if pointer is None else resolve(answer_of(exchange), pointer)
    return flag is not False


def effects(kit: Kit, operation: Operation) -> Iterator[Step]:
    """Reads what shows each thing that was made."""
    for number, watch in enumerate(operation.watch):
        step = kit.good_step(f"effect-{number + 1}", watch.operation, kit.build.good(watch.operation, watch.good))
        yield replace(step, promise=either("what there is"))
