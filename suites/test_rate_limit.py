"""Is the rate limit kept, announced in the envelope, and over when the target says?"""

import pytest


@pytest.mark.asks("burst")
def test_the_rate_limit_is_kept_and_recovers(promises):
    promises.assert_kept()
