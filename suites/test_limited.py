"""Does what takes only so many take no more when they come at once?"""

import pytest


@pytest.mark.asks("limited")
def test_no_more_are_taken_at_once_than_one_by_one(promises):
    promises.assert_kept()
