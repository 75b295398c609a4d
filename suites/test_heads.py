"""Is HEAD answered without a body?"""

import pytest


@pytest.mark.asks("heads")
def test_head_is_answered_without_a_body(promises):
    promises.assert_kept()
