"""Do two bad values at once show what each alone does not?"""

import pytest


@pytest.mark.asks("combinations")
def test_combined_values_break_no_promise(promises):
    promises.assert_kept()
