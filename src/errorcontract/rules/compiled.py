"""The contract's shapes, compiled. They may ask for times before and after the answer: "past-time", "future-time"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

from errorcontract.model import Shape
from errorcontract.rules.moment import moment
from errorcontract.rules.schema import errors, keeps

Answer = Mapping[str, Any]

_Validator = jsonschema_rs.Draft202012Validator
_Compiled = tuple[Shape, _Validator, _Validator]


class Shapes:
    """Judges answers against the shapes of a contract, those of a rule compiled when it first asks."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self._shapes = shapes
        self._compiled: dict[str, tuple[_Compiled, ...]] = {}
        self._clocks = (0.0, 0.0)

    def of(self, rule: str) -> tuple[_Compiled, ...]:
        """The shapes that a rule judges, each with what chooses the answers and what judges them."""
        if rule not in self._compiled:
            self._compiled[rule] = tuple(
                (shape, self._validator(shape.when), self._validator(shape.then))
                for shape in self._shapes
                if shape.rule == rule
            )
        return self._compiled[rule]

    def problems(self, rule: str, answer: Answer, clocks: tuple[float, float]) -> Iterator[tuple[Shape, str | None]]:
        """Each shape that concerns an answer, with what is wrong by it; None where nothing is.

        `clocks` is the time of the answer by our clock and by the target's: what either finds right is right.
        """
        for shape, when, then in self.of(rule):
            self._clocks = clocks
            if keeps(when, answer):
                yield shape, _told(errors(then, answer))

    def _validator(self, schema: Mapping[str, Any]) -> _Validator:
        formats = {"past-time": self._is_past, "future-time": self._is_future}
        return _Validator(dict(schema), formats=formats, validate_formats=True)

    def _is_past(self, text: str) -> bool:
        said = _seconds(text)
        return said is not None and said <= max(self._clocks) + 1

    def _is_future(self, text: str) -> bool:
        said = _seconds(text)
        return said is not None and said >= min(self._clocks)


def _seconds(text: str) -> float | None:
    said = moment(text)
    return said.timestamp() if said is not None and said.tzinfo else None


def _told(wrong: Sequence[tuple[Sequence[str | int], str]]) -> str | None:
    if not wrong:
        return None
    path, message = wrong[0]
    return f"{''.join(f'/{part}' for part in path) or 'the answer'}: {message}"
