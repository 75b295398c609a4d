"""The same bad request in several languages, for every bundled contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.cases import Build, families
from errorcontract.model import Basis, ErrorPromises, Outcome, Provenance

BASIS = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def stories(kit):
    """The cases of the family, of a contract that promises constant codes."""
    promising = replace(kit.contract, errors=ErrorPromises(constant_code=BASIS))
    return list(families()["languages"](replace(kit, build=Build(promising, kit.build.names))))


def test_there_are_a_few_stories_of_different_causes(stories):
    causes = [str(case.cause).partition("/")[0] for case in stories]
    assert 1 <= len(causes) == len(set(causes)) <= 6
    assert {case.about for case in stories} == {"languages"}


def test_only_the_language_differs(stories):
    for case in stories:
        asked = [step.make({}) for step in case.steps]
        languages = [request.header("Accept-Language") for request in asked]
        assert languages[0] is None
        assert "ar" in languages
        assert len(set(languages)) == len(languages)
        rest = {tuple(h for h in request.headers if h[0] != "Accept-Language") for request in asked}
        assert len(rest) == len({request.method for request in asked}) == 1


def test_each_of_them_must_be_refused(stories):
    assert {step.promise.outcome for case in stories for step in case.steps} == {Outcome.REJECTED}


def test_where_no_constant_code_is_promised_nothing_is_asked(kit):
    silent = replace(kit.contract, errors=ErrorPromises())
    assert list(families()["languages"](replace(kit, build=Build(silent, kit.build.names)))) == []
