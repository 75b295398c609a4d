"""Is "not modified" told only to those whose copy is still good?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from urllib.parse import urlsplit

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import accepted, either
from errorcontract.model import Answers, Case, Headers, Operation, Promise, Request, Step

_OTHER = '"errorcontract-no-such-version"'
_ANY_SUCCESS = frozenset(range(200, 300))
_NOT_MODIFIED = 304
_ASKED = 5
_SECOND = 1.1


def cases(kit: Kit) -> Iterator[Case]:
    """What an answer says of its version is sent back: as it is, as another one, as an older one, after a change."""
    if kit.contract.http.not_modified is None:
        return
    every = [one for one in kit.contract.operations.values() if one.conditional and one.method == "GET"]
    for rank, operation in enumerate(every):
        look, first = (kit.good_step(name, operation.id) for name in ("look", "first"))
        settled, less = replace(first, pause=_until_settled), 15 * min(rank, 2)
        asked = [_step(kit, operation, f"asked-{number + 1}", partial(_nth, number)) for number in range(_ASKED)]
        yield kit.story(
            "conditional", operation.id, "each condition", (look, settled, *asked), about="conditional", tells=82 - less
        )
        for changing in _changing(kit, operation):
            yield _changed(kit, operation, changing, 76 - less)


def _changed(kit: Kit, operation: Operation, changing: Operation, tells: int) -> Case:
    """The thing is set to one state, read, set to another one, and read with the version of before."""
    story = (
        kit.good_step("change-1", changing.id, changing.good[0]),
        kit.good_step("first", operation.id),
        _other_change(kit, changing),
        _step(kit, operation, "after", _of_before),
        kit.good_step("fresh", operation.id),
    )
    variant = f"after {changing.id}"
    return kit.story("conditional", operation.id, variant, story, about="conditional", tells=tells, alone=True)


def _other_change(kit: Kit, changing: Operation) -> Step:
    """The last of several good requests; of a single one, itself with a number raised, of which nothing is promised."""
    first, last = changing.good[0], changing.good[-1]
    if first is not last:
        return kit.good_step("change-2", changing.id, last)
    numbers = [name for name, value in (first.body or {}).items() if type(value) in {int, float}]
    change = {f"body/{name}": (first.body or {})[name] + 1 for name in numbers[:1]}
    make = once(partial(kit.build.request, changing.id, first, change))
    return Step(name="change-2", make=make, promise=either("other change"))


def _changing(kit: Kit, operation: Operation) -> Iterator[Operation]:
    """The operations whose good request changes the very thing that the operation shows."""
    for other in kit.contract.operations.values():
        if other.method in {"PUT", "PATCH"} and other.effect == "write" and other.path == operation.path:
            try:
                paths = {urlsplit(kit.build.request(one.id).target).path for one in (operation, other)}
            except UnresolvedError:
                continue
            if len(paths) == 1:
                yield other


def _until_settled(answers: Answers) -> float:
    """How long to wait where no date was told: one of this second stands for no version yet (RFC 9110, 8.8.2.1)."""
    response = answers["look"].response if "look" in answers else None
    tag, date = _versions(response.headers if response else ())
    return _SECOND if tag and not date else 0.0


def _step(kit: Kit, operation: Operation, name: str, condition: Callable[[Headers], Headers]) -> Step:
    def made(answers: Answers) -> Request | None:
        response = answers["first"].response if "first" in answers else None
        headers = condition(response.headers) if response else ()
        request = once(partial(kit.build.request, operation.id))(answers) if headers else None
        return request and replace(request, headers=(*request.headers, *headers))

    return Step(name=name, make=made, promise=_promise(kit, operation))


def _promise(kit: Kit, operation: Operation) -> Promise:
    """A success as ever, or "not modified"."""
    promise = accepted(kit.build, operation.good[0])
    return replace(promise, statuses=(promise.statuses or _ANY_SUCCESS) | {_NOT_MODIFIED})


def _nth(number: int, headers: Headers) -> Headers:
    """The condition of that number that can be made from the versions which an answer tells, empty where none can."""
    conditions = _conditions(*_versions(headers))
    return conditions[number] if number < len(conditions) else ()


def _of_before(headers: Headers) -> Headers:
    """The version of before, where it is one of its own: a date tells nothing of two changes in a second."""
    tag, _ = _versions(headers)
    return (("If-None-Match", tag),) if tag and not tag.startswith("W/") else ()


def _versions(headers: Headers) -> tuple[str | None, str | None]:
    told = {name.lower(): value.strip() for name, value in reversed(headers)}
    return told.get("etag"), told.get("last-modified")


def _conditions(tag: str | None, date: str | None) -> Sequence[Headers]:
    tags: list[Headers] = [(("If-None-Match", tag),), (("If-None-Match", _OTHER),)] if tag else []
    both: list[Headers] = [(("If-None-Match", _OTHER), ("If-Modified-Since", date))] if tag and date else []
    before = _earlier(date) if date else None
    dates: list[Headers] = [(("If-Modified-Since", one),) for one in (before, date) if one]
    return [*tags, *both, *dates]


def _earlier(date: str) -> str | None:
    """The day before, None for what is no date."""
    try:
        return format_datetime(parsedate_to_datetime(date) - timedelta(days=1), usegmt=True)
    except (ValueError, OverflowError, TypeError):
        return None
