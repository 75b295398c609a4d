"""Are wrong credentials counted, and does the promised number of them shut the caller out?"""

import pytest


@pytest.mark.asks("lock-out")
def test_wrong_credentials_shut_out(promises):
    promises.assert_kept()
