"""Names that tell that a value is a secret, whatever the value is."""

from __future__ import annotations

import re
from functools import lru_cache

HINTS = (
    *("pass", "pwd", "secret", "token", "key", "credential", "jwt", "session", "sid", "auth", "cookie", "sig"),
    *("bearer", "otp", "eyj"),
)
"""A text without any of these, in lower case, has no such name."""

_MEMBER = re.compile(
    r"(?:password|passwd|passphrase|passcode|pwd|secret|secrets|apikey|accesskey|secretkey|privatekey|signingkey"
    r"|(?:access|refresh|id|auth|session|bearer|csrf|xsrf|security|device|reset|login|user|api|client|app|new|temp"
    r"|registration|verification|confirmation|personal|oauth|oauth2|jwt)token"
    r"|sessionid|sessionkey|sessid|authorization|cookie|cookies|credential|credentials|otpcode)$"
)
_ALONE = frozenset({"token", "auth", "bearer", "sid", "otp", "jwt"})
_PARAMETER = frozenset({"key", "sig", "signature", "code_verifier", "xamzsignature", "xgoogsignature"})
_HEADER = re.compile(
    r"(?:^|[-_])(?:authorization|cookie2?|token|api[-_]?key|auth[-_]?key|access[-_]?key|secret|password|session[-_]?id"
    r"|credential|jwt)$"
)
_NO_SECRET = re.compile(r"^(?:www-authenticate|proxy-authenticate|x-.*-token-(?:type|expires).*)$")


@lru_cache(maxsize=4096)
def secret_member(name: str, *, parameter: bool = False) -> bool:
    """Whether a member of a body is one; in a query there are a few more."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return plain in _ALONE or _MEMBER.search(plain) is not None or (parameter and plain in _PARAMETER)


@lru_cache(maxsize=1024)
def secret_header(name: str) -> bool:
    """Whether a header is one."""
    low = name.lower()
    return _HEADER.search(low) is not None and not _NO_SECRET.match(low)
