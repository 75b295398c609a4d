from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

FIELDS = {
    "properties": {
        "body": {
            "properties": {
                "reason": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]+[A-Z0-9]$", "maxLength": 63},
                "metadata": {"type": "object", "required": ["REASON"], "additionalProperties": {"type": "string"}},
            },
            "required": ["reason", "metadata"],
        }
    }
}
GOOD = {"reason": "INVALID_NAME", "metadata": {"REASON": "INVALID_NAME", "ACCOUNT_IDS": "[1]"}}


def test_promised_members_keep_it(judge, answered, shaped):
    assert judge(answered(400, GOOD), promised=shaped(FIELDS)) == [KEPT]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"reason": "invalid"}, "/body/reason"),
        ({"reason": "A" * 64}, "/body/reason"),
        ({"metadata": {}}, "/body/metadata"),
        ({"metadata": {"REASON": "A", "COUNT": 5}}, "/body/metadata/COUNT"),
    ],
)
def test_another_form_of_a_member_breaks_it(judge, answered, shaped, change, place):
    [breach] = judge(answered(400, GOOD | change), promised=shaped(FIELDS))
    assert breach.observed.startswith(f"{place}: ")
    assert breach.basis.source == "a page"


def test_two_shapes_are_two_promises(judge, answered, shaped, promising):
    reason = shaped({"properties": {"body": {"required": ["reason"]}}}, title="a reason")
    metadata = shaped({"properties": {"body": {"required": ["metadata"]}}}, title="metadata")
    both = promising(shapes=reason.errors.shapes + metadata.errors.shapes)
    assert [breach.cause for breach in judge(answered(400, {}), promised=both)] == ["a-reason", "metadata"]


def test_it_speaks_of_errors_and_where_it_is_promised(judge, answered, shaped, promising):
    assert judge(answered(200, {}), promised=shaped(FIELDS)) == []
    assert judge(answered(400, {}), promised=promising()) == []
