"""Each choice of the Depth reference API shows in the steps that it is about, and in no other."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .depth_calls import CONVERSATION, LIMITED, depth, differences, servers, steps_of, talk

CHOICES = {choice.name: choice for choice in depth().choices}
SHOWS = {
    "deleted-204": "deleted",
    "created-200": "created; created, eight days",
    "registered-200": "registered; race; eight characters; refused e-mail, now right",
    "list-bare": "list",
    "others-make-projects": "list",
    "chunked-answers": "every step",
    "duplicate-entry": "409",
    "resource-already-exists": "409",
    "single-fault-on-top": (
        "bad e-mail; e-mail without dot; e-mail with half a surrogate; no special character; no capital; no "
        "digit; seven characters; password as number; no specialty; specialties as text; no date; 31st of "
        "February; no creator; creator as number"
    ),
    "invalid-value-on-top": "password as number; specialties as text; no date; 31st of February; creator as number",
    "resource-not-found": (
        "unknown creator; creator with a slash; unknown project; unknown project and creator; deleted again; "
        "unknown user"
    ),
    "finished-as-project-status": "finished project",
    "finished-as-conflict": "finished project",
    "wrong-method-as-405": "wrong method",
    "oversized-as-413": "oversized",
    "media-type-as-415": "other media type",
    "wrong-token-as-credentials": "list, wrong token; list, longer token; create, wrong token",
    "unknown-creator-as-422": "unknown creator; creator with a slash",
    "existence-before-permission": "unknown user, by the manager",
    "creator-before-project": "unknown project and creator",
    "media-type-ignored": "other media type",
    "local-part-by-case": "registered, name in capitals",
    "second-assignment-refused": "assigned again",
    "wrong-scheme-as-invalid": "list, other scheme",
    "fixed-window": "",
    "wait-in-fractions": "sixth request",
    "wait-in-header-too": "sixth request",
    "limit-as-quota": "sixth request",
    "details-where-promised-only": "401; 404; 409; finished project",
    "field-never-told": "every field",
    "other-messages": "every error",
    "extra-members": "every step",
    "short-request-id": "every error",
    "not-found-typed-system": "404",
    "limit-typed-business": "sixth request",
}
"""The steps of the conversation that come out differently, or what several of them have in common."""


@pytest.fixture(scope="module")
def talks() -> Iterator[Mapping[str, Mapping[str, Any]]]:
    """What came back from the plain server and from that of each choice, by the name of the step."""
    variants: dict[str, dict[str, Any]] = {"plain": {}} | {name: {"choices": [name]} for name in CHOICES}
    limited = {f"{name}, limited": variant | {"rate_limit": "5/minute"} for name, variant in variants.items()}
    with servers(variants | limited) as clients:
        yield {
            name: talk(clients[name], CONVERSATION) | talk(clients[f"{name}, limited"], LIMITED) for name in variants
        }


def test_every_choice_has_its_steps() -> None:
    assert SHOWS.keys() == CHOICES.keys()


@pytest.mark.parametrize("name", SHOWS)
def test_a_choice_shows_where_it_should_and_nowhere_else(name: str, talks: Mapping[str, Mapping[str, Any]]) -> None:
    assert differences(talks["plain"], talks[name]) == steps_of(talks["plain"], SHOWS[name])


def test_choices_combine() -> None:
    several = ["extra-members", "field-never-told", "created-200", "deleted-204", "existence-before-permission"]
    with servers({"": {"choices": several}}) as clients:
        api = clients[""]
        status, _, body = api.register("several@example.com", "weak")
        assert (status, body["traceGroup"], "field" in body["error"]) == (400, "eu-1", False)
        assert api.delete("user_123")[0] == 204
        assert api.delete("user_123", "pm-token")[0] == 404
