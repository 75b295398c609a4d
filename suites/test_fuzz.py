"""Does Hypothesis find a value, a body or a header that the prepared cases do not hold?"""

import pytest


@pytest.mark.asks("fuzz")
def test_generated_values_break_no_promise(promises):
    promises.assert_kept()
