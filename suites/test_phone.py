"""Is every telephone number outside the documented form refused, and its field named?"""

import pytest


@pytest.mark.asks("phone")
def test_numbers_outside_the_documented_form_are_refused(promises):
    promises.assert_kept()
