from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Asked, Basis, Cause, Hiding, Provenance, Recipe
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def hides(contract):
    def made(mode):
        one = Hiding(
            name="the admin route", mode=mode, forbidden=Asked(path="/a"), missing=Asked(path="/b"), basis=PAGE
        )
        return replace(contract, hiding=(one,))

    return made


@pytest.fixture
def story(judge, hides):
    """What the rule says of two forbidden requests and one for nothing between them."""

    def told(mode, first, missing, second):
        return judge(first, missing, second, promised=hides(mode), about="hiding", variant="the admin route")

    return told


@pytest.fixture
def three(refused):
    """The three answers, made from (status, code, message) each."""

    def made(first, missing, second=None):
        named = zip(("forbidden-1", "missing", "forbidden-2"), (first, missing, second or first), strict=True)
        return [refused(status, code, message=text, name=name) for name, (status, code, text) in named]

    return made


HIDDEN = (404, "NOT_FOUND", "Route /admin not found")
MISSING = (404, "NOT_FOUND", "Route /no/such/thing not found")
FORBIDDEN = (403, "FORBIDDEN", "You may not")


@pytest.mark.parametrize("mode", ["same", "hidden-or-403"])
def test_the_answer_of_what_is_not_there_keeps_it(story, three, mode):
    assert story(mode, *three(HIDDEN, MISSING)) == [KEPT]


def test_one_answer_to_both_keeps_it_whatever_it_is(story, three):
    assert story("same", *three(FORBIDDEN, (403, "FORBIDDEN", "other words"))) == [KEPT]


def test_403_each_time_keeps_it_where_it_is_allowed(story, three):
    assert story("hidden-or-403", *three(FORBIDDEN, MISSING)) == [KEPT]


@pytest.mark.parametrize(
    "message", ["User with id 7 not found", 'User with id "ahmed" not found', "User with id order-1a not found"]
)
def test_ids_and_quoted_names_are_no_difference(story, three, message):
    missing = (404, "NOT_FOUND", "User with id 99999 not found")
    assert story("hidden-or-403", *three((404, "NOT_FOUND", message), missing)) == [KEPT]


@pytest.mark.parametrize(
    ("mode", "first", "observed"),
    [
        ("same", FORBIDDEN, "403 FORBIDDEN, but 404 NOT_FOUND to nothing"),
        ("same", (404, "HIDDEN", "Route /admin not found"), "404 HIDDEN, but 404 NOT_FOUND to nothing"),
        ("hidden-or-403", (401, "FORBIDDEN", "Log in"), "401 FORBIDDEN"),
        ("hidden-or-403", (404, "HIDDEN", "Route /admin not found"), "404 HIDDEN, but 404 NOT_FOUND to nothing"),
        ("hidden-or-403", (404, "NOT_FOUND", "Nothing here"), "'Nothing here', but 'Route … not found' to nothing"),
    ],
)
def test_another_answer_breaks_it(story, three, mode, first, observed):
    [breach] = story(mode, *three(first, MISSING))
    assert breach.basis is PAGE
    assert breach.observed == observed
    assert breach.cause == "the admin route"


def test_another_status_is_judged_by_its_code_where_the_contract_has_one_for_it(judge, hides, three):
    recipe = Recipe(operation="getBalance", name="by an ordinary user")
    known = Cause(
        id="insufficient-permission",
        title="no right",
        codes=frozenset({"FORBIDDEN"}),
        statuses=frozenset(),
        basis=PAGE,
        recipes=(recipe,),
    )
    promised = replace(hides("hidden-or-403"), causes={known.id: known})
    answers = three((401, "FORBIDDEN", "Log in"), MISSING)
    assert judge(*answers, promised=promised, about="hiding", variant="the admin route") == [KEPT]


def test_another_answer_the_second_time_breaks_it(story, three):
    [breach] = story("hidden-or-403", *three(FORBIDDEN, MISSING, HIDDEN))
    assert breach.expected == "403 FORBIDDEN again"
    assert breach.observed == "404 NOT_FOUND, but 403 FORBIDDEN to the same before"
    assert (breach.operation, breach.cause) == (None, "not each time")


@pytest.mark.parametrize("mode", ["same", "hidden-or-403"])
def test_a_further_member_breaks_it(story, refused, mode):
    owner = {"details": {"owner": "somebody"}}
    first, second = (refused(*HIDDEN[:2], message=HIDDEN[2], name=f"forbidden-{n}", **owner) for n in (1, 2))
    missing = refused(*MISSING[:2], message=MISSING[2], name="missing")
    [breach] = story(mode, first, missing, second)
    assert breach.observed == "/error/details in one of the two only"


def test_messages_may_differ_where_only_the_answer_must_be_told_alike(story, three):
    assert story("same", *three((404, "NOT_FOUND", "Nothing here"), MISSING)) == [KEPT]


def test_what_is_open_fails_or_passes_is_not_judged(story, three, accepted, refused):
    first, missing, second = three(FORBIDDEN, MISSING)
    assert story("same", accepted(name="forbidden-1"), missing, second) == []
    assert story("same", refused(500, "INTERNAL_ERROR", name="forbidden-1"), missing, second) == []
    assert story("same", first, refused(429, "RATE_LIMIT_EXCEEDED", name="missing"), second) == []


def test_other_stories_do_not_concern_it(judge, hides, three):
    answers = three(FORBIDDEN, MISSING)
    assert judge(*answers, promised=hides("same"), about="single", variant="the admin route") == []
    assert judge(*answers, promised=hides("same"), about="hiding", variant="another") == []
    assert judge(*answers, about="hiding", variant="the admin route") == []


@pytest.mark.parametrize("mode", ["same", "hidden-or-403"])
def test_another_type_of_a_member_breaks_it(story, refused, mode):
    first, second = (refused(*HIDDEN[:2], details={"of": "x"}, name=f"forbidden-{n}") for n in (1, 2))
    [breach] = story(mode, first, refused(*HIDDEN[:2], details={"of": 1}, name="missing"), second)
    assert breach.observed == "/error/details/of in one of the two only"


@pytest.fixture
def by_head(judge, hides, three, answered):
    """What the rule says where HEAD is answered with these statuses: what is forbidden, and what is not there."""

    def told(mode, first, forbidden, missing):
        heads = [
            answered(status, name=name, method="HEAD")
            for name, status in (("head-forbidden", forbidden), ("head-missing", missing))
        ]
        return judge(*three(first, MISSING), *heads, promised=hides(mode), about="hiding", variant="the admin route")

    return told


@pytest.mark.parametrize("status", [404, 405])
def test_head_that_tells_as_little_keeps_it(by_head, status):
    assert by_head("same", HIDDEN, status, status) == [KEPT]
    assert by_head("hidden-or-403", HIDDEN, status, status) == [KEPT]


def test_head_that_tells_what_get_hides_breaks_it(by_head):
    for mode, forbidden in (("same", 403), ("hidden-or-403", 403), ("hidden-or-403", 200)):
        [breach] = by_head(mode, HIDDEN, forbidden, 404)
        assert breach.observed == f"HEAD: {forbidden}, but 404 to nothing"
        assert breach.exchange.step == "head-forbidden"


def test_where_get_hides_nothing_or_head_is_unknown_head_tells_nothing(by_head):
    assert by_head("hidden-or-403", FORBIDDEN, 403, 404) == [KEPT]
    for unknown in (405, 501, 429):
        assert by_head("same", HIDDEN, unknown, 404) == [KEPT]


def test_another_answer_after_somebody_else_was_let_in_breaks_it(judge, hides, three, accepted, refused):
    later = refused(*FORBIDDEN[:2], message=FORBIDDEN[2], name="forbidden-3")
    story = [*three(HIDDEN, MISSING), accepted(name="allowed"), later]
    [breach] = judge(*story, promised=hides("hidden-or-403"), about="hiding", variant="the admin route")
    assert (breach.cause, breach.exchange.step) == ("not each time", "forbidden-3")
