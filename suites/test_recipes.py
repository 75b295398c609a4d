"""Does each situation that only this contract knows get the promised answer?"""

import pytest


@pytest.mark.asks("recipes")
def test_situations_of_this_contract_get_their_answer(promises):
    promises.assert_kept()
