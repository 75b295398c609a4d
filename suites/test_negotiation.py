"""Does an error stay in the envelope whatever the caller asks for?"""

import pytest


@pytest.mark.asks("negotiation")
def test_errors_stay_in_the_envelope(promises):
    promises.assert_kept()
