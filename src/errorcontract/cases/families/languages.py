"""Is the same bad request refused with the same code in every language?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from errorcontract.cases.kit import Kit
from errorcontract.cases.refused import single_requests
from errorcontract.model import Answers, Case, Outcome, Request, Step

_LANGUAGES = (None, "ar", "en, xx;q=0.5")
"""None at all, one that may be spoken, and another that may be with one that there is not."""
_STORIES = 6
_OF_ONE_OPERATION = 2


def cases(kit: Kit) -> Iterator[Case]:
    """The most telling refusals of a few causes, each asked in several languages."""
    if kit.contract.errors.constant_code is None:
        return
    for rank, case in enumerate(_chosen(kit)):
        first = case.steps[0]
        story = tuple(
            Step(name=f"language-{number + 1}", make=_asked(first.make, language), promise=first.promise)
            for number, language in enumerate(_LANGUAGES)
        )
        yield kit.story(
            "languages", case.operation, case.variant, story, about="languages", cause=case.cause, tells=71 - 3 * rank
        )


def _chosen(kit: Kit) -> Iterator[Case]:
    """One refusal of each cause, the most telling first; no more than a few of an operation."""
    prepared = sorted(single_requests(kit), key=lambda case: -case.tells)
    causes: set[str] = set()
    of_operation: Counter[str | None] = Counter()
    for case in prepared:
        base = str(case.cause).partition("/")[0]
        if case.steps[0].promise.outcome is not Outcome.REJECTED or base in causes:
            continue
        if of_operation[case.operation] < _OF_ONE_OPERATION and len(causes) < _STORIES:
            causes.add(base)
            of_operation[case.operation] += 1
            yield case


def _asked(make: Callable[[Answers], Request | None], language: str | None) -> Callable[[Answers], Request | None]:
    def made(answers: Answers) -> Request | None:
        request = make(answers)
        if request is None:
            return None
        rest = tuple(header for header in request.headers if header[0].lower() != "accept-language")
        return replace(request, headers=rest if language is None else (*rest, ("Accept-Language", language)))

    return made
