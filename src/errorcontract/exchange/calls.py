"""The requests of a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from errorcontract.model import Answers, Request, Step


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a step, and the seconds by which it comes after the moment of the step."""

    step: Step
    request: Request
    late: float


def calls_of(step: Step, done: Answers) -> Iterator[Call]:
    """As many as the step wants, as far as they can be made of the answers so far."""
    for number in range(step.copies):
        request = step.make(done)
        if request is not None:
            yield Call(step, request, step.late[number] if number < len(step.late) else 0.0)
