"""Do unknown routes and wrong methods answer in the house envelope too?"""

import pytest


@pytest.mark.asks("routes")
def test_unknown_routes_answer_in_the_envelope(promises):
    promises.assert_kept()
