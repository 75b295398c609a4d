"""Does the same bad request always get the same answer?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from errorcontract.cases.families import bodies, credentials, routes
from errorcontract.cases.front import WRONG, with_credentials
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import rejected
from errorcontract.cases.refused import single_requests
from errorcontract.model import Answers, Case, Outcome, Request, Step

_TIMES = 3
_DONE = range(200, 300)
_LATER = 1.5  # seconds in which what is kept for a moment only is forgotten
_AFTER_A_WHILE = 8  # requests that are sent again later


def cases(kit: Kit) -> Iterator[Case]:
    """The most telling bad request of each field and of each other kind, three times; some of them again later."""
    of_fields = _of_fields(kit)
    others = _of_other_kinds(kit, of_fields)
    asked: set[str | None] = set()
    for rank, case in enumerate(of_fields):
        between = () if case.operation in asked else (kit.good_step("between", str(case.operation)),)
        asked.add(case.operation)
        yield _story(kit, case, 79 if rank == 0 else 72 - 3 * rank, between)
    for rank, case in enumerate(others):
        yield _story(kit, case, max(20, 70 - 3 * rank), ())
    yield from _wrong_credentials(kit)
    yield from _later(kit, [*of_fields, *others])


def _of_fields(kit: Kit) -> list[Case]:
    best: dict[tuple[str | None, str], Case] = {}
    for case in sorted(single_requests(kit), key=lambda case: case.tells):
        if _is_refused(case) and "field" in case.notes:
            best[case.operation, str(case.notes["field"])] = case
    return sorted(best.values(), key=lambda case: -case.tells)


def _of_other_kinds(kit: Kit, known: Sequence[Case]) -> list[Case]:
    """What no field stands for: each situation of an operation; each other kind once, as all operations share it."""
    there = {_kind(case) for case in known}
    own = single_requests(kit)
    shared = (case for family in (routes.cases, bodies.cases, credentials.cases) for case in family(kit))
    made = [*((_kind(case), case) for case in own), *((("shared", _kind(case)[1]), case) for case in shared)]
    ranked = sorted(made, key=lambda one: one[1].tells)
    best = {kind: case for kind, case in ranked if _is_refused(case) and kind not in there}
    return sorted(best.values(), key=lambda case: -case.tells)


def _is_refused(case: Case) -> bool:
    """Whether it is one request that must be refused."""
    return len(case.steps) == 1 and case.steps[0].promise.outcome is Outcome.REJECTED


def _kind(case: Case) -> tuple[str | None, str]:
    return case.operation, str(case.cause).partition("/")[0]


def _story(kit: Kit, case: Case, tells: int, between: tuple[Step, ...]) -> Case:
    first = case.steps[0]
    same = _same(first.make)
    times = [
        Step(name=f"time-{number + 1}", make=_while_refused(same, "time-"), promise=first.promise)
        for number in range(_TIMES)
    ]
    story = (*times[:-1], *between, times[-1])
    return kit.story("stability", case.operation, case.variant, story, about="stable", cause=case.cause, tells=tells)


def _same(make: Callable[[Answers], Request | None]) -> Callable[[Answers], Request | None]:
    """The request that was made first, each time: to the byte, also where it holds a fresh reference or the time."""
    first: list[Request] = []

    def made(answers: Answers) -> Request | None:
        if not first and (request := make(answers)):
            first.append(request)
        return first[0] if first else None

    return made


def _while_refused(make: Callable[[Answers], Request | None], name: str) -> Callable[[Answers], Request | None]:
    """Nothing more once it was accepted under that name: what was done is refused for that from then on."""

    def made(answers: Answers) -> Request | None:
        told = [one.response for step, one in answers.items() if step.startswith(name)]
        return None if any(one is not None and one.status in _DONE for one in told) else make(answers)

    return made


def _wrong_credentials(kit: Kit) -> Iterator[Case]:
    """A wrong credential, so seldom or with so much between that it never adds up to a lock-out."""
    means = kit.contract.credentials
    operation = next((one for one in kit.contract.operations.values() if one.secured and one.effect == "read"), None)
    if means is None or operation is None:
        return
    lock, source = means.lock_out, kit.address("stability")
    times = min(_TIMES, lock.after - 1) if lock else _TIMES
    wrong = _same(once(lambda: replace(with_credentials(kit, operation, WRONG), source=source)))
    promise = rejected(kit.contract, "wrong-credentials")
    told = [Step(name=f"time-{number + 1}", make=wrong, promise=promise) for number in range(times)]
    goods = [kit.good_step(f"between-{number + 1}", operation.id) for number in range(times)]
    goods = goods if lock and not source else []
    story = tuple(step for pair in zip_longest(told, goods) for step in pair if step)
    about = {"cause": "wrong-credentials", "about": "stable", "alone": True, "tells": 60}
    if len(told) > 1 and promise.outcome is Outcome.REJECTED:
        yield kit.story("stability", operation.id, "a wrong credential", story, **about)


def _later(kit: Kit, known: Sequence[Case]) -> Iterator[Case]:
    """One bad request of each operation, then all of them again after a while."""
    best: dict[str | None, Case] = {}
    for case in known:
        best.setdefault(case.operation, case)
    chosen = [case.steps[0] for case in list(best.values())[:_AFTER_A_WHILE]]
    first = [replace(step, name=f"of-{place}-1", make=_same(step.make)) for place, step in enumerate(chosen, 1)]
    again = [
        replace(step, name=f"of-{place}-2", make=_while_refused(step.make, f"of-{place}-1"), pause=None)
        for place, step in enumerate(first, 1)
    ]
    if again:
        again[0] = replace(again[0], pause=lambda _: _LATER)
        story = (*first, *again)
        yield kit.story("stability", None, "after a while", story, about="stable", tells=68, patient=True)
