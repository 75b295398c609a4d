"""Can what is forbidden be told from what is not there?"""

import pytest


@pytest.mark.asks("hiding")
def test_what_is_forbidden_stays_hidden(promises):
    promises.assert_kept()
