"""Is every count that makes no sense refused, and its field named?"""

import pytest


@pytest.mark.asks("count")
def test_counts_that_make_no_sense_are_refused(promises):
    promises.assert_kept()
