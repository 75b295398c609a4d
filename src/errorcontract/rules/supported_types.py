"""A 415 lists the formats that are taken, and these are taken."""

from __future__ import annotations

import re

from errorcontract.model import Breach, Request, Told
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_UNSUPPORTED = 415
_FILE = re.compile(rb'filename="[^"\r\n]*\.([A-Za-z0-9]+)"')
_TEXTS = frozenset({"csv", "tsv", "txt", "json", "xml", "html", "md", "yaml"})
"""Endings of files that any text may be the content of."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each 415 without a list, and where a listed format is refused in its turn."""
    promised = evidence.contract.http.supported_types
    if promised is None:
        return
    for reading in evidence.answered:
        if reading.status == _UNSUPPORTED and reading.has_content:
            yield from _there(evidence, reading, promised)
    refused = evidence.step("test")
    if evidence.about != "media-types" or refused is None or refused.status != _UNSUPPORTED:
        return
    for reading in evidence.answered:
        if reading.step.name.startswith("listed"):
            yield from _taken(evidence, refused, reading, promised)


def _there(evidence: Evidence, reading: Reading, promised: Told) -> Judgement:
    types = reading.at(promised.pointer)
    if isinstance(types, list) and types and all(isinstance(one, str) and one.strip() for one in types):
        listed = {one.strip().lower().removeprefix(".") for one in types}
        sent = _format(reading.exchange.request)
        yield KEPT if sent not in listed else _untrue(evidence, reading, promised, types)
        return
    yield evidence.breach(
        reading,
        f"{promised.pointer}: the formats that are taken",
        "no such list",
        "a 415 does not say what is taken",
        promised.basis,
        cause="no list",
    )


def _taken(evidence: Evidence, refused: Reading, reading: Reading, promised: Told) -> Judgement:
    types = refused.at(promised.pointer)
    yield _untrue(evidence, reading, promised, types) if reading.status == _UNSUPPORTED else KEPT


def _untrue(evidence: Evidence, reading: Reading, promised: Told, types: object) -> Breach:
    return evidence.breach(
        reading,
        f"anything but a 415 to what {promised.pointer} lists",
        reading.told(),
        f"{promised.pointer} lists a format that is answered with 415 ({types!r})"[:200],
        promised.basis,
        operation=reading.operation,
        cause="a format that is not taken",
    )


def _format(request: Request) -> str | None:
    """The format of what was sent, None where that is not sure: a name may stand on another content."""
    kind = (request.header("Content-Type") or "").strip().lower()
    if not kind.startswith("multipart/"):
        plain = kind and ";" not in kind and request.header("Content-Encoding") is None
        return kind if plain and request.body else None
    endings = [ending.decode("ascii", "replace").lower() for ending in _FILE.findall(request.body or b"")]
    return endings[0] if len(endings) == 1 and endings[0] in _TEXTS else None


RULE = Rule(
    id="supported-types",
    group="http",
    title="A 415 lists what is taken.",
    judge=judge,
    story=True,
)
