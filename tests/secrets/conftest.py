"""A server that tells everything that it was sent, in every form, and runs of pytest against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from .forms import FORMS

TOKEN, GATEWAY, LITERAL = "Canary-7f3A/b+c=9Z", "gateway=Canary 5k", "literal-Canary-3x/+"
PHONE, EMAIL, PASSWORD = "0791122334", "canary.person@example.org", "Canary-pass&word1"
COOKIE, ISSUED, OTHER_PHONE = "cookie-Canary-8d7f", "issued-Canary-6h5j", "0798877665"
SENT = {"token": TOKEN, "gateway": GATEWAY, "literal": LITERAL}
CANARIES = {**SENT, "phone": PHONE, "email": EMAIL, "password": PASSWORD, "cookie": COOKIE, "issued": ISSUED}
CANARIES |= {"other phone": OTHER_PHONE}

LOUD = ("-v", "-l", "--tb=long", "-rA")

OPENAPI = """
openapi: 3.1.0
info: {title: Orders, version: "1"}
security: [{key: []}]
paths:
  /orders:
    post:
      operationId: order
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [phone, email, password, amount]
              properties:
                phone: {type: string, pattern: "^0[567][0-9]{8}$"}
                email: {type: string}
                password: {type: string}
                amount: {type: integer, minimum: 1, maximum: 9}
      responses: {"201": {description: Done.}, "400": {description: Wrong.}, "401": {description: No key.}}
  /people/{phone}:
    get:
      operationId: person
      parameters:
        - {name: phone, in: path, required: true, schema: {type: string}}
      responses: {"200": {description: Somebody.}, "404": {description: Nobody.}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
"""
MANIFEST = """
contract: orders
title: Orders
extends: success-envelope
envelope: {provenance: documented, source: a page}
credentials: {header: Authorization, value: "Bearer {token}", environment: ORDERS_TOKEN}
private:
  personal: {data: [email], members: [owner]}
  secret: {members: [ticket]}
data: {phone: "0550000000", email: nobody@example.com, password: nothing-at-all, nobody: "0660000000"}
operations:
  order:
    effect: write
    good:
      - name: an order
        body: {phone: "{phone}", email: "{email}", password: "{password}", amount: 1}
    fields:
      body/phone: {kind: phone, region: DZ}
      body/email: {kind: e-mail}
      body/amount: {kind: count}
  person:
    effect: read
    good: [{name: somebody, path: {phone: "{phone}"}}]
    fields:
      path/phone: {kind: identifier, unknown: "{nobody}", unknown_cause: unknown-resource}
causes:
  missing-credentials: {title: No key, codes: [NO_KEY], statuses: [401], provenance: documented, source: a page}
  wrong-credentials: {title: Wrong key, codes: [NO_KEY], statuses: [401], provenance: documented, source: a page}
  missing-field: {title: Missing, codes: [BAD], statuses: [400], provenance: documented, source: a page}
  invalid-field: {title: Wrong, codes: [BAD], statuses: [400], provenance: documented, source: a page}
  unknown-resource: {title: Nobody, codes: [NONE], statuses: [404], provenance: documented, source: a page}
"""
CODES = {
    "type": "object",
    "required": ["status", "code"],
    "oneOf": [
        {
            "properties": {"code": {"const": code}, "status": {"const": status}},
            "x-retry": "never",
            "x-provenance": "documented",
            "x-source": "a page",
        }
        for code, status in (("NO_KEY", 401), ("BAD", 400), ("NONE", 404))
    ],
}


class Telling(BaseHTTPRequestHandler):
    """Repeats the headers and the body of a request in its answer: in headers, in the reason, in the body."""

    protocol_version = "HTTP/1.1"
    count = 0

    def _tell(self) -> None:
        Telling.count += 1
        number, forms = Telling.count, list(FORMS)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        known = self.headers.get("Authorization") == f"Bearer {TOKEN}"
        values = (*SENT.values(), PHONE, EMAIL)
        told = [FORMS[forms[(number + at) % len(forms)]](value) for at, value in enumerate(values)]
        status = 401 if not known else (400, 201, 404, 500)[number % 4]
        content: dict[str, Any] = {
            "success": status == 201,
            "error": {"code": "BAD", "message": f"text {' | '.join(told)} for {body} at {self.path}"},
            "data": {"ticket": ISSUED, "owner": [OTHER_PHONE], "again": f"{ISSUED} {OTHER_PHONE} {COOKIE}"},
        }
        payload = json.dumps(content, ensure_ascii=number % 2 == 0).encode()
        payload = payload if number % 3 else f"<p>{' '.join(told)} {body} {COOKIE}</p>".encode()
        names = ("Authorization", "X-Gateway", "X-Plain", "X-Api-Key") if number % 5 else ()
        seen = {name: self.headers.get(name, "") for name in names}
        self.send_response(status, f"No {told[number % 3]}".encode("ascii", "ignore").decode().replace("\r\n", " "))
        self.send_header("Set-Cookie", f"sid={COOKIE}; Path=/")
        for name, value in seen.items():
            self.send_header(f"X-Saw-{name}", value)
        self.send_header("X-Saw-Path", self.path)
        self.send_header("Content-Type", "application/json" if number % 3 else "text/html")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload if self.command != "HEAD" else b"")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = _tell  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Telling) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def telling() -> Iterator[str]:
    """The address of the server."""
    with serving() as url:
        yield url


@dataclass
class Done:
    """What came of a run: its output, and every file that it left anywhere."""

    code: int
    output: str
    root: Path
    kept: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept = {"output": self.output.encode()}
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and "contract" not in path.relative_to(self.root).parts:
                self.kept[str(path.relative_to(self.root))] = path.read_bytes()

    def report(self, name: str) -> str:
        return self.kept[f"told/{name}"].decode()


def play(root: Path, url: str, *arguments: str, env: Mapping[str, str] | None = None) -> Done:
    """Runs the suites, with a home, a folder for temporary files and a root of their own."""
    folder = root / "contract"
    for name in ("home", "temp", "root", "contract"):
        (root / name).mkdir(exist_ok=True)
    (folder / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (folder / "contract.yaml").write_text(MANIFEST, "utf-8")
    (folder / "codes.schema.json").write_text(json.dumps(CODES), "utf-8")
    given = [f"--data={name}={CANARIES[name]}" for name in ("phone", "email", "password")]
    headers = ["--header", "X-Gateway: env:GATEWAY_KEY", "--header", f"X-Plain: {LITERAL}"]
    command = [sys.executable, "-m", "pytest", "-p", "errorcontract.plugin", "--pyargs", "errorcontract.suites"]
    command += ["--target", url, "--contract", str(folder), "--report-dir", str(root / "told"), *headers, *given]
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_TOKEN", "_ADDOPTS"))}
    kept |= {"ORDERS_TOKEN": TOKEN, "GATEWAY_KEY": GATEWAY, "TMPDIR": str(root / "temp"), "HOME": str(root / "home")}
    done = subprocess.run(
        [*command, *arguments],
        cwd=root / "root",
        env=kept | {"PYTHONDONTWRITEBYTECODE": "1"} | (env or {}),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
        check=False,
    )
    return Done(done.returncode, done.stdout, root)


@pytest.fixture
def run(tmp_path: Path, telling: str) -> Callable[..., Done]:
    """Runs the suites against the server."""
    return partial(play, tmp_path, telling)


@pytest.fixture(scope="session")
def loud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """What a run leaves that tells as much as pytest can tell."""
    with serving() as url:
        own = ("--junitxml=own.xml", "--html=own.html")
        yield play(tmp_path_factory.mktemp("loud"), url, *LOUD, "--budget", "250", *own)
