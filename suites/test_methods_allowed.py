"""Are the methods that a 405 lists really taken?"""

import pytest


@pytest.mark.asks("methods-allowed")
def test_listed_methods_are_taken(promises):
    promises.assert_kept()
