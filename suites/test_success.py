"""Does what the documents allow succeed, cost what it should and answer what it promises?"""

import pytest


@pytest.mark.asks("success")
def test_good_requests_succeed(promises):
    promises.assert_kept()
