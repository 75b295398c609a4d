"""Is the same bad request refused with the same code in every language?"""

import pytest


@pytest.mark.asks("languages")
def test_a_refusal_has_the_same_code_in_every_language(promises):
    promises.assert_kept()
