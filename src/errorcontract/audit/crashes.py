"""The last words of a runtime whose program ended against its will."""

from __future__ import annotations

import re

_CRASHES = {
    "an exception of Python that nobody caught": re.compile(
        r"(?:\A|^(?!.*\b(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b).*\n)"  # after a line of a log: it was caught
        r"Traceback \(most recent call last\):$",
        re.MULTILINE,
    ),
    "an exception of Node.js that nobody caught": re.compile(r"^Node\.js v\d+", re.MULTILINE),
    "a panic of Go": re.compile(r"^panic: |^fatal error: ", re.MULTILINE),
    "an exception of Java that nobody caught": re.compile(r'^Exception in thread "', re.MULTILINE),
    "a panic of Rust": re.compile(r"^thread '.*' (?:\(\d+\) )?panicked at ", re.MULTILINE),
    "an exception of .NET that nobody caught": re.compile(r"^Unhandled exception\. ", re.MULTILINE),
    "an exception of Ruby that nobody caught": re.compile(r"^\S+\.rb:\d+:in .+\(\w+(?:::\w+)*\)$", re.MULTILINE),
    "a fatal error of PHP": re.compile(r"^(?:PHP )?Fatal error: ", re.MULTILINE),
}


def crash_of(output: str) -> str | None:
    """What a program died of, as its runtime told; None where it told nothing of the kind."""
    return next((what for what, last_words in _CRASHES.items() if last_words.search(output)), None)
