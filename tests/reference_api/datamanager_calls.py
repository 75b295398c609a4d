"""Servers of the Data Manager reference API, a client, and a conversation that touches all that it does."""

import asyncio
import hashlib
import http.client
import importlib
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from .conftest import MODULE, reference_api

reference_api()
API = importlib.import_module(f"{MODULE}.datamanager").API
SERVING = importlib.import_module(f"{MODULE}.serving")

EVENTS, MEMBERS, REMOVE = "/v1/events:ingest", "/v1/audienceMembers:ingest", "/v1/audienceMembers:remove"
REMOVE_ALL, STATUS = "/v1/audienceMembers:removeAll", "/v1/requestStatus:retrieve"
HASH = hashlib.sha256(b"somebody@example.com").hexdigest()
BASE64 = "bqSEpd2aBtaRvnpdhSI6dI8+MNy6Dk3EO6JSKHrsQBs="
SHORT = "00" * 10
MOBILE = "a3f1c2d4-0b1e-4c5d-8e9f-001122334455"
ADS = {"accountType": "GOOGLE_ADS", "accountId": "1234567890"}
ANALYTICS = {"accountType": "GOOGLE_ANALYTICS_PROPERTY", "accountId": "1234567890"}
TO_ADS = {"operatingAccount": ADS, "productDestinationId": "555"}
TO_ANALYTICS = {"operatingAccount": ANALYTICS, "productDestinationId": "G-ABC123"}
USER = {"userIdentifiers": [{"emailAddress": HASH}]}
MEMBER = {"userData": USER}
CLEAR = {"userData": {"userIdentifiers": [{"emailAddress": "somebody@example.com"}]}}
PHONE = {"mobileData": {"mobileIds": [MOBILE]}}
ADDRESS = {"givenName": HASH, "familyName": HASH, "regionCode": "DZ", "postalCode": "16000"}
UUID = re.compile(r"(t-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
RECORD = re.compile(r"(events|audience_members)[.\[]")
LEFT_OUT = object()
Step = Callable[["Client"], Any]


class Client:
    """Calls one server; what comes back is made comparable: numbers instead of ids."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def raw(self, method: str, path: str, body: object = None, token: str | None = "dm-token", **headers: str) -> Any:  # noqa: S107
        """Send one request, and give status, headers and content; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            fields.setdefault("Authorization", f"Bearer {token}")
        if content is not None:
            fields.setdefault("Content-Type", "application/json")
        self._connection.request(method, path, content, fields)
        answer = self._connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def call(self, method: str, path: str, body: object = None, token: str | None = "dm-token", **headers: str) -> Any:  # noqa: S107
        """Send one request, and give what can be compared of the answer."""
        status, told, content = self.raw(method, path, body, token, **headers)
        kept = [told.get(name) for name in ("content-type", "www-authenticate", "transfer-encoding", "retry-after")]
        return status, kept, decoded(numbered(content.decode()))

    def ingest(self, *events: object, **more: object) -> Any:
        """Send events, good ones but for what is given."""
        return self.call("POST", EVENTS, ingestion(events or (event(),), more))

    def add(self, *members: object, path: str = MEMBERS, **more: object) -> Any:
        """Send audience members, one good one if none is given."""
        body = {"destinations": [TO_ADS], "encoding": "HEX", "audienceMembers": list(members or (MEMBER,))}
        return self.call("POST", path, changed(body, more))

    def taken(self, **more: object) -> str:
        """Have a good request taken, and give its id."""
        content = self.raw("POST", EVENTS, ingestion((event(),), more))[2]
        return str(json.loads(content).get("requestId"))

    def status(self, request_id: str, more: str = "") -> Any:
        """Look a request up."""
        return self.call("GET", f"{STATUS}?requestId={request_id}{more}")

    def refused_id(self) -> str:
        """Have a request refused, and give the id in its RequestInfo."""
        content = self.raw("POST", EVENTS, b'{"events": [{}]}')[2]
        return str(json.loads(content)["error"]["details"][1]["requestId"])


def event(**changes: object) -> dict[str, object]:
    """Give a good event with some members changed."""
    return changed({"eventTimestamp": at(hours=-1), "userData": USER}, changes)


def of_user(**identifier: object) -> dict[str, object]:
    """Give an event about a user of one identifier."""
    return event(userData={"userIdentifiers": [identifier]})


def ingestion(events: tuple[object, ...], changes: Mapping[str, object]) -> dict[str, object]:
    """Give the body of an ingestion of events."""
    return changed({"destinations": [TO_ADS], "encoding": "HEX", "events": list(events)}, changes)


def logged_in(account_id: object) -> list[object]:
    """Give a destination that is reached by another account."""
    return [{**TO_ADS, "loginAccount": {"accountType": "GOOGLE_ADS", "accountId": account_id}}]


def owned(account_id: object) -> list[object]:
    """Give a destination of an account."""
    return [{**TO_ADS, "operatingAccount": {"accountType": "GOOGLE_ADS", "accountId": account_id}}]


def referred(*references: str) -> list[object]:
    """Give destinations with references."""
    return [{**TO_ADS, "reference": reference} for reference in references]


def changed(good: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """Change some members of a body."""
    return {name: value for name, value in {**good, **changes}.items() if value is not LEFT_OUT}


def at(**distance: float) -> str:
    """Give a time so far from now."""
    return (datetime.now(UTC) + timedelta(**distance)).isoformat(timespec="milliseconds")[:-6] + "Z"


def numbered(text: str) -> str:
    """Put numbers in the place of ids, the same id, the same number; and one wait in the place of those near it."""
    known: dict[str, str] = {}
    text = re.sub(r'"retryDelay":"5\ds"', '"retryDelay":"60s"', text)
    return UUID.sub(lambda found: known.setdefault(found[0], f"{found[1] or ''}id-{len(known) + 1}"), text)


def decoded(text: str) -> Any:
    """Give JSON, or the beginning of what there is instead."""
    try:
        return json.loads(text)
    except ValueError:
        return text[:20]


def reasons(answer: Any) -> list[str]:
    """Give the violations of an answer, each as `field: reason`."""
    details = answer[2]["error"]["details"]
    listed = next((detail["fieldViolations"] for detail in details if "fieldViolations" in detail), [])
    return [f"{violation['field']}: {violation['reason']}" for violation in listed]


@cache
def _loop() -> asyncio.AbstractEventLoop:
    serving = asyncio.new_event_loop()
    threading.Thread(target=serving.run_forever, daemon=True).start()
    return serving


def client_of(fault: str | None = None, *choices: str, rate_limit: str | None = None) -> Client:
    """Start a server and give a client of it."""
    ready: list[int] = []
    known = threading.Event()

    def tell(port: int) -> None:
        ready.append(port)
        known.set()

    server = SERVING.Server(API.app(fault, choices, rate_limit), SERVING.bind("127.0.0.1", 0), tell)
    asyncio.run_coroutine_threadsafe(server.serve_here(), _loop())
    assert known.wait(10)
    return Client(ready[0])


def in_work(api: Client, query: str = "") -> Any:
    """Have a request taken and look it up at once; again, if this machine was too slow to see it in work."""
    for _ in range(10):
        answer = api.status(api.taken(), query)
        if "SUCCESS" not in str(answer) and "'requestStatus': 1" not in str(answer):
            break
    return answer


def done(api: Client, **more: object) -> Any:
    """Have a request taken and look it up when it is done."""
    request_id = api.taken(**more)
    time.sleep(0.25)
    return api.status(request_id)


CONVERSATION: dict[str, Step] = {
    "events": lambda api: api.ingest(),
    "events in base64": lambda api: api.ingest(of_user(emailAddress=BASE64), encoding="BASE64"),
    "members": lambda api: api.add(),
    "members by phone": lambda api: api.add(PHONE, encoding=LEFT_OUT),
    "removal": lambda api: api.add(path=REMOVE),
    "removal of all": lambda api: api.call("POST", REMOVE_ALL, {"destinations": [TO_ADS]}),
    "removal as of tomorrow": lambda api: api.call(
        "POST", REMOVE_ALL, {"destinations": [TO_ADS], "removeAsOfTime": at(days=1)}
    ),
    "snake case and numbers": lambda api: api.call(
        "POST",
        EVENTS,
        {
            "destinations": [
                {
                    "operating_account": {"account_type": 1, "account_id": "1234567890"},
                    "product_destination_id": "555",
                }
            ],
            "encoding": 1,
            "events": [{"event_timestamp": at(hours=-1), "user_data": {"user_identifiers": [{"email_address": HASH}]}}],
        },
    ),
    "in work": in_work,
    "done": done,
    "two destinations": lambda api: done(api, destinations=referred("a", "b")),
    "enums by number": lambda api: in_work(api, "&$alt=json;enum-encoding=int"),
    "only validated": lambda api: api.status(api.taken(validateOnly=True)),
    "bad, only validated": lambda api: api.ingest(event(currency="ZZZ"), validateOnly=True),
    "unknown request": lambda api: api.status("no-such-request"),
    "refused request": lambda api: api.status(api.refused_id()),
    "no request id": lambda api: api.call("GET", STATUS),
    "no token": lambda api: api.call("POST", EVENTS, {}, None),
    "no token, look-up": lambda api: api.call("GET", f"{STATUS}?requestId=x", token=None),
    "wrong token": lambda api: api.call("POST", EVENTS, ingestion((event(),), {}), "wrong-0000"),
    "wrong token, removal": lambda api: api.call("POST", REMOVE, {}, "wrong-0000"),
    "longer token": lambda api: api.call("POST", EVENTS, {}, "dm-tokenx"),
    "other scheme": lambda api: api.call("POST", EVENTS, {}, None, Authorization="Basic ZG06ZG0="),
    "no scope": lambda api: api.call("POST", EVENTS, {}, "dm-token-noscope"),
    "no scope, look-up": lambda api: api.call("GET", f"{STATUS}?requestId=x", token="dm-token-noscope"),  # noqa: S106
    "disabled": lambda api: api.call("POST", EVENTS, {}, "dm-token-disabled"),
    "disabled, members": lambda api: api.call("POST", MEMBERS, {}, "dm-token-disabled"),
    "somebody else's account": lambda api: api.ingest(destinations=owned("9999999999")),
    "somebody else's account and a bad currency": lambda api: api.ingest(
        event(currency="ZZZ"), destinations=owned("9999999999")
    ),
    "in with somebody else's account": lambda api: api.ingest(destinations=logged_in("9999999999")),
    "unknown route": lambda api: api.call("GET", "/v1/none"),
    "unknown route without token": lambda api: api.call("GET", "/v1/none", token=None),
    "wrong method": lambda api: api.call("GET", EVENTS),
    "half a body": lambda api: api.call("POST", EVENTS, b"{"),
    "half a body without token": lambda api: api.call("POST", EVENTS, b"{", None),
    "list as body": lambda api: api.call("POST", EVENTS, b"[]"),
    "bottomless body": lambda api: api.call("POST", EVENTS, b"[" * 5000 + b"]" * 5000),
    "empty body": lambda api: api.call("POST", EVENTS, b""),
    "other media type": lambda api: api.call("POST", EVENTS, ingestion((event(),), {}), Content_Type="text/plain"),
    "unknown member": lambda api: api.ingest(colour="red"),
    "account to log in with": lambda api: api.ingest(destinations=logged_in("abc")),
    "account of text": lambda api: api.ingest(destinations=owned("abc")),
    "account in other digits": lambda api: api.ingest(
        destinations=owned("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660")
    ),
    "account with hyphens": lambda api: api.ingest(destinations=owned("123-456-7890")),
    "account with NUL": lambda api: api.ingest(destinations=owned("1234567890\0")),
    "account of thirty digits": lambda api: api.ingest(destinations=owned("9" * 30)),
    "account as number": lambda api: api.ingest(destinations=owned(1234567890)),
    "no account": lambda api: api.ingest(destinations=[{"productDestinationId": "555"}]),
    "unknown destination": lambda api: api.ingest(destinations=[{**TO_ADS, "productDestinationId": "556"}]),
    "unknown audience": lambda api: api.add(destinations=[{**TO_ADS, "productDestinationId": "556"}]),
    "same reference": lambda api: api.ingest(destinations=referred("a", "a")),
    "same reference in capitals": lambda api: api.ingest(destinations=referred("a", "A")),
    "reference to nothing": lambda api: api.ingest(event(destinationReferences=["b"]), destinations=referred("a")),
    "linked account": lambda api: api.ingest(destinations=[{**TO_ADS, "linkedAccount": ADS}]),
    "no encoding": lambda api: api.ingest(encoding=LEFT_OUT),
    "unknown encoding": lambda api: api.ingest(encoding="MOON"),
    "encoding in small letters": lambda api: api.ingest(encoding="hex"),
    "not hexadecimal": lambda api: api.ingest(of_user(emailAddress="not-hex")),
    "not hexadecimal twice": lambda api: api.ingest(
        event(userData={"userIdentifiers": [{"emailAddress": HASH}, {"emailAddress": "not-hex"}]}),
        event(userData={"userIdentifiers": [{"emailAddress": HASH}, {"phoneNumber": HASH}, {"emailAddress": "x"}]}),
    ),
    "not hexadecimal, number": lambda api: api.ingest(of_user(phoneNumber="+213555000000")),
    "not hexadecimal, not ASCII": lambda api: api.ingest(of_user(emailAddress="\u0623" * 64)),
    "not base64": lambda api: api.ingest(of_user(emailAddress="***"), encoding="BASE64"),
    "short hash": lambda api: api.ingest(of_user(emailAddress=SHORT)),
    "short hash, encrypted": lambda api: api.ingest(
        of_user(emailAddress=SHORT), encryptionInfo={"coordinatorKeyInfo": {"keyId": "k"}}
    ),
    "bad record, the twelfth": lambda api: api.ingest(*[event()] * 11, of_user(emailAddress="x")),
    "bad member, the twelfth": lambda api: api.add(*[MEMBER] * 11, {"userData": {"userIdentifiers": [{}]}}),
    "address": lambda api: api.ingest(of_user(address=ADDRESS)),
    "half an address": lambda api: api.ingest(of_user(address={"givenName": HASH, "regionCode": "DZ"})),
    "address nowhere": lambda api: api.ingest(of_user(address={**ADDRESS, "regionCode": "QQ", "postalCode": "!"})),
    "two identifiers in one": lambda api: api.ingest(of_user(emailAddress=HASH, phoneNumber=HASH)),
    "eleven identifiers": lambda api: api.ingest(event(userData={"userIdentifiers": [{"emailAddress": HASH}] * 11})),
    "ten identifiers": lambda api: api.ingest(event(userData={"userIdentifiers": [{"emailAddress": HASH}] * 10})),
    "eleven destinations": lambda api: api.ingest(destinations=[TO_ADS] * 11),
    "ten destinations": lambda api: api.ingest(destinations=[TO_ADS] * 10),
    "no identifiers": lambda api: api.ingest(event(userData=LEFT_OUT)),
    "click": lambda api: api.ingest(event(userData=LEFT_OUT, adIdentifiers={"gclid": "g"})),
    "no time": lambda api: api.ingest(event(eventTimestamp=LEFT_OUT)),
    "no time and bad currency": lambda api: api.ingest(event(eventTimestamp=LEFT_OUT, currency="ZZZ")),
    "time that is none": lambda api: api.ingest(event(eventTimestamp="yesterday")),
    "event of 2001": lambda api: api.ingest(event(eventTimestamp="2001-01-01T00:00:00Z")),
    "event of 2099": lambda api: api.ingest(event(eventTimestamp="2099-01-01T00:00:00Z")),
    "event of last week": lambda api: api.ingest(event(eventTimestamp=at(days=-7))),
    "updated before": lambda api: api.ingest(event(lastUpdatedTimestamp=at(hours=-2))),
    "unknown currency": lambda api: api.ingest(event(currency="ZZZ")),
    "unknown source": lambda api: api.ingest(event(eventSource="MOON")),
    "value beyond all numbers": lambda api: api.call(
        "POST", EVENTS, json.dumps(ingestion((event(conversionValue=-77777),), {})).replace("-77777", "1e400").encode()
    ),
    "long transaction": lambda api: api.ingest(event(transactionId="t" * 600)),
    "many items": lambda api: api.ingest(event(cartData={"items": [{"itemId": "1"}] * 201})),
    "null as event": lambda api: api.ingest(None),
    "object as events": lambda api: api.ingest(events=event()),
    "analytics": lambda api: api.ingest(event(eventName="purchase", clientId="c"), destinations=[TO_ANALYTICS]),
    "analytics without a name": lambda api: api.ingest(destinations=[TO_ANALYTICS]),
    "analytics, reserved name": lambda api: api.ingest(
        event(eventName="ga_x", clientId="c", appInstanceId="a"), destinations=[TO_ANALYTICS]
    ),
    "analytics, bad name": lambda api: api.ingest(
        event(eventName="1st", eventSource="PHONE"), destinations=[TO_ANALYTICS]
    ),
    "members of two kinds": lambda api: api.add(MEMBER, PHONE),
    "member of two kinds": lambda api: api.add({**MEMBER, **PHONE}),
    "empty member": lambda api: api.add({}),
    "bad mobile id": lambda api: api.add({"mobileData": {"mobileIds": ["x"]}}),
    "no mobile id": lambda api: api.add({"mobileData": {"mobileIds": []}}),
    "short and long ppid": lambda api: api.add({"ppidData": {"ppids": ["x", "x" * 151]}}),
    "bad member twice": lambda api: [api.add(CLEAR, path=path)[0] for path in (REMOVE, MEMBERS, MEMBERS)],
    "ids of three refusals": lambda api: len({api.refused_id() for _ in range(3)}),
    "transaction told twice": lambda api: [done(api, events=[event(transactionId="t-1")])[2] for _ in range(2)],
}
LIMITS: dict[str, Step] = {
    "2000 events": lambda api: api.ingest(*[event()] * 2000)[0],
    "2001 events": lambda api: api.ingest(*[event()] * 2001),
    "2001 events, one bad": lambda api: len(reasons(api.ingest(*[event()] * 2000, event(currency="ZZZ")))),
    "10000 members": lambda api: api.add(*[PHONE] * 10_000, encoding=LEFT_OUT)[0],
    "10001 members": lambda api: api.add(*[PHONE] * 10_001, encoding=LEFT_OUT),
}
QUOTA: dict[str, Step] = {
    "five requests": lambda api: [api.status("x")[0] for _ in range(5)],
    "sixth request": lambda api: api.status("x"),
    "seventh request": lambda api: api.ingest(),
    "wrong token then": lambda api: api.call("GET", STATUS, token="wrong-0000")[0],  # noqa: S106
}


def talk(api: Client, conversation: Mapping[str, Step]) -> dict[str, Any]:
    """Hold a conversation, and give what came back by the name of the step."""
    return {name: step(api) for name, step in conversation.items()}


def everything(
    fault: str | None = None,
    choices: tuple[str, ...] = (),
    conversations: tuple[str, ...] = ("talk", "limits", "quota"),
) -> dict[str, Any]:
    """Hold some of the conversations, each with a server of its own."""
    heard = talk(client_of(fault, *choices), CONVERSATION) if "talk" in conversations else {}
    if "limits" in conversations:
        heard |= talk(client_of(fault, *choices), LIMITS)
    if "quota" in conversations:
        heard |= talk(client_of(fault, *choices, rate_limit="5/minute"), QUOTA)
    return heard


def marks(answer: Any) -> set[str]:
    """Tell what an answer has in common with others."""
    if not isinstance(answer, tuple):
        return set()
    status, _, body = answer
    if status < 400:
        return {"every answer", "every id"} if "requestId" in body else {"every answer"}
    violations = set()
    if "fieldViolations" in str(body):
        fields = " ".join(reasons(answer)).replace(": ", " ").split()[::2]
        violations = {"every violation"}
        violations |= {"every long name"} if any("_" in field for field in fields) else set()
        violations |= {"every record"} if any(RECORD.match(field) for field in fields) else set()
    own = {"every error of its own"} if "'domain': 'datamanager.googleapis.com'" in str(body) else set()
    return {"every answer", "every error", str(status)} | violations | own


def steps_of(plain: Mapping[str, Any], words: str, held: Mapping[str, Any]) -> list[str]:
    """Name the steps held that are meant, in their order: by themselves, or by what the plain server answers."""
    wanted = set(filter(None, words.split("; ")))
    known = set(plain).union(*map(marks, plain.values()))
    assert wanted <= known, wanted - known
    return [name for name, answer in plain.items() if name in held and wanted & {name, *marks(answer)}]


def conversations_of(words: str) -> tuple[str, ...]:
    """Name the conversations that steps belong to; the first is always held."""
    named = words.split("; ")
    limits = ("limits",) if any(name in LIMITS for name in named) else ()
    return ("talk", *limits, *(("quota",) if any(name in QUOTA for name in named) else ()))


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Give the names of the steps that came out differently."""
    return [name for name in ours if name in theirs and ours[name] != theirs[name]]
