"""Is every value outside a closed list refused, and its field named?"""

import pytest


@pytest.mark.asks("choice")
def test_values_outside_a_closed_list_are_refused(promises):
    promises.assert_kept()
