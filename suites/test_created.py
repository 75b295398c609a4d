"""Is what was created where the answer says?"""

import pytest


@pytest.mark.asks("created")
def test_created_things_are_where_the_answer_says(promises):
    promises.assert_kept()
