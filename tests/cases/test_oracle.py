"""The contract's schema is read as JSON Schema and ECMA-262 say, not as Python would."""

from __future__ import annotations

import pytest

from errorcontract.cases.oracle import allowed
from errorcontract.cases.written import Written

PHONE = {"type": "string", "pattern": "^0[567]\\d{8}$"}
AMOUNT = {"type": "integer", "minimum": 50, "maximum": 5000}


@pytest.mark.parametrize(
    ("schema", "value", "right"),
    [
        (PHONE, "0778037340", True),
        (PHONE, "0778037340\n", False),
        (PHONE, "0٧٧٨٠٣٧٣٤٠", False),
        (PHONE, "0５５８０３７３４０", False),
        (PHONE, "\n0778037340", False),
        (PHONE, "x\n0778037340", False),
        (PHONE, 778037340, False),
        ({"type": "string", "pattern": "^\\w+$"}, "é", False),
        ({"type": "string", "pattern": "\\S"}, "\u00a0", False),
        (AMOUNT, 100.0, True),
        (AMOUNT, Written("1e2", 100), True),
        (AMOUNT, Written("100.0", 100), True),
        (AMOUNT, 100.5, False),
        (AMOUNT, True, False),
        (AMOUNT, "100", False),
        (AMOUNT, None, False),
        (AMOUNT, 50, True),
        (AMOUNT, 49, False),
        (AMOUNT, 5001, False),
        (AMOUNT, 2**63, False),
        (AMOUNT, 10**400, False),
        (AMOUNT, Written("1e400", 10**400), False),
        ({"type": "integer"}, Written("1e400", 10**400), True),
        ({"type": "string", "x-minimum": 1, "x-maximum": 500}, "0.99", False),
        ({"type": "string", "x-minimum": 1, "x-maximum": 500}, "500.01", False),
        ({"type": "string", "x-minimum": 1, "x-maximum": 500}, "500.00", True),
        ({"type": "string", "x-minimum": 1, "x-maximum": 500}, "1,000", True),
        ({"type": "integer"}, 10**400, True),
        ({"type": "integer"}, -(2**63) - 1, True),
        ({"enum": [500, 1000]}, 500.0, True),
        ({"enum": [500, 1000]}, 777, False),
        ({"type": "string", "minLength": 2}, "م", False),
        ({"type": "string", "maxLength": 1}, "😀", True),
        ({}, "anything", True),
    ],
)
def test_a_value_keeps_a_schema_or_does_not(schema, value, right):
    assert allowed(schema, value) is right


@pytest.mark.parametrize("value", ["\ud800", "a\udfffb", ["\ud800"], {"a": "\ud800"}])
def test_text_that_is_no_unicode_is_never_judged(value):
    assert allowed({"type": "integer"}, value)
