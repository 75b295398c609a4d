from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

TYPED = {"properties": {"body": {"properties": {"details": {"items": {"type": "object", "required": ["@type"]}}}}}}


@pytest.mark.parametrize("details", [[], [{"@type": "a"}], [{"@type": "a"}, {"@type": "b", "more": 1}]])
def test_details_with_their_types_keep_it(judge, answered, shaped, details):
    assert judge(answered(400, {"details": details}), promised=shaped(TYPED)) == [KEPT]


@pytest.mark.parametrize("details", [[{}], [{"@type": "a"}, {"type": "b"}], ["text"], [None]])
def test_a_detail_without_its_type_breaks_it(judge, answered, shaped, details):
    [breach] = judge(answered(400, {"details": details}), promised=shaped(TYPED))
    assert breach.observed.startswith(f"/body/details/{len(details) - 1}: ")
    assert breach.cause == "the-shape-of-these-tests"


def test_it_speaks_of_errors_and_where_it_is_promised(judge, answered, shaped, promising):
    assert judge(answered(200, {"details": [{}]}), promised=shaped(TYPED)) == []
    assert judge(answered(400, {"details": [{}]}), promised=promising()) == []
