"""Does Schemathesis find a request, by the OpenAPI document, that breaks a promise?"""

import pytest


@pytest.mark.asks("openapi")
def test_generated_requests_break_no_promise(promises):
    promises.assert_kept()
