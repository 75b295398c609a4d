"""The printed commands show a defect again."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from errorcontract.cases import Build, Kit, Names
from errorcontract.cases.promises import either
from errorcontract.curl import Place, Setup, Words, command, commands
from errorcontract.model import Exchange, Request, Response, Trace

KEY = "sandbox-key"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "ERRORCONTRACT_TOKEN": KEY}
OPTIONS = 6  # curl -sS -i -g --path-as-is -w '\n'
RUN = Words(run="ec-run")


@pytest.fixture
def pasted():
    """What bash makes of a script."""

    def ran(script, **more):
        done = subprocess.run(
            ["/usr/bin/bash", "-c", script], capture_output=True, env=ENVIRONMENT | more, timeout=120, check=False
        )
        assert not done.stderr, done.stderr.decode()
        return done.stdout.decode("utf-8", "replace")

    return ran


def statuses(text):
    return [int(status) for status in re.findall(r"HTTP/1\.1 (\d{3}) ", text)]


def paid(texts):
    """What lies between looks at the balance."""
    balances = [float(balance) for text in texts for balance in re.findall(r'"balance": ?"?(-?[\d.]+)', text)]
    return [round(before - after, 2) for before, after in pairwise(balances)]


def bodies(finding):
    return [one.response.body.decode("utf-8", "replace") for one in finding.exchanges if one.response]


SHOWN_BY_ONE_STATUS = [
    ("negative-amount-accepted", "amount", "invalid-input-rejected"),
    ("trailing-newline-accepted", "phone", "invalid-input-rejected"),
    ("infinite-amount-crashes", "amount", "no-server-error"),
    ("deep-nesting-crashes", "bodies", "no-server-error"),
    ("trailing-text-ignored", "bodies", "invalid-input-rejected"),
    ("empty-body-crashes", "bodies", "no-server-error"),
    ("nul-in-path-crashes", "identifier", "no-server-error"),
    ("lone-surrogate-crashes", "identifier", "no-server-error"),
    ("head-needs-no-key", "credentials", "credentials-required"),
    ("empty-key-accepted", "credentials", "credentials-required"),
    ("any-key-on-one-operation", "credentials", "credentials-checked"),
    ("longer-key-accepted", "credentials", "credentials-checked"),
    ("key-any-case", "credentials", "credentials-checked"),
    ("line-type-defaulted", "choice", "invalid-input-rejected"),
    ("missing-key-as-403", "credentials", "code-status"),
]


@pytest.fixture
def found(serve, findings_at):
    """The finding of a rule on the API with a fault, and the address of that API."""

    def one(fault, family, rule):
        url = serve(fault)
        return next(finding for finding in findings_at(url, [family]) if finding.rule == rule), url

    return one


@pytest.mark.parametrize(("fault", "family", "rule"), SHOWN_BY_ONE_STATUS)
def test_a_command_shows_the_status_again_and_a_conforming_api_does_not(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    [evidence] = [one for one in finding.exchanges if one.number == finding.evidence]
    assert KEY not in finding.curl
    assert statuses(pasted(finding.curl))[-1] == evidence.response.status
    assert statuses(pasted(finding.curl.replace(url, serve())))[-1] != evidence.response.status


@pytest.mark.parametrize(
    ("fault", "family", "rule"),
    [
        ("original-lost-after-duplicate", "references", "original-found"),
        ("refused-amount-takes-reference", "references", "reference-not-consumed"),
        ("third-use-accepted", "references", "duplicate-rejected"),
        ("reference-any-case", "references", "reference-exact"),
    ],
)
def test_a_story_shows_again_and_a_conforming_api_does_not(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    recorded = [one.response.status for one in finding.exchanges]
    again, conforming = pasted(finding.curl), pasted(finding.curl.replace(url, serve()))
    assert statuses(again) == recorded
    assert statuses(conforming) != recorded
    assert statuses(pasted(finding.curl)) == recorded  # references are fresh each time


@pytest.mark.parametrize(
    ("fault", "family", "rule"),
    [
        ("charged-twice", "success", "charged-once"),
        ("internet-top-up-free", "success", "charged-once"),
        ("out-of-stock-charged", "recipes", "rejected-leaves-no-trace"),
        ("refused-duplicate-charged", "references", "rejected-leaves-no-trace"),
    ],
)
def test_what_was_paid_wrongly_is_paid_wrongly_again(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    recorded = paid(bodies(finding))
    assert recorded
    assert paid([pasted(finding.curl)]) == recorded
    assert paid([pasted(finding.curl.replace(url, serve()))]) != recorded


def test_a_race_shows_again(found, serve, pasted):
    finding, url = found("duplicate-race", "races", "duplicate-race")
    conforming = statuses(pasted(finding.curl.replace(url, serve())))
    again = statuses(pasted(finding.curl))
    assert len(again) == len(conforming) == len(finding.exchanges)
    racing = sum(one.step.startswith("racing#") for one in finding.exchanges)
    assert racing > 1
    assert conforming.count(403) == racing - 1
    assert again.count(403) < racing - 1


def test_answers_that_change_change_again(found, serve, pasted):
    finding, url = found("rejection-alternates", "stability", "rejection-stable")
    assert len(set(statuses(pasted(finding.curl))) - {200}) == 2
    assert len(set(statuses(pasted(finding.curl.replace(url, serve())))) - {200}) == 1


def test_different_orders_at_once_have_references_of_their_own(found, serve, pasted):
    finding, url = found("concurrent-debit-lost", "money", "ledger-balances")
    cost = sum(paid([pasted(finding.curl.replace(url, serve()))]))
    assert cost == 200 * sum(one.request.method == "POST" for one in finding.exchanges) > 200
    assert sum(paid([pasted(finding.curl)])) < cost


def test_a_command_sends_from_the_address_that_was_used(found):
    finding, _ = found("any-key-on-one-operation", "credentials", "credentials-checked")
    [evidence] = [one for one in finding.exchanges if one.number == finding.evidence]
    assert evidence.request.source is not None
    assert f"--interface {evidence.request.source} " in finding.curl


STUB = """#!/bin/bash
printf '%s\\0' "$@" > "$OUT"
for word in "$@"; do [ "$word" = @- ] && cat > "$OUT.body"; done
true
"""


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """What a program called curl gets from a command: its words, and its input where it reads that."""
    folder = tmp_path_factory.mktemp("stub")
    (folder / "curl").write_text(STUB)
    (folder / "curl").chmod(0o755)
    out = folder / "out"

    def words(script):
        assert subprocess.run(["/usr/bin/bash", "-n", "-c", script], check=False).returncode == 0
        (folder / "out.body").unlink(missing_ok=True)
        environment = ENVIRONMENT | {
            "PATH": f"{folder}:/usr/bin:/bin",
            "OUT": str(out),
            "RUN": "ec-run",
            "HOME": "/gone",
            "_": "x",
        }
        done = subprocess.run(["/usr/bin/bash", "-c", script], capture_output=True, env=environment, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        body = (folder / "out.body").read_bytes() if (folder / "out.body").exists() else None
        return out.read_bytes().split(b"\0")[:-1], body

    return words


TRAPS = [
    "'",
    '"',
    "$HOME",
    "${HOME}",
    "${RUN}",
    "`id`",
    "$(id)",
    "\\",
    "!",
    "!!",
    "%s",
    "-H",
    "@x",
    "ec-run",
    "\n",
    " ",
    "*",
    "~",
    "${_}",
    "&",
    "#",
]
TEXT = st.lists(
    st.sampled_from(TRAPS) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=4),
    max_size=6,
).map("".join)
LINE = TEXT.map(lambda text: text.replace("\n", "").strip())
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def parts(words, option):
    return [after for word, after in pairwise(words) if word == option]


@RELAXED
@given(LINE, LINE, st.one_of(st.none(), TEXT.map(str.encode), st.binary(max_size=12)))
@example("${HOME}", "${HOME}", b"${HOME} ${RUN} ec-run")
@example("", "", b"")
@example("x", "?q=[1-3]{a,b}", b"\0ec-run\xff")
@example("$(id)", "'", b"@/etc/passwd")
@example("!!", "\\", b"it's\n")
def test_curl_gets_exactly_the_bytes_of_the_request(received, value, target, body):
    request = Request(
        method="PUT", target=f"/{target}", headers=(("X-Odd", value), ("X-Key", "${ERRORCONTRACT_TOKEN}")), body=body
    )
    words, fed = received(command(request, "http://h:1/base/", RUN))
    assert words[: OPTIONS + 2] == [b"-sS", b"-i", b"-g", b"--path-as-is", b"-w", b"\\n", b"-X", b"PUT"]
    headers = parts(words, b"-H")
    assert headers[:2] == [f"X-Odd: {value}".encode() if value else b"X-Odd;", b"X-Key: sandbox-key"]
    assert words[-1] == f"http://h:1/base/{target}".encode()
    data = parts(words, b"--data-binary")
    sent = None if not data else fed if data == [b"@-"] else data[0]
    assert sent == body


@pytest.mark.parametrize(("form", "filled"), [("%?", b"sandbox-ke"), ("^^", b"SANDBOX-KEY"), ("", b"sandbox-key")])
def test_the_shell_derives_wrong_credentials_as_the_wire_did(received, form, filled):
    request = Request(method="GET", target="/", headers=(("X-Key", f"a${{ERRORCONTRACT_TOKEN{form}}}b"),))
    assert b"X-Key: a" + filled + b"b" in received(command(request, "http://h", RUN))[0]


def test_a_header_that_was_not_sent_is_not_added_by_curl(received):
    words, _ = received(command(Request(method="POST", target="/", body=b"{}"), "http://h", RUN))
    assert parts(words, b"-H") == [b"Accept:", b"Content-Type:"]


def test_a_long_body_is_packed(received):
    body = b'{"a": "' + b"x" * 300_000 + b'"}'
    line = command(Request(method="POST", target="/", body=body), "http://h", RUN)
    assert len(line) < 2000
    assert received(line)[1] == body


def test_references_get_a_fresh_prefix(contract, pasted):
    kit = Kit(Build(contract, Names(run="ec-old")))
    operation = next(kit.referencing())
    case = kit.single("f", operation.id, "v", lambda: kit.build.request(operation.id), either("a cause"))
    request = case.steps[0].make({})
    exchange = Exchange(number=1, case=case.id, step="test", request=request, response=Response(status=200))
    script = commands(Trace(case=case, exchanges=((case.steps[0], exchange),)), Place(url="http://h", run="ec-old"))
    assert "ec-old" not in script
    assert script.startswith("RUN=")
    shown = pasted(script.replace("curl ", "printf '%s ' "))
    assert re.search(r'"ref": "ec-\d{15,}-\d+a"', shown)


def posted(number, body, answer=b"{}", *, step="test", headers=(), status=200):
    request = Request(method="POST", target="/orders", headers=headers, body=body, operation="placeOrder")
    return Exchange(
        number=number, case="a case", step=step, request=request, response=Response(status=status, body=answer)
    )


def looked_up(number, target, status=404):
    request = Request(method="GET", target=target, operation="showOrder")
    return Exchange(number=number, case="a case", step="test", request=request, response=Response(status=status))


@pytest.fixture
def told(contract):
    """A trace of exchanges, each a step of its own."""
    kit = Kit(Build(contract, Names(run="ec-old")))

    def trace(*exchanges):
        never = either("a cause")
        steps = [kit.single("f", None, "v", Request, never).steps[0] for _ in exchanges]
        case = kit.story("f", None, "v", tuple(steps))
        return Trace(case=case, exchanges=tuple(zip(steps, exchanges, strict=True)))

    return trace


@pytest.fixture
def shop():
    """A small server that gives each order an id, and knows its orders by id and by reference."""
    orders: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            order = f"id/{len(orders) + 1:06}"
            orders[order] = orders[str(body.get("ref"))] = order
            self.told(200, {"data": {"orders": [{"id": order, "ref": body.get("ref")}]}})

        def do_GET(self):
            known = unquote(self.path).removeprefix("/orders/") in orders
            self.told(200 if known else 404, {"tenant": self.headers["X-Tenant"], "key": self.headers["X-Other-Key"]})

        def told(self, status, answer):
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


ORDER = b'{"ref": "ec-old-1a"}'
MADE = b'{"data": {"orders": [{"id": "id/999999", "ref": "ec-old-1a"}]}}'


def test_a_look_up_comes_after_the_order_that_the_run_had_made_before(told, shop, pasted):
    place = Place(url=shop, run="ec-old", setups=(Setup(exchange=posted(1, ORDER, MADE)),))
    script = commands(told(looked_up(9, "/orders/ec-old-1a")), place)
    assert pasted(script).count("200 OK") == 2


def test_a_value_that_an_answer_gave_is_asked_for_again(told, shop, pasted):
    setup = Setup(exchange=posted(1, b"{}", MADE), returns=("/data/orders/0/id",))
    script = commands(told(looked_up(9, "/orders/id%2F999999")), Place(url=shop, run="ec-old", setups=(setup,)))
    assert "999999" not in script
    assert pasted(script).count("200 OK") == 2


def test_a_value_that_the_story_itself_gave_is_asked_for_again(told, shop, pasted):
    script = commands(told(posted(1, b"{}", MADE), looked_up(2, "/orders/id%2F999999")), Place(url=shop, run="ec-old"))
    assert "999999" not in script
    assert pasted(script).count("200 OK") == 2


def test_a_set_up_that_nothing_needs_is_left_out(told):
    setup = Setup(exchange=posted(1, ORDER, MADE), returns=("/data/orders/0/id",))
    script = commands(told(looked_up(9, "/orders/none")), Place(url="http://h", run="ec-old", setups=(setup,)))
    assert script.count("curl") == 1


def test_headers_of_the_user_are_printed_without_their_secrets(told, shop, pasted):
    place = Place(
        url=shop,
        run="ec-old",
        secrets=("ERRORCONTRACT_TOKEN", "OTHER_KEY"),
        extra=(("X-Tenant", "${HOME}"), ("X-Other-Key", "${OTHER_KEY}")),
    )
    shown = pasted(commands(told(looked_up(1, "/orders/none")), place), OTHER_KEY="its value")
    assert '{"tenant": "${HOME}", "key": "its value"}' in shown


def test_bodies_end_with_a_line_of_their_own(told, shop, pasted):
    shown = pasted(commands(told(looked_up(1, "/orders/a"), looked_up(2, "/orders/b")), Place(url=shop, run="ec-old")))
    assert shown.count("}\n") == 2


def test_a_story_is_one_line_for_each_command_however_it_is_indented(told, shop, pasted):
    script = commands(told(posted(1, b"{}", MADE), looked_up(2, "/orders/id%2F999999")), Place(url=shop, run="ec-old"))
    indented = "\n".join(f"    {line}" for line in script.split("\n"))
    assert pasted(indented).count("200 OK") == 2


@pytest.mark.parametrize("fault", ["request-id-repeats", "request-id-by-the-second"])
def test_ids_that_come_twice_come_twice_again(found, serve, pasted, fault):
    finding, url = found(fault, "bodies", "request-id-unique")
    assert "req_" in pasted(finding.curl)
    assert not pasted(finding.curl.replace(url, serve()))


def test_a_refusal_as_one_too_many_is_printed_with_the_requests_before_it(told, shop, pasted):
    refused = commands(told(looked_up(1, "/orders/a", 429)), Place(url=shop, run="ec-old", ids=("requestId",)), None, 4)
    assert len(statuses(pasted(refused).replace("HTTP/1.0", "HTTP/1.1"))) == 4


def test_the_status_of_a_look_up_shows_again_where_the_order_is_unknown(found, serve, pasted):
    finding, url = found("any-key-on-one-operation", "credentials", "credentials-checked")
    fresh = serve("any-key-on-one-operation")  # it knows none of the orders of the run
    assert statuses(pasted(finding.curl.replace(url, fresh)))[-1] == 200
