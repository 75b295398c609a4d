"""Does a refused request cost nothing, and nobody pay more than the account holds?"""

import pytest


@pytest.mark.asks("money")
def test_refused_requests_cost_nothing(promises):
    promises.assert_kept()
