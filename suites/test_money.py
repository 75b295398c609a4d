"""Does the ledger add up, and nobody pay more than the account holds?"""

import pytest


@pytest.mark.asks("money")
def test_the_ledger_adds_up(promises):
    promises.assert_kept()
