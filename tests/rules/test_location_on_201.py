from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(location_on_201=PAGE, location_resolves=PAGE))


@pytest.fixture
def created(accepted):
    def made(location="/v3/things/1", **more):
        headers = () if location is None else (("Location", location),)
        return accepted(status=201, headers=headers, **more)

    return made


@pytest.mark.parametrize(
    "location", ["/v3/things/1", "things/1", "https://api.example.com/things/1", "http://[::1]:80/things/1", "?id=1"]
)
def test_a_url_keeps_it(judge, promised, created, location):
    assert judge(created(location), promised=promised) == [KEPT]


@pytest.mark.parametrize("location", [None, "", "  ", "things 1", "http://", "http:/things/1", "urn:thing:1", "//[x/1"])
def test_what_is_no_url_breaks_it(judge, promised, created, location):
    [breach] = judge(created(location), promised=promised)
    assert breach.basis is PAGE
    assert (breach.operation, breach.cause) == (None, "no location")
    assert breach.observed == ("no Location" if location is None else f"Location: {location}")


def test_a_location_where_the_thing_is_keeps_it(judge, promised, created, accepted):
    story = [created(name="created"), accepted(name="located", operation=None, method="GET")]
    assert judge(*story, promised=promised, about="created") == [KEPT, KEPT]


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_a_location_where_nothing_is_breaks_it(judge, promised, created, refused, status):
    story = [created(name="created"), refused(status, "NOT_FOUND", name="located", operation=None, method="GET")]
    kept, breach = judge(*story, promised=promised, about="created")
    assert kept is KEPT
    assert (breach.operation, breach.cause) == (None, "nothing at the location")
    assert breach.observed == f"{status} NOT_FOUND"


def test_what_failed_passes_or_points_elsewhere_is_not_judged(judge, promised, created, refused, answered):
    for other in (
        refused(429, "RATE_LIMIT_EXCEEDED", name="located"),
        refused(500, "INTERNAL_ERROR", name="located"),
        answered(301, name="located"),
    ):
        assert judge(created(name="created"), other, promised=promised, about="created") == [KEPT]


def test_it_need_not_resolve_where_only_the_header_is_promised(judge, promised, created, refused):
    only = replace(promised, http=HttpPromises(location_on_201=PAGE))
    story = [created(name="created"), refused(404, "NOT_FOUND", name="located")]
    assert judge(*story, promised=only, about="created") == [KEPT]


def test_other_answers_and_contracts_that_promise_no_location_do_not_concern_it(
    judge, contract, promised, created, accepted
):
    assert judge(created(None), promised=contract) == []
    assert judge(accepted(), accepted(status=202), promised=promised) == []
    story = [accepted(name="created"), accepted(name="located")]
    assert judge(*story, promised=promised, about="created") == []
