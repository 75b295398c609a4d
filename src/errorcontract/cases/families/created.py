"""Is what was created where the answer says?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urljoin, urlsplit

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import Answers, Case, Exchange, Good, Operation, Request, Step

_CREATED = 201
_PORTS = {"http": 80, "https": 443}


def cases(kit: Kit) -> Iterator[Case]:
    """Each good request that creates something, then GET on its Location, where that is on the target itself."""
    if kit.contract.http.location_resolves is None:
        return
    every = [(one, good) for one in kit.contract.operations.values() for good in one.good if _creates(one, good)]
    for rank, (operation, good) in enumerate(every):
        located = Step(name="located", make=_following(kit, good), promise=either("created thing"))
        yield kit.story(
            "created",
            operation.id,
            good.name,
            (kit.good_step("created", operation.id, good), located),
            about="created",
            tells=83 if rank == 0 else 66 - 4 * rank,
        )


def _creates(operation: Operation, good: Good) -> bool:
    return _CREATED in good.statuses or (not good.statuses and operation.method == "POST")


def _following(kit: Kit, good: Good) -> Callable[[Answers], Request | None]:
    def made(answers: Answers) -> Request | None:
        target = _target(kit.url, answers.get("created"))
        try:
            return kit.build.plain("GET", target, sends_as=good.sends_as) if target else None
        except UnresolvedError:
            return None

    return made


def _target(url: str, created: Exchange | None) -> str | None:
    """The Location of a 201 relative to the target's URL, None where it leads away from it."""
    response = created.response if created else None
    location = response.header("Location") if response and response.status == _CREATED else None
    location = (location or "").strip()
    if created is None or not location or not location.isascii():
        return None
    try:
        base, found = urlsplit(url), urlsplit(urljoin(url + created.request.target, location))
        if _origin(base) != _origin(found) or not found.path.startswith(f"{base.path}/") or " " in found.geturl():
            return None
    except ValueError:
        return None
    return found.path.removeprefix(base.path) + (f"?{found.query}" if found.query else "")


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
