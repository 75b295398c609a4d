"""Are the formats that a 415 lists really taken?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.families import recipes
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import either, rejected
from errorcontract.model import Answers, Case, Exchange, Operation, Request, Step, answer_of, resolve

_UNSUPPORTED = 415
_JSON, _XML = "application/json", "application/xml"
_ASKED = 3


def cases(kit: Kit) -> Iterator[Case]:
    """Each way to a 415, then what the refusal lists."""
    if kit.contract.http.supported_types is None:
        return
    causes = {cause.id for cause in kit.contract.causes.values() if _UNSUPPORTED in cause.statuses}
    known = [case for case in recipes.cases(kit) if case.cause in causes and case.operation]
    found = [*known, *_of_bodies(kit)] if "wrong-media-type" in causes else known
    for rank, case in enumerate(found):
        operation = kit.contract.operations[str(case.operation)]
        listed = [
            Step(name=f"listed-{number + 1}", make=_asking(kit, operation, number), promise=either("listed format"))
            for number in range(_ASKED)
        ]
        yield kit.story(
            "media-types",
            operation.id,
            case.variant,
            (*case.steps, *listed),
            about="media-types",
            cause=case.cause,
            tells=82 - 12 * min(rank, 3),
            alone=case.alone,
        )


def _of_bodies(kit: Kit) -> Iterator[Case]:
    """XML to the first operation that takes JSON."""
    for operation in kit.contract.operations.values():
        if operation.media_type == _JSON and operation.good[0].body is not None:
            promise = rejected(kit.contract, "wrong-media-type")
            make = once(partial(_typed, kit, operation, _XML, b"<a>1</a>"))
            test = Step(name="test", make=make, promise=promise)
            yield kit.story("media-types", operation.id, "XML", (test,), cause="wrong-media-type")
            return


def _asking(kit: Kit, operation: Operation, number: int) -> Callable[[Answers], Request | None]:
    def made(answers: Answers) -> Request | None:
        sendable = [make for one in _listed(kit, answers.get("test")) if (make := _sending(kit, operation, one))]
        return once(sendable[number])(answers) if number < len(sendable) else None

    return made


def _listed(kit: Kit, refused: Exchange | None) -> list[str]:
    response, told = (refused.response if refused else None), kit.contract.http.supported_types
    if response is None or told is None or response.status != _UNSUPPORTED:
        return []
    types = resolve(answer_of(refused, refused=True), told.pointer)
    return [one.strip().lower() for one in types if isinstance(one, str)] if isinstance(types, list) else []


def _sending(kit: Kit, operation: Operation, format_: str) -> Callable[[], Request] | None:
    """What makes a request in that format, a file by its ending or a body by its type; None where nothing does."""
    if "/" not in format_:
        ending = "." + format_.removeprefix(".")
        if ending == ".json" and operation.media_type == _JSON:
            return lambda: kit.build.request(operation.id)
        goods = [good for good in operation.good if any(name.endswith(ending) for name in _files(kit, good.body))]
        return (lambda: kit.build.request(operation.id, goods[0])) if goods else None
    if format_.partition(";")[0] == operation.media_type:
        return lambda: kit.build.request(operation.id)
    if operation.media_type != _JSON or "*" in format_ or format_.startswith("multipart/"):
        return None
    return lambda: _typed(kit, operation, format_)


def _files(kit: Kit, body: Mapping[str, Any] | None) -> list[str]:
    """The names of the files in a body."""
    parts = [part for part in (body or {}).values() if isinstance(part, Mapping)]
    return [str(kit.build.fill(part["filename"])).lower() for part in parts if "filename" in part]


def _typed(kit: Kit, operation: Operation, media_type: str, raw: bytes | None = None) -> Request:
    """The good request, or another body, called by a media type."""
    good = kit.build.request(operation.id)
    if good.body is None:
        raise UnresolvedError(media_type)
    rest = tuple(header for header in good.headers if header[0] != "Content-Type")
    return replace(good, headers=(*rest, ("Content-Type", media_type)), body=good.body if raw is None else raw)
