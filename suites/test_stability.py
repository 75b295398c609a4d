"""Does the same bad request always get the same answer?"""

import pytest


@pytest.mark.asks("stability")
def test_repeated_bad_requests_get_the_same_answer(promises):
    promises.assert_kept()
