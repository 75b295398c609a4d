"""Are names of nothing, and texts that are no names, answered as promised?"""

import pytest


@pytest.mark.asks("identifier")
def test_names_of_nothing_are_answered_as_promised(promises):
    promises.assert_kept()
