"""Is a reference good for one request, and only for one that was accepted?"""

import pytest


@pytest.mark.asks("references")
def test_references_are_good_for_one_request(promises):
    promises.assert_kept()
