"""Does what takes only so many take no more when they come at once?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import MISSING, Answers, Case, Limited, Operation, Request, Step, answer_of, resolve

_TELLS, _NEXT = 58, 3


def cases(kit: Kit) -> Iterator[Case]:
    """One thing is asked for until it refuses, another one like it by as many at once."""
    limited = [one for one in kit.contract.operations.values() if one.limited]
    for rank, operation in enumerate(limited):
        if operation.limited:
            yield _case(kit, operation, operation.limited, _TELLS - _NEXT * rank)


def _case(kit: Kit, operation: Operation, limited: Limited, tells: int) -> Case:
    story = (
        *(_made(kit, limited.holder, limited, f"holder-{number}") for number in (1, 2)),
        *(_made(kit, limited.each, limited, f"each-{number}") for number in range(2 * limited.most)),
        *(_asked(kit, operation, limited, 1, number, f"one-by-one-{number + 1}") for number in range(limited.most)),
        *(_at_once(kit, operation, limited, number) for number in range(limited.most)),
    )
    return kit.story(
        "limited", operation.id, "one by one, then at once", story, about="limited", tells=tells, alone=True
    )


def _made(kit: Kit, place: str, limited: Limited, name: str) -> Step:
    return kit.good_step(name, limited.made_by[place][0])


def _at_once(kit: Kit, operation: Operation, limited: Limited, number: int) -> Step:
    step = _asked(kit, operation, limited, 2, limited.most + number, "at-once")
    return replace(step, beside=number > 0)


def _asked(kit: Kit, operation: Operation, limited: Limited, holder: int, each: int, name: str) -> Step:
    """A request that asks one holder for one more."""
    from_step = {limited.holder: f"holder-{holder}", limited.each: f"each-{each}"}
    return Step(name=name, make=_making(kit, operation, limited, from_step), promise=either(limited.cause))


def _making(
    kit: Kit, operation: Operation, limited: Limited, from_step: dict[str, str]
) -> Callable[[Answers], Request | None]:
    def made(answers: Answers) -> Request | None:
        change = {place: _value(kit, limited, place, answers, step) for place, step in from_step.items()}
        try:
            return None if None in change.values() else kit.build.request(operation.id, change=change)
        except UnresolvedError:
            return None

    return made


def _value(kit: Kit, limited: Limited, place: str, answers: Answers, step: str) -> Any:
    """What the answer to a step returned for a place, None where it returned nothing."""
    maker, name = limited.made_by[place]
    pointer = kit.contract.operations[maker].returns.get(name)
    found = MISSING if pointer is None else resolve(answer_of(answers.get(step)), pointer)
    return None if found is MISSING else found
