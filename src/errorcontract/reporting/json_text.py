"""JSON as text that every reader can decode."""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATE = re.compile("[\ud800-\udfff]")


def dump(data: Any, indent: int | None = None) -> str:
    """JSON that keeps every script readable and can always be encoded as UTF-8."""
    return _SURROGATE.sub(lambda one: f"\\u{ord(one.group()):04x}", json.dumps(data, ensure_ascii=False, indent=indent))
