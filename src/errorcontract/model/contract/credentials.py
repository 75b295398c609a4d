"""How a caller proves who it is, and what wrong credentials lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.model.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOut:
    """After how many wrong credentials in a row a caller is shut out, and where the harness may try it."""

    after: int
    cause: str
    provoke: str
    attempts_left: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCredential:
    """A further credential: the environment variable that holds it, and the public one of the test environment."""

    environment: str
    test_value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How a caller proves who it is. `test_value` is the public key of the test environment, sent on loopback only.

    `others` are credentials with other rights, by name.
    """

    header: str
    template: str
    environment: str
    test_value: str | None = field(repr=False)
    lock_out: LockOut | None = None
    echoed_by: tuple[tuple[str, str], ...] = ()
    others: Mapping[str, OtherCredential] = field(default_factory=dict)
