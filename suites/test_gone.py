"""Does what is gone for good stay gone?"""

import pytest


@pytest.mark.asks("gone")
def test_what_is_gone_stays_gone(promises):
    promises.assert_kept()
