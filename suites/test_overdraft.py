"""Does an account never pay more than it holds?"""

import pytest


@pytest.mark.asks("overdraft")
def test_an_account_never_pays_more_than_it_holds(promises):
    promises.assert_kept()
