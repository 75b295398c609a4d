"""Credentials stay out of every value: requests carry a placeholder that only the wire sees filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from errorcontract.model import Headers

_PRIVATE = re.compile(r"auth|cookie|credential|key|password|secret|session|token", re.IGNORECASE)
_NAME = re.compile(r"[!-9;-~]+")
_LONG = re.compile(r"(?:[A-Za-z]+ )?\S{12,}")
_HARMLESS = frozenset(
    {"accept", "accept-charset", "accept-encoding", "accept-language", "content-type", "from", "host", "if-match"}
    | {"if-modified-since", "if-none-match", "origin", "prefer", "referer", "traceparent", "user-agent", "via"}
)
_SCHEME = re.compile(r"[A-Za-z]+ (?=\S+$)")
_FORMS: Mapping[str, Callable[[str], str]] = {
    "${%s}": lambda value: value,
    "${%s%%?}": lambda value: value[:-1],  # as a shell reads it: the last character removed
    "${%s^^}": str.upper,  # as bash reads it
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Secret values by the name of the environment variable that holds them."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    extra_headers: Headers = field(default=(), repr=False)
    """Headers of the user's, sent with every request; a value may be a placeholder."""

    def fill(self, text: str) -> str:
        """The text with every placeholder replaced by its secret."""
        if "${" not in text:
            return text
        for name, value in self.values.items():
            for form, derive in _FORMS.items():
                text = text.replace(form % name, derive(value))
        return text


def extra_header(line: str, *, cautious: bool = False) -> tuple[tuple[str, str], dict[str, str]]:
    """Read 'NAME: VALUE'; a value `env:VAR` becomes a placeholder and VAR's secret. Raises ValueError.

    `cautious`: what merely looks like a credential is taken for one, whatever its header is called.
    """
    name, colon, value = (part.strip() for part in line.partition(":"))
    if not colon or not _NAME.fullmatch(name) or not value.isprintable():
        shown = f"{name}: ..." if colon and _NAME.fullmatch(name) else "..."  # whatever stands there may be a secret
        msg = f"--header '{shown}' is not of the form 'NAME: VALUE'"
        raise ValueError(msg)
    if not value.startswith("env:"):
        return _literal(name, value, cautious=cautious)
    variable = value.removeprefix("env:")
    if not os.environ.get(variable):
        msg = f"--header {name}: the environment variable {variable} is not set"
        raise ValueError(msg)
    return (name, f"${{{variable}}}"), {variable: os.environ[variable]}


def _literal(name: str, value: str, *, cautious: bool) -> tuple[tuple[str, str], dict[str, str]]:
    """A header as given; what is told to be a credential becomes a placeholder, so that no report shows it."""
    looks = cautious and _LONG.fullmatch(value) is not None and name.lower() not in _HARMLESS
    if not value or not (_PRIVATE.search(name) or looks):
        return (name, value), {}
    scheme = match[0] if (match := _SCHEME.match(value)) else ""
    variable = re.sub(r"\W", "_", name).upper()
    return (name, f"{scheme}${{{variable}}}"), {variable: value.removeprefix(scheme)}
