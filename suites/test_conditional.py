"""Is "not modified" told only to those whose copy is still good?"""

import pytest


@pytest.mark.asks("conditional")
def test_not_modified_is_told_to_good_copies_only(promises):
    promises.assert_kept()
