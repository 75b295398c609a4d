"""The harness knows no API by name, and the repository no machine."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from errorcontract.contract import bundled, load

WORDS_OF_THEIR_OWN = {"depth"}
"""Names of APIs that are English words too: only a text that is exactly the name counts."""

EXAMPLE = re.compile(r"^ *(?:\$ )?(?:errorcontract|pytest) .*$", re.MULTILINE)
"""A line of a help text that shows a command."""

APIS = {*bundled(), "oneclickdz", "merchant", "datamanager", "depth"}

MACHINES = re.compile(
    r"(?<![\w.])/(?:home|root|(?-i:Users))/\w|(?<![\w.])/(?:work|tmp|mnt|srv/build)/[\w.]+/|[A-Z]:\\Users\\|\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b"
    r"|(?:index-url|extra-index-url|registry)\s*[=:]\s*['\"]?https?://|\b(?:artifactory|nexus|devpi|jfrog)\b",
    re.IGNORECASE,
)


def words(file: Path) -> Iterator[str]:
    """The names, texts and comments of a module, without docstrings and without the examples of a help text."""
    text = file.read_text("utf-8")
    docs = {
        node.value.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type in {tokenize.NAME, tokenize.COMMENT} or (
            token.type == tokenize.STRING and token.start[0] not in docs
        ):
            yield EXAMPLE.sub("", token.string)


@pytest.mark.parametrize("name", sorted(APIS - WORDS_OF_THEIR_OWN))
def test_no_module_names_an_api(source, name):
    pattern = re.compile(rf"(?<![a-z]){re.escape(name)}", re.IGNORECASE)
    assert [
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if any(pattern.search(word) for word in words(file))
    ] == []


@pytest.mark.parametrize("name", sorted(WORDS_OF_THEIR_OWN))
def test_no_module_holds_the_name_of_an_api_as_a_text(source, name):
    for file in source.rglob("*.py"):
        texts = [node.value for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Constant)]
        assert name not in [text.lower() for text in texts if isinstance(text, str)], file


def test_no_module_knows_what_belongs_to_one_api(source):
    known: set[str] = set()
    for name in bundled():
        contract = load(name)
        known |= {code for code in contract.codes if not code.isdigit()}
        known |= {*contract.operations, *contract.production_hosts}
        known |= {contract.credentials.environment} if contract.credentials else set()
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known)))})\b")
    found = {
        (str(file.relative_to(source)), match[0])
        for file in source.rglob("*.py")
        for word in words(file)
        for match in pattern.finditer(word)
    }
    assert {pair for pair in found if "_" in pair[1] or not pair[1].islower()} == set()


def test_no_file_knows_a_machine(tracked, root):
    here = Path(__file__).name
    found = []
    for file in tracked:
        if file.name == here or file.suffix in {".png", ".ico", ".gz"}:
            continue
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
            if MACHINES.search(line):
                found.append(f"{file.relative_to(root)}:{number}: {line.strip()[:100]}")
    assert found == []
