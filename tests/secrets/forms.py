"""The forms in which a target may repeat what it was sent."""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import re
import textwrap
from urllib.parse import quote, quote_plus


def every_other(text, encode):
    """Some characters encoded, those always that mean something in the encoding."""
    return "".join(encode(char) if place % 2 or char in '%\\"&=' else char for place, char in enumerate(text))


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def in_json(text):
    return "".join(f"\\u{ord(char):04x}" for char in text)


def named(text):
    return "".join({"/": "&sol;", "+": "&plus;", "=": "&equals;", "&": "&amp;"}.get(char, char) for char in text)


FORMS = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "percent": lambda text: quote(text, safe=""),
    "percent, lower case": lambda text: re.sub("%..", lambda one: one[0].lower(), quote(text, safe="")),
    "percent, plus for blanks": quote_plus,
    "percent, everything": percent,
    "percent, everything in lower case": lambda text: percent(text).lower(),
    "percent, partly": lambda text: every_other(text, percent),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, everything": in_json,
    "JSON, everything in upper case": lambda text: in_json(text).replace("\\U", "\\u"),
    "JSON, partly": lambda text: every_other(text, in_json),
    "JSON, slashes": lambda text: text.replace("/", "\\/"),
    "HTML": html.escape,
    "HTML, names": named,
    "HTML, decimal": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "HTML, hexadecimal": lambda text: "".join(f"&#x{ord(char):X};" for char in text),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "quoted-printable, everything": lambda text: "".join(f"={byte:02X}" for byte in text.encode()),
    "quoted-printable, broken up": lambda text: f"{text[:4]}=\r\n{text[4:]}",
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal, upper case": lambda text: text.encode().hex().upper(),
    "hexadecimal, apart": lambda text: text.encode().hex(":"),
    "escaped bytes": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "UTF-16": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be").decode("latin-1"),
    "Base64": lambda text: base64.b64encode(text.encode()).decode(),
    "Base64, for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "Base64, without padding": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "Base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "Base64 of gzip": lambda text: base64.b64encode(gzip.compress(text.encode())).decode(),
    "Base64 in lines": lambda text: "\r\n".join(textwrap.wrap(base64.b64encode(text.encode()).decode(), 8)),
    "Basic": lambda text: base64.b64encode(f"user:{text}".encode()).decode(),
}
LAYERS = [name for name in FORMS if not name.startswith(("as it", "upper", "lower", "JSON, slashes", "HTML, names"))]
CANARIES = [
    *("Canary-7f3A/b+c=9Z", "a pass phrase & more", "0771234567-XY"),
    *("schlüssel-größe/1", "aaaaaaaaaaaa", 'q"u\\o"te-12'),
]
