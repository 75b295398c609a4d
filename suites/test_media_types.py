"""Are the formats that a 415 lists really taken?"""

import pytest


@pytest.mark.asks("media-types")
def test_listed_formats_are_taken(promises):
    promises.assert_kept()
