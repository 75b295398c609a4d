"""Prints a story of requests as commands that show the same again when pasted into a shell."""

from __future__ import annotations

import base64
import gzip
import re
import shlex
from collections.abc import Sequence

from errorcontract.model import Exchange, Request, Trace

_CREDENTIAL = re.compile(r"(\$\{ERRORCONTRACT_TOKEN(?:%\?|\^\^)?\})")
_LONGEST = 16 * 1024


def commands(trace: Trace, url: str, run: str, only: int | None = None) -> str:
    """Shell commands for the whole case, or for one exchange of it.

    References of the run get a fresh prefix; credentials stay variables.
    """
    lines, done = [], set()
    for step, exchange in trace.exchanges:
        if id(step) in done or only not in (None, exchange.number):
            continue
        done.add(id(step))
        lines += [f"sleep {_pause(trace, step.name):.2f}"] if step.pause else []
        lines.append(_at_once([command(copy.request, url, run) for own, copy in trace.exchanges if own is step]))
    script = "\n".join(lines)
    return f'RUN="ec-$(date +%s%N)"\n{script}' if "RUN" in script else script


def command(request: Request, url: str, run: str) -> str:
    """One request as a curl command."""
    verb = ["-I"] if request.method == "HEAD" else ["-X", request.method]
    source = ["--interface", request.source] if request.source else []
    words = [*verb, *source, *_headers(request)]
    pipe, data = _body(request.body, run)
    target = _quote(url.rstrip("/") + request.target, run)
    return " ".join([f"{pipe}curl -sS -i -g --path-as-is", *words, *data, target])


def _headers(request: Request) -> list[str]:
    lines = [f"{name}: {value}" if value else f"{name};" for name, value in request.headers]
    sent = {name.lower() for name, _ in request.headers}
    lines += [
        f"{name}:"
        for name in ("Accept", *(["Content-Type"] if request.body is not None else []))
        if name.lower() not in sent
    ]
    return [word for line in lines for word in ("-H", _with_credential(line))]


def _body(body: bytes | None, run: str) -> tuple[str, list[str]]:
    """What goes before the command and its data option."""
    if body is None:
        return "", []
    text = body.decode("utf-8", "surrogateescape")
    if text.isprintable() and len(body) <= _LONGEST and not _not_text(text):
        return "", ["--data-binary", _quote(text, run)]
    packed = base64.b64encode(gzip.compress(body, mtime=0)).decode()
    renew = f' | sed "s/{run}/$RUN/g"' if run.encode() in body else ""
    return f"echo {packed} | base64 -d | gunzip{renew} | ", ["--data-binary", "@-"]


def _not_text(text: str) -> bool:
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text) or text.startswith("@")


def _quote(text: str, run: str) -> str:
    """A shell word; the run's prefix is left to the shell to fill in."""
    return '"${RUN}"'.join(shlex.quote(part) if part else "" for part in text.split(run)) or "''"


def _with_credential(line: str) -> str:
    """A shell word; credentials are left to the shell to fill in, whatever else looks like a variable is not."""
    parts = _CREDENTIAL.split(line)
    return "".join(f'"{part}"' if place % 2 else shlex.quote(part) for place, part in enumerate(parts) if part)


def _at_once(lines: Sequence[str]) -> str:
    """The commands side by side; a loop where all are the same."""
    if len(lines) == 1:
        return lines[0]
    if len(set(lines)) == 1:
        return f"for _ in $(seq {len(lines)}); do {lines[0]} & done; wait"
    return "".join(f"{line} &\n" for line in lines) + "wait"


def _pause(trace: Trace, name: str) -> float:
    answers: dict[str, Exchange] = {}
    for step, exchange in trace.exchanges:
        if step.name == name and step.pause:
            return step.pause(answers)
        answers[exchange.step] = exchange
    return 0.0


__all__: Sequence[str] = ("command", "commands")
