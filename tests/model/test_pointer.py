from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.model import MISSING, resolve

DETAILS = {
    "error": {
        "details": [
            7,
            {"@type": "a/b", "id": "1"},
            {"@type": "c]", "id": "2"},
            {"@type": "a/b", "id": "3"},
        ]
    },
    "": {"a/b": 1, "m~n": 2},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DETAILS),
        ("/error/details/0", 7),
        ("/error/details/[@type=a~1b]/id", "1"),
        ("/error/details/[@type=c]]/id", "2"),
        ("//a~1b", 1),
        ("//m~0n", 2),
        ("/error/details/[@type=z]/id", MISSING),
        ("/error/details/9", MISSING),
        ("/error/details/٠", MISSING),
        ("/error/[@type=a~1b]", MISSING),
        ("/error/details/0/deeper", MISSING),
    ],
)
def test_a_pointer_leads_to_a_member_an_item_or_the_first_item_that_matches(pointer, value):
    assert resolve(DETAILS, pointer) == value


PARTS = st.text(max_size=4) | st.just("[a=b]")
POINTERS = st.lists(PARTS, max_size=4).map(lambda parts: "".join(map("/{}".format, parts)))


def inside(document):
    yield document
    for member in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from inside(member)


@given(document=JSON, pointer=POINTERS)
def test_whatever_the_document_it_gives_something_of_it_or_nothing(document, pointer):
    found = resolve(document, pointer)
    assert found is MISSING or any(found is part for part in inside(document))


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_every_member_is_found_by_its_escaped_name(document):
    names = [name for name in document if not (name.startswith("[") and "=" in name)]
    assert all(resolve(document, "/" + name.replace("~", "~0").replace("/", "~1")) == document[name] for name in names)
