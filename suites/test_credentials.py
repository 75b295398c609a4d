"""Is every operation closed to callers without good credentials?"""

import pytest


@pytest.mark.asks("credentials")
def test_callers_without_good_credentials_are_refused(promises):
    promises.assert_kept()
