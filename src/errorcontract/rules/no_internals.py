"""No error, in its body or its headers, holds a stack trace, a query, a path or the name of an exception."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errorcontract.model import Response
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_PATTERNS = {
    "a stack trace": r"Traceback \(most recent call last\)|\bat [\w.$<>]+\([\w.]+\.(?:java|kt|scala):\d+\)"
    r"|\bat (?:async )?[\w.<>$ ]+ \(?(?:file:|node:|/|[A-Z]:)[^\s)]*:\d+:\d+\)?|File \\?\"[^\"]+\", line \d+|goroutine \d+ \[",
    "a query": r"(?i)\bselect\b[^.]{1,200}?\bfrom\b[^.]{1,80}?\bwhere\b\s+\S+\s*(?:!?=|<|>|\bin\s*\(|\blike\s*['\"?$:%]|\bis\s+(?:not\s+)?null\b)|\binsert into\b \S+ ?\(|\bupdate\b \S+ \bset\b \S+ ?=|SQLSTATE"
    r"|ORA-\d{5}|syntax error at or near|violates (?:unique|foreign key|check|not-null) constraint|UNIQUE constraint failed",
    "a path": r"(?<![\w/:.-])(?:/[\w.-]+){2,}\.(?:py|js|ts|mjs|php|rb|go|java|cs)\b|[A-Z]:\\\\?[\w\\.-]+\.(?:cs|py|js|php|dll)\b|/(?:node_modules|site-packages)/",
    "an exception": r"\b(?:[a-z_]\w*\.)+[A-Z]\w*(?:Error|Exception)\b|\b[A-Z]\w+Exception\b"
    r"|\b(?:Type|Key|Value|Attribute|Index|Reference|Range|Syntax|Integrity|Operational|Programming|JSONDecode|Runtime|Assertion|Unicode(?:En|De)code)Error\b",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_SIGNS = {
    "a stack trace": ("Traceback", "at ", "File", "goroutine"),
    "a query": ("select", "insert", "update", "sqlstate", "ora-", "syntax error", "constraint"),
    "a path": (".py", ".js", ".ts", ".mjs", ".php", ".rb", ".go", ".java", ".cs", ".dll", "node_modules", "site-packages"),
    "an exception": ("Error", "Exception"),
}
"""Words without which a pattern can't match; looking for these first is what makes the rule cheap."""


_ADDRESSES = frozenset(
    {"location", "content-location", "link", "sourcemap", "x-sourcemap", "refresh", "report-to", "nel", "set-cookie"}
)
"""Headers that are made of addresses and paths, whatever their server runs on."""


def _texts(response: Response) -> Iterator[str]:
    """The body, then the value of each header that is no address."""
    yield response.body.decode("utf-8", "replace")
    for name, value in response.headers:
        if name.lower() not in _ADDRESSES and not name.lower().startswith("content-security-policy"):
            yield value


def _found(body: str) -> Iterator[tuple[str, str]]:
    lower = body.lower()
    for kind, pattern in _KINDS.items():
        text = lower if kind == "a query" else body
        if any(sign in text for sign in _SIGNS[kind]) and (match := pattern.search(body)):
            yield kind, match[0][:120]


def judge(evidence: Evidence) -> Judgement:
    """Breach for each error that matches; few and precise patterns, since a false alarm costs trust."""
    for reading in evidence.answered:
        if not reading.is_error or reading.response is None:
            continue
        found = (one for text in _texts(reading.response) for one in _found(text))
        kind, shown = next(found, ("", ""))
        if not kind:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "a message for people, nothing of the inside",
                f"{kind}: {shown}",
                f"a {reading.status} answer shows {kind}",
                evidence.contract.envelope_basis,
                code=reading.code,
                status=reading.status,
            )


RULE = Rule(
    id="no-internals",
    group="leaks",
    title="No error tells of the inside.",
    judge=judge,
)
