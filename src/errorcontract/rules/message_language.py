"""A message is in the script of its language: an Arabic one has Arabic letters, an English one has none."""

from __future__ import annotations

import json
from urllib.parse import unquote_plus

from errorcontract.model import Breach, Language
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule
from errorcontract.rules.script import holds, words


def judge(evidence: Evidence) -> Judgement:
    """Breach for each text of an error without the letters it must have, or with letters it must not have."""
    for language in evidence.contract.errors.languages:
        for reading in evidence.answered:
            text = reading.at(language.pointer)
            if reading.is_error and isinstance(text, str) and text:
                yield KEPT if _right(language, reading, text) else _breach(evidence, language, reading, text)


def _right(language: Language, reading: Reading, text: str) -> bool:
    """What a message repeats of the request may be of any script."""
    if language.holds:
        return holds(text, language.script)
    foreign = words(text, language.script)
    return not foreign or all(word in _sent(reading) for word in foreign)


def _sent(reading: Reading) -> str:
    request = reading.exchange.request
    body = (request.body or b"").decode("utf-8", "replace")
    return unquote_plus(request.target) + body + _unescaped(body)


def _unescaped(body: str) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _breach(evidence: Evidence, language: Language, reading: Reading, text: str) -> Breach:
    kind = f"letters of the {language.script} script"
    return evidence.breach(
        reading,
        f"{language.pointer} with {kind}" if language.holds else f"{language.pointer} without {kind}",
        f"{language.pointer}: {text[:120]}",
        f"a message {'lacks' if language.holds else 'has'} {kind}",
        language.basis,
        cause=f"language of {language.pointer}",
        code=reading.code,
    )


RULE = Rule(
    id="message-language",
    group="messages",
    title="A message is in the script of its language.",
    judge=judge,
)
