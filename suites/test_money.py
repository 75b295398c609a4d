"""Does the ledger add up when orders come together?"""

import pytest


@pytest.mark.asks("money")
def test_the_ledger_adds_up(promises):
    promises.assert_kept()
