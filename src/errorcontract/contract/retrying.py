"""The section of a manifest about callers that send again, made into its value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.contract.operations import basis
from errorcontract.model import Attempts, Backoff, RetryClass, RetryPolicy, Stance

Spec = Mapping[str, Any]
_ANY = ("3xx", "4xx", "5xx")


def retry_policy(spec: Spec | None) -> RetryPolicy:
    """What callers are told about sending again; what HTTP itself says, where the contract is silent."""
    said = spec or {}
    given: dict[str, Any] = {}
    for key in ("answers", "unsafe"):
        if key in said:
            given[key] = tuple(_stance(entry) for entry in said[key])
    for key in ("body_delay", "unknown"):
        if key in said:
            given[key] = basis(said[key])
    if "header_delay" in said:
        given["header_delay"] = _stance({"on": _ANY, **said["header_delay"]})
    if "attempts" in said:
        given["attempts"] = _attempts(said["attempts"])
    if "backoff" in said:
        given["backoff"] = _backoff(said["backoff"])
    if "keys" in said:
        given["keys"] = frozenset(name.lower() for name in said["keys"])
    return RetryPolicy(harmless=frozenset(said.get("harmless", ())), **given)


def _stance(spec: Spec) -> Stance:
    return Stance(
        on=frozenset(str(one) for one in spec["on"]),
        again=RetryClass(spec.get("again", RetryClass.NEVER)),
        basis=basis(spec),
    )


def _attempts(spec: Spec) -> Attempts:
    most = spec.get("most")
    return Attempts(
        stops=basis(spec),
        most=most["number"] if most else None,
        most_basis=basis(most) if most else None,
    )


def _backoff(spec: Spec) -> Backoff:
    return Backoff(first=spec["first"], factor=spec["factor"], jitter=spec.get("jitter", "any"), basis=basis(spec))
