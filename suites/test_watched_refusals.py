"""Does a refused request leave alone what a reading operation shows?"""

import pytest


@pytest.mark.asks("watched-refusals")
def test_refused_requests_change_nothing(promises):
    promises.assert_kept()
