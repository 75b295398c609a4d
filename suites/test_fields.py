"""Is every value outside the documented range of a field refused, and its field named?"""

import pytest


@pytest.mark.asks("fields")
def test_values_out_of_range_are_refused(promises):
    promises.assert_kept()
