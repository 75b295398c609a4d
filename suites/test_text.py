"""Are texts that the documents do not allow refused, and their field named?"""

import pytest


@pytest.mark.asks("text")
def test_texts_that_are_not_allowed_are_refused(promises):
    promises.assert_kept()
