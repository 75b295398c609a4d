"""The sections of a manifest, each made into its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.contract.operations import basis
from errorcontract.model import (
    Before,
    Cause,
    Credentials,
    Ledger,
    LockOut,
    Marked,
    OtherCredential,
    Pointers,
    Private,
    RateLimit,
    Recipe,
    RequestId,
)

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0}


def pointers(spec: Mapping[str, Any]) -> Pointers:
    """Where the members of the envelope stand."""
    several = {name: _several(where) for name, where in spec.items() if name not in {"success", "data"}}
    return Pointers(success=spec.get("success"), data=spec.get("data"), **several)


def _several(where: str | list[str] | None) -> tuple[str, ...]:
    return tuple(where) if isinstance(where, list) else (where,) if where is not None else ()


def request_id(spec: Mapping[str, Any] | None) -> RequestId | None:
    """What is promised of request ids."""
    if spec is None:
        return None
    return RequestId(
        on_errors=basis(spec["on_errors"]),
        on_success=basis(spec["on_success"]),
        pattern=spec.get("pattern"),
        pattern_basis=basis(spec["pattern_basis"]) if "pattern_basis" in spec else None,
        header=spec.get("header"),
        header_basis=basis(spec["header_basis"]) if "header_basis" in spec else None,
    )


def credentials(spec: Mapping[str, Any] | None) -> Credentials | None:
    """How a caller proves who it is."""
    if spec is None:
        return None
    return Credentials(
        header=spec["header"],
        template=spec["value"],
        environment=spec["environment"],
        test_value=spec.get("test_value"),
        lock_out=_lock_out(spec.get("lock_out")),
        echoed_by=tuple((echo["operation"], echo["pointer"]) for echo in spec.get("echoed_by", ())),
        others={name: OtherCredential(**other) for name, other in spec.get("others", {}).items()},
    )


def _lock_out(spec: Mapping[str, Any] | None) -> LockOut | None:
    if spec is None:
        return None
    return LockOut(
        after=spec["after"],
        cause=spec["cause"],
        provoke=spec.get("provoke", "loopback"),
        attempts_left=spec.get("attempts_left"),
        basis=basis(spec),
    )


def rate_limit(spec: Mapping[str, Any] | None) -> RateLimit | None:
    """The documented limit of a remote test environment."""
    if spec is None:
        return None
    return RateLimit(requests=spec["requests"], seconds=_SECONDS[spec["per"]], cause=spec["cause"], basis=basis(spec))


def ledger(spec: Mapping[str, Any] | None) -> Ledger | None:
    """Which operation tells the balance."""
    return None if spec is None else Ledger(operation=spec["operation"], pointer=spec["pointer"], basis=basis(spec))


def causes(spec: Mapping[str, Any]) -> dict[str, Cause]:
    """Why requests must fail, by id."""
    return {
        id_: Cause(
            id=id_,
            title=cause["title"],
            codes=frozenset(cause.get("codes", ())),
            statuses=frozenset(cause.get("statuses", ())),
            basis=basis(cause),
            recipes=tuple(_recipe(recipe) for recipe in cause.get("provoke", ())),
        )
        for id_, cause in spec.items()
    }


def _recipe(spec: Mapping[str, Any]) -> Recipe:
    return Recipe(
        operation=spec["operation"],
        name=spec["name"],
        change=spec.get("change", {}),
        good=spec.get("good"),
        sends_as=spec.get("as"),
        headers=spec.get("headers", {}),
        raw=spec.get("raw"),
        method=spec.get("method"),
        violates=tuple(spec.get("violates", ())),
        before=tuple(_before(number, before) for number, before in enumerate(spec.get("before", ()))),
        tells=spec.get("tells"),
        loopback_only=spec.get("needs") == "loopback",
        accepted=spec.get("promise") == "accepted",
    )


def _before(number: int, spec: Mapping[str, Any]) -> Before:
    return Before(
        operation=spec["operation"],
        name=spec.get("name", f"before_{number + 1}"),
        good=spec.get("good"),
        change=spec.get("change", {}),
        sends_as=spec.get("as"),
        times=spec.get("times", 1),
        expected=spec.get("expect", "accepted"),
    )


def private(spec: Mapping[str, Any]) -> Private:
    """What is marked as nobody's business."""
    return Private(personal=_marked(spec.get("personal", {})), secret=_marked(spec.get("secret", {})))


def _marked(spec: Mapping[str, Any]) -> Marked:
    members = (name if name.startswith("/") else name.lower() for name in spec.get("members", ()))
    return Marked(data=frozenset(spec.get("data", ())), members=frozenset(members))
