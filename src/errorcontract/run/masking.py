"""What a run must hide: credentials, and what its contract and its user tell to be nobody's business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from errorcontract.contract.rooms import room
from errorcontract.exchange import Mask, Places, secret_member
from errorcontract.model import Contract
from errorcontract.run.settings import Settings
from errorcontract.target import Target

_CONTACTS = frozenset({"phone", "e-mail"})
_NAMED = re.compile(r"\{(\w+)\}")


def mask_of(contract: Contract, target: Target, settings: Settings, *, foreign: bool = False) -> Mask:
    """The mask of a run. `foreign`: its requests were made by somebody else."""
    bundled = contract.folder.parent.resolve() == room().resolve()
    public = {name: value for name, value in contract.data.items() if bundled and name not in settings.overrides}
    mask = Mask(settings.secrets.values, _places(contract, target, public, foreign=foreign))
    give(mask, contract, {name: value for name, value in contract.data.items() if name not in public})
    for name, value in () if bundled else _written(contract):
        if _is_private(contract, name) and "{" not in value:
            mask.known.give(value, name, f"the value of {name} in a good request of the contract")
    return mask


def give(mask: Mask, contract: Contract, data: Mapping[str, Any]) -> None:
    """Hide those of some known data that are somebody's."""
    private = contract.private
    marked = private.personal.data | private.secret.data | _contacts(contract)
    for name, value in data.items():
        if name in marked or secret_member(name):
            for one in _each(value):
                mask.known.give(str(one), name, f"the value that is given with --data {name}=...")


def _places(contract: Contract, target: Target, public: Mapping[str, Any], *, foreign: bool) -> Places:
    means, private = contract.credentials, contract.private
    return Places(
        personal=frozenset() if target.embedded else private.personal.members,
        secret=private.secret.members,
        headers=frozenset({means.header.lower()}) if means else frozenset(),
        public=frozenset(str(one) for value in public.values() for one in _each(value)),
        foreign=foreign,
    )


def _each(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else (value,)


def _contacts(contract: Contract) -> frozenset[str]:
    """Names of known data that good requests send where a phone number or an e-mail address stands."""
    places = {field.name for one in contract.operations.values() for field in one.fields if field.kind in _CONTACTS}
    texts = (text for name, text in _written(contract) if name in places)
    return frozenset(name for text in texts for name in _NAMED.findall(text))


def _is_private(contract: Contract, name: str) -> bool:
    members = contract.private.personal.members | contract.private.secret.members
    return name.lower() in members or secret_member(name)


def _written(contract: Contract) -> Iterator[tuple[str, str]]:
    """What good requests send, by the name of the member."""
    for operation in contract.operations.values():
        for good in operation.good:
            for part in (good.body, good.query, good.path, good.headers):
                yield from _leaves("", part)


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for member, part in value.items():
            yield from _leaves(str(member), part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(name, part)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield name, str(value)
