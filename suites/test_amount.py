"""Is every amount outside the documented range refused, and its field named?"""

import pytest


@pytest.mark.asks("amount")
def test_amounts_out_of_range_are_refused(promises):
    promises.assert_kept()
