"""Is what is no proper body refused in the house envelope?"""

import pytest


@pytest.mark.asks("bodies")
def test_improper_bodies_are_refused_in_the_envelope(promises):
    promises.assert_kept()
