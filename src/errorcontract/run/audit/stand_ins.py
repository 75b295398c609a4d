"""The credentials that a client gets while it is audited."""

from __future__ import annotations

from collections.abc import Mapping

from errorcontract.model import Contract


def stand_ins(contract: Contract) -> Mapping[str, str]:
    """Test values in the variables of credentials: a client that is audited gets no real one."""
    means = contract.credentials
    if means is None:
        return {}
    value = means.test_value or "errorcontract-audit"
    others = {one.environment: one.test_value or value for one in means.others.values()}
    return {"ERRORCONTRACT_TOKEN": value, **others, means.environment: value}
