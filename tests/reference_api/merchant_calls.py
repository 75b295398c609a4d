"""Servers of the Merchant reference API, a client, and a conversation that touches all that it does."""

import asyncio
import contextlib
import http.client
import importlib
import json
import queue
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from .conftest import MODULE, reference_api

TOKEN, NO_SCOPE = "merchant-token", "merchant-token-noscope"
OURS, THEIRS, NOBODY = "1234567", "7654321", "9999999"
SOURCE = f"accounts/{OURS}/dataSources/100"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
INFO = "type.googleapis.com/google.rpc.ErrorInfo"
LEFT_OUT = object()


class Client:
    """Calls one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def raw(self, method: str, path: str, body: object = None, token: str | None = TOKEN, **headers: str) -> Any:
        """Send one request, and give status, headers and content; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            fields.setdefault("Authorization", f"Bearer {token}")
        if content is not None:
            fields.setdefault("Content-Type", "application/json")
        try:
            self._connection.request(method, path, content, fields)
            answer = self._connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        except (OSError, http.client.HTTPException) as problem:
            self._connection.close()
            return 0, {}, type(problem).__name__.encode()

    def call(self, method: str, path: str, body: object = None, token: str | None = TOKEN, **headers: str) -> Any:
        """Send one request, and give what can be compared of the answer."""
        status, told, content = self.raw(method, path, body, token, **headers)
        shown = {name: told.get(name) for name in ("content-type", "www-authenticate", "retry-after", "x-debug-caller")}
        return status, {name: value for name, value in shown.items() if value}, decoded(content)

    def insert(self, offer: object = "sku-1", account: str = OURS, source: object = SOURCE, **more: Any) -> Any:
        """Insert a product with some members changed."""
        good = {"offerId": offer, "contentLanguage": "en", "feedLabel": "US"}
        body = {name: value for name, value in {**good, **more}.items() if value is not LEFT_OUT}
        query = "" if source is LEFT_OUT else "?" + urlencode({"dataSource": source})
        return self.call("POST", f"/products/v1/accounts/{account}/productInputs:insert{query}", body)

    def at_once(self, count: int) -> list[int]:
        """Insert so many products at once, and give the statuses."""
        clients = [Client(self.port) for _ in range(count)]
        with ThreadPoolExecutor(count) as pool:
            inserted = pool.map(lambda place: clients[place].insert(f"crowd-{place}"), range(count))
            return sorted({answer[0] for answer in inserted})

    def attributes(self, value: object) -> Any:
        """Insert a product with these attributes."""
        return self.insert("sku-a", productAttributes=value)

    def patch(self, segment: str, body: object, token: str | None = TOKEN, **query: str) -> Any:
        """Change a product."""
        asked = urlencode({"dataSource": SOURCE, **query})
        path = f"/products/v1/accounts/{OURS}/productInputs/{quote(segment, safe='~')}?{asked}"
        return self.call("PATCH", path, body, token)

    def delete(self, segment: str, token: str | None = TOKEN, *, sourced: bool = True) -> Any:
        """Take a product away."""
        query = "?" + urlencode({"dataSource": SOURCE}) if sourced else ""
        path = f"/products/v1/accounts/{OURS}/productInputs/{quote(segment, safe='~')}{query}"
        return self.call("DELETE", path, token=token)

    def get(self, segment: str, account: str = OURS, token: str | None = TOKEN, **headers: str) -> Any:
        """Read a product."""
        path = f"/products/v1/accounts/{account}/products/{quote(segment, safe='~')}"
        return self.call("GET", path, token=token, **headers)

    def listed(self, account: str = OURS, token: str | None = TOKEN, **query: str) -> Any:
        """List the products."""
        asked = f"?{urlencode(query)}" if query else ""
        return self.call("GET", f"/products/v1/accounts/{account}/products{asked}", token=token)

    def account(self, account: str = OURS, token: str | None = TOKEN) -> Any:
        """Read an account."""
        return self.call("GET", f"/accounts/v1/accounts/{account}", token=token)

    def accounts(self, token: str | None = TOKEN, **query: str) -> Any:
        """List the accounts."""
        return self.call("GET", f"/accounts/v1/accounts{'?' + urlencode(query) if query else ''}", token=token)

    def register(self, body: object, account: str = OURS) -> Any:
        """Register a developer."""
        return self.call("POST", f"/accounts/v1/accounts/{account}/developerRegistration:registerGcp", body)

    def other_page(self) -> Any:
        """Ask for accounts with the token of a page of products."""
        token = str(self.listed(pageSize="1")[2].get("nextPageToken"))
        return self.accounts(pageToken=token)[0], self.listed(pageSize="1", pageToken=token)[0]


def decoded(content: bytes) -> Any:
    """Give JSON without its times, or what there is instead."""
    try:
        return json.loads(TIME.sub("TIME", content.decode()))
    except ValueError:
        return content[:20].decode(errors="replace")


def info(answer: Any) -> dict[str, Any]:
    """Give the ErrorInfo of an answer."""
    found = [detail for detail in answer[2]["error"].get("details", []) if detail.get("@type") == INFO]
    return found[0] if len(found) == 1 else {}


def outcome(answer: Any) -> tuple[Any, ...]:
    """Give HTTP status, canonical name and REASON of a refusal."""
    return answer[0], answer[2]["error"]["status"], info(answer).get("metadata", {}).get("REASON")


def merchant() -> Any:
    """Give the reference API of this contract."""
    reference_api()
    return importlib.import_module(f"{MODULE}.merchant").API


def talk(api: Client, conversation: Mapping[str, Callable[[Client], Any]]) -> dict[str, Any]:
    """Hold a conversation, and give what came back by the name of the step."""
    return {name: step(api) for name, step in conversation.items()}


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> set[str]:
    """Give the names of the steps that came out differently."""
    return {name for name in ours if ours[name] != theirs[name]}


def steps_of(plain: Mapping[str, Any], words: str) -> set[str]:
    """Name the steps that are meant: by themselves, or by the REASON that the plain server answers them with."""
    wanted = set(filter(None, words.split("; ")))
    assert wanted <= {*plain, *(mark for answer in plain.values() for mark in marks(answer))}
    return {name for name, answer in plain.items() if wanted & {name, *marks(answer)}}


def marks(answer: Any) -> set[str]:
    """Tell what an answer has in common with others: its REASON, that it inserts, that it is an error."""
    if not isinstance(answer, tuple) or len(answer) != 3 or not isinstance(answer[2], dict):
        return set()
    if "error" in answer[2]:
        metadata = info(answer)["metadata"]
        return {metadata.get("REASON", info(answer)["reason"]), "every error"}
    return {"product input"} if "product" in answer[2] else set()


@contextlib.contextmanager
def servers(variants: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Client]]:
    """Serve the reference API in several variants from one thread, and give clients by their names."""
    api = merchant()
    serving = importlib.import_module(f"{MODULE}.serving")
    ports: queue.Queue[tuple[str, int]] = queue.Queue()
    serve = [
        serving.Server(api.app(**variant), serving.bind("127.0.0.1", 0), partial(_announce, ports, name))
        for name, variant in variants.items()
    ]

    async def together() -> None:
        await asyncio.gather(*(one.serve_here() for one in serve))

    thread = threading.Thread(target=lambda: asyncio.run(together()), daemon=True)
    thread.start()
    try:
        yield {name: Client(port) for name, port in (ports.get(timeout=20) for _ in serve)}
    finally:
        for one in serve:
            one.should_exit = one.force_exit = True
        thread.join(20)


def _announce(ports: "queue.Queue[tuple[str, int]]", name: str, port: int) -> None:
    ports.put((name, port))


INSERT = f"/products/v1/accounts/{OURS}/productInputs:insert?dataSource={SOURCE}"
REGISTER = f"/accounts/v1/accounts/{OURS}/developerRegistration:registerGcp"
MANY = [{"name": f"n{number}", "value": "v"} for number in range(2501)]

CONVERSATION: dict[str, Callable[[Client], Any]] = {
    "inserted": lambda api: api.insert(versionNumber="10", productAttributes={"title": "First"}),
    "read": lambda api: api.get("en~US~sku-1"),
    "same version": lambda api: api.insert(versionNumber=10, productAttributes={"title": "First"}),
    "lower version": lambda api: api.insert(versionNumber="9", productAttributes={"title": "Late"}),
    "read after lower version": lambda api: api.get("en~US~sku-1"),
    "higher version": lambda api: api.insert(versionNumber=11),
    "inserted without version": lambda api: [api.insert("sku-2")[0] for _ in range(2)],
    "inserted, slash": lambda api: api.insert("sku/123"),
    "read, encoded": lambda api: api.get("ZW5-VVN-c2t1LzEyMw"),
    "read, slash in plain form": lambda api: api.get("en~US~sku/123"),
    "offer left out": lambda api: api.insert(LEFT_OUT),
    "language left out": lambda api: api.insert(contentLanguage=LEFT_OUT),
    "label left out": lambda api: api.insert(feedLabel=LEFT_OUT),
    "source left out": lambda api: api.insert(source=LEFT_OUT),
    "source of another form": lambda api: api.insert(source="dataSources/100"),
    "source no number": lambda api: api.insert(source=f"accounts/{OURS}/dataSources/x"),
    "unknown source": lambda api: api.insert(source=f"accounts/{OURS}/dataSources/999"),
    "source of another account": lambda api: api.insert(source=f"accounts/{THEIRS}/dataSources/100"),
    "offer as number": lambda api: api.insert(5),
    "offer with half a surrogate": lambda api: api.insert("\ud800"),
    "label with small letters": lambda api: api.insert(feedLabel="us"),
    "label with 21 characters": lambda api: api.insert(feedLabel="A" * 21),
    "label with blanks around": lambda api: api.insert(feedLabel=" US "),
    "label with a quote": lambda api: api.insert(feedLabel='U"S'),
    "language of three letters": lambda api: api.insert(contentLanguage="eng"),
    "language that is none": lambda api: api.insert(contentLanguage="qq"),
    "version below zero": lambda api: api.insert("sku-v", versionNumber=-1),
    "version in words": lambda api: api.insert("sku-v", versionNumber="one"),
    "version as flag": lambda api: api.insert("sku-v", versionNumber=True),
    "version beyond 64 bits": lambda api: api.insert("sku-v", versionNumber=2**63),
    "local as text": lambda api: api.insert("sku-l", legacyLocal="true"),
    "local": lambda api: api.insert("sku-l", legacyLocal=True),
    "read, local": lambda api: api.get("local~en~US~sku-l"),
    "attributes as list": lambda api: api.attributes([]),
    "attributes null": lambda api: api.attributes(None),
    "title as number": lambda api: api.attributes({"title": 5}),
    "currency in small letters": lambda api: api.attributes({"price": {"amountMicros": "1", "currencyCode": "usd"}}),
    "amount in words": lambda api: api.attributes({"price": {"amountMicros": "one", "currencyCode": "USD"}}),
    "shipping price wrong": lambda api: api.attributes({"shipping": [{"country": "DZ"}, {"price": 5}]}),
    "availability unknown": lambda api: api.attributes({"availability": "SOON"}),
    "availability as number": lambda api: api.attributes({"availability": 1, "price": {"amountMicros": 5}}),
    "2501 custom attributes": lambda api: api.insert("sku-c", customAttributes=MANY)[0],
    "2500 custom attributes": lambda api: api.insert("sku-c", customAttributes=MANY[1:])[0],
    "long custom attribute": lambda api: api.insert("sku-c", customAttributes=[{"name": "n", "value": "v" * 10240}]),
    "custom attributes null": lambda api: api.insert("sku-c", customAttributes=None)[0],
    "unknown member": lambda api: api.insert("sku-u", noSuchMember=1)[0],
    "half a body": lambda api: api.call("POST", INSERT, b"{"),
    "list as body": lambda api: api.call("POST", INSERT, b"[]"),
    "other media type": lambda api: api.call("POST", INSERT, b"{}", Content_Type="text/plain"),
    "oversized": lambda api: api.call("POST", INSERT, b" " * (1024 * 1024 + 1)),
    "changed": lambda api: api.patch(
        "en~US~sku-1", {"productAttributes": {"title": "New"}}, updateMask="productAttributes.title"
    ),
    "changed, all of the body": lambda api: api.patch("en~US~sku-1", {"productAttributes": {"brand": "B"}}),
    "changed, unknown mask": lambda api: api.patch("en~US~sku-1", {}, updateMask="noSuchMember"),
    "changed, wrong price": lambda api: api.patch("en~US~sku-1", {"productAttributes": {"price": 5}}),
    "read after changes": lambda api: api.get("en~US~sku-1"),
    "changed, unknown product": lambda api: api.patch("en~US~none", {}),
    "changed without scope": lambda api: api.patch("en~US~sku-1", {}, NO_SCOPE)[0],
    "changed with a wrong token": lambda api: api.patch("en~US~sku-1", {}, "wrong"),
    "account no number": lambda api: api.get("en~US~sku-1", "abcd"),
    "account and letters": lambda api: api.get("en~US~sku-1", OURS + "abc"),
    "account no number, list": lambda api: api.listed("abcd"),
    "account no number, insert": lambda api: api.insert(account="abcd"),
    "account no number, account": lambda api: api.account("abcd"),
    "account no number, no token": lambda api: api.get("en~US~sku-1", "abcd", None),
    "account of 19 digits": lambda api: api.account("9" * 19),
    "their product": lambda api: api.get("en~US~sku-001", THEIRS),
    "their products": lambda api: api.listed(THEIRS),
    "their account": lambda api: api.account(THEIRS),
    "inserted there": lambda api: api.insert(account=THEIRS),
    "inserted there, half a body": lambda api: api.call("POST", INSERT.replace(OURS, THEIRS), b"{"),
    "registered there": lambda api: api.register({}, THEIRS),
    "no such product": lambda api: api.get("en~US~none"),
    "no such product, in Arabic": lambda api: api.get("en~US~none", Accept_Language="ar"),
    "products of nobody": lambda api: api.listed(NOBODY),
    "account of nobody": lambda api: api.account(NOBODY),
    "name of another form": lambda api: api.get("sku-1"),
    "name of another form, there": lambda api: api.get("sku-1", THEIRS),
    "name not base64": lambda api: api.get("\u0627"),
    "name with NUL": lambda api: api.get("en~US~a\0b"),
    "listed": lambda api: sorted(product["name"] for product in products(api.listed())),
    "listed, as what": lambda api: type(api.listed()[2]["products"]).__name__,
    "listed, one a page": lambda api: len(products(api.listed(pageSize="1"))),
    "listed, 5000 a page": lambda api: api.listed(pageSize="5000")[0],
    "listed, -1 a page": lambda api: api.listed(pageSize="-1")[0],
    "listed, ten a page in words": lambda api: api.listed(pageSize="ten"),
    "strange page": lambda api: api.listed(pageToken="strange"),
    "page of another list": lambda api: api.other_page(),
    "listed, unknown parameter": lambda api: api.listed(noSuchParameter="1")[0],
    "listed, parameters of the client": lambda api: api.listed(**{"$alt": "json;enum-encoding=int"})[0],
    "listed without token": lambda api: api.listed(token=None),
    "accounts without token": lambda api: api.accounts(None),
    "accounts, empty token": lambda api: api.call("GET", "/accounts/v1/accounts", token="")[:2],
    "accounts, other scheme": lambda api: api.call("GET", "/accounts/v1/accounts", token=None, Authorization="Basic x"),
    "accounts, wrong token": lambda api: api.accounts("wrong"),
    "accounts, longer token": lambda api: api.accounts(TOKEN + "x"),
    "accounts without scope": lambda api: api.accounts(NO_SCOPE),
    "accounts": lambda api: api.accounts(),
    "accounts, bad filter": lambda api: api.accounts(filter="?"),
    "account": lambda api: api.account(),
    "registered": lambda api: api.register({"developerEmail": "dev@example.com"}),
    "registered, address as number": lambda api: api.register({"developerEmail": 5}),
    "registered, half a body": lambda api: api.call("POST", REGISTER, b"{"),
    "unknown route": lambda api: api.call("GET", "/products/v1/none"),
    "unknown route without token": lambda api: api.call("GET", "/products/v1/none", token=None),
    "wrong method": lambda api: api.call("PUT", "/accounts/v1/accounts", {}),
    "two values that are wrong": lambda api: [api.insert(feedLabel="us"), api.insert(feedLabel="us")],
    "label and offer": lambda api: api.insert(LEFT_OUT, contentLanguage="eng"),
    "source and body": lambda api: api.insert(LEFT_OUT, source="x"),
    "refused delete": lambda api: api.delete("en~US~sku-1", sourced=False),
    "read after refused delete": lambda api: api.get("en~US~sku-1")[0],
    "deleted with a wrong token": lambda api: api.delete("en~US~sku-1", "wrong"),
    "deleted": lambda api: api.delete("en~US~sku-2"),
    "deleted again": lambda api: api.delete("en~US~sku-2"),
    "read after delete": lambda api: api.get("en~US~sku-2"),
    "sixteen at once": lambda api: api.at_once(16),
}
LIMITED: dict[str, Callable[[Client], Any]] = {
    "five requests": lambda api: [api.account()[0] for _ in range(5)],
    "sixth request": lambda api: api.account(),
    "seventh request, without token": lambda api: api.account(token=None),
}


def products(answer: Any) -> list[Any]:
    """Give the entries of a list, whatever holds them."""
    found = answer[2].get("products", [])
    return list(found.values() if isinstance(found, Mapping) else found) if answer[0] == 200 else []
