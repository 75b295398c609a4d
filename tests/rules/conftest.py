"""Hand-made evidence. The rule of a test is the one that its module is named after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest

from errorcontract.cases.promises import either, rejected
from errorcontract.contract import load
from errorcontract.model import (
    Attempt,
    Basis,
    Breach,
    Case,
    Conduct,
    Contract,
    ErrorPromises,
    Exchange,
    Headers,
    Outcome,
    Promise,
    Provenance,
    Request,
    Response,
    Shape,
    Step,
    Trace,
)
from errorcontract.rules import Judge, Rule, all_rules
from errorcontract.rules.evidence import Evidence

TOKEN = "${ERRORCONTRACT_TOKEN}"
GOOD = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 200, "ref": "order-1a"}

Asked = tuple[Step, Exchange]


@dataclass(slots=True)
class Teller:
    """Makes exchanges of the bundled API, numbered as they are made."""

    contract: Contract
    numbers: Iterator[int]

    def refused(self, status: int, code: str, *, message: Any = "It failed", details: Any = None, **more: Any) -> Asked:
        """An error in the house envelope."""
        error = {"code": code, "message": message} | ({} if details is None else {"details": details})
        return self.answered(status, {"success": False, "error": error}, **more)

    def accepted(self, data: Any = None, *, status: int = 200, **more: Any) -> Asked:
        """A success in the house envelope."""
        return self.answered(status, {"success": True, "data": {} if data is None else data}, **more)

    def balance(self, amount: Any, name: str = "balance-before", **more: Any) -> Asked:
        """A look at the balance."""
        return self.accepted({"balance": amount}, name=name, operation="getBalance", sent=None, **more)

    def unanswered(self, failure: str, **more: Any) -> Asked:
        """A request that got no answer."""
        step, exchange = self.answered(200, {}, **more)
        return step, replace(exchange, response=None, failure=failure)

    def answered(
        self,
        status: int,
        body: Any = b"",
        *,
        headers: Headers = (),
        content_type: str | None = "application/json",
        request_id: Any = ...,
        cut: str | None = None,
        **more: Any,
    ) -> Asked:
        """Any answer. A JSON object gets a request id of its own, unless it is given (None: left out)."""
        number = next(self.numbers)
        if isinstance(body, dict) and request_id is not None:
            body = body | {"requestId": f"req_{number}" if request_id is ... else request_id}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind: Headers = () if content_type is None else (("Content-Type", content_type),)
        response = Response(status=status, headers=(*kind, *headers), body=raw, cut=cut)
        return self._asked(number, response, **more)

    def _asked(
        self,
        number: int,
        response: Response,
        *,
        name: str = "test",
        operation: str | None = "sendTopUp",
        method: str = "POST",
        sent: Any = GOOD,
        sent_headers: Headers = (),
        token: str | None = TOKEN,
        started: float = 0.0,
        seconds: float = 0.0,
        copy: int | None = None,
        **promised: Any,
    ) -> Asked:
        credential: Headers = () if token is None else (("X-Access-Token", token),)
        raw = sent if isinstance(sent, bytes) or sent is None else json.dumps(sent).encode()
        target = self.contract.operations[operation].path if operation else "/v3/no-such-thing"
        request = Request(
            method=method, target=target, headers=(*credential, *sent_headers), body=raw, operation=operation
        )
        exchange = Exchange(
            number=number,
            case="a case",
            step=name if copy is None else f"{name}#{copy}",
            request=request,
            response=response,
            started=started,
            seconds=seconds,
        )
        step = Step(
            name=name, make=lambda _: request, promise=self._promise(**promised), copies=1 if copy is None else 8
        )
        return step, exchange

    def _promise(
        self,
        *,
        fails: str | None = None,
        works: str | None = None,
        field: str | None = None,
        basis: Basis | None = None,
        **more: Any,
    ) -> Promise:
        if works is not None:
            basis = basis or Basis(provenance=Provenance.DOCUMENTED, source="a page")
            return Promise(outcome=Outcome.ACCEPTED, basis=basis, cause=f"good request/{works}", **more)
        promise = either("nothing in particular") if fails is None else rejected(self.contract, fails)
        return replace(promise, field_name=field, has_value="value" in more, **more)


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The bundled contract that the evidence is about."""
    return load("oneclickdz")


@pytest.fixture
def basis() -> Basis:
    """What a promise of these tests rests on."""
    return Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promising(contract: Contract) -> Callable[..., Contract]:
    """The bundled contract with promises of its error bodies, and of nothing else about them."""
    return lambda **promises: replace(contract, errors=ErrorPromises(**promises))


@pytest.fixture
def shaped(promising: Callable[..., Contract], basis: Basis, rule: Rule) -> Callable[..., Contract]:
    """A contract with one shape of the rule under test, by default for every error."""
    errors = {"properties": {"status": {"minimum": 400}}}

    def made(then: dict[str, Any], when: dict[str, Any] = errors, title: str = "the shape of these tests") -> Contract:
        parts = {"when": {"allOf": [when], "$defs": {}}, "then": {"allOf": [then], "$defs": {}}}
        return promising(shapes=(Shape(rule=rule.id, title=title, basis=basis, **parts),))

    return made


@pytest.fixture
def teller(contract: Contract) -> Teller:
    return Teller(contract, count(1))


@pytest.fixture
def refused(teller: Teller) -> Callable[..., Asked]:
    return teller.refused


@pytest.fixture
def accepted(teller: Teller) -> Callable[..., Asked]:
    return teller.accepted


@pytest.fixture
def answered(teller: Teller) -> Callable[..., Asked]:
    return teller.answered


@pytest.fixture
def unanswered(teller: Teller) -> Callable[..., Asked]:
    return teller.unanswered


@pytest.fixture
def balance(teller: Teller) -> Callable[..., Asked]:
    return teller.balance


def trace(
    asked: tuple[Asked, ...],
    about: str = "single",
    variant: str = "a variant",
    cause: str | None = None,
    notes: Mapping[str, Any] | None = None,
) -> Trace:
    operation = asked[0][1].request.operation if asked else None
    case = Case(
        id="a case",
        family="a family",
        operation=operation,
        cause=cause,
        variant=variant,
        about=about,
        steps=tuple(step for step, _ in asked),
        notes=notes or {},
    )
    return Trace(case=case, exchanges=asked)


@pytest.fixture
def rule(request: pytest.FixtureRequest) -> Rule:
    """The rule that the test module is named after."""
    name = request.path.stem.removeprefix("test_").replace("_", "-")
    return next(rule for rule in all_rules() if rule.id == name)


@pytest.fixture
def judge(contract: Contract, rule: Rule) -> Callable[..., list[Breach | None]]:
    """What the rule says of exchanges: a Breach or KEPT for each judgement. One test is one run."""
    judges: dict[int, Judge] = {}

    def judged(*asked: Asked, promised: Contract = contract, **story: Any) -> list[Breach | None]:
        chosen = judges.setdefault(id(promised), Judge(promised, [rule]))
        return [verdict for _, verdict in chosen.judge(trace(asked, **story))]

    return judged


@pytest.fixture
def doubtful(contract: Contract, rule: Rule) -> Callable[..., bool]:
    """Whether somebody else's doing could explain what the rule sees in exchanges."""

    def asked(*asked: Asked, promised: Contract = contract, **story: Any) -> bool:
        return rule.doubtful(Judge(promised, [rule]).evidence(trace(asked, **story)))

    return asked


@pytest.fixture
def judge_evidence(contract: Contract, rule: Rule) -> Callable[..., Evidence]:
    """A story as the rule sees it."""
    return lambda *asked, **story: Judge(contract, [rule]).evidence(trace(asked, **story))


@pytest.fixture
def judge_all(contract: Contract) -> Callable[..., list[tuple[Rule, Breach | None]]]:
    """What all rules say of exchanges."""

    def judged(*asked: Asked, promised: Contract = contract, **story: Any) -> list[tuple[Rule, Breach | None]]:
        return list(Judge(promised, all_rules()).judge(trace(asked, **story)))

    return judged


@pytest.fixture
def attempted(teller: Teller) -> Callable[..., tuple[Asked, Attempt]]:
    """One request of a client with what it was answered: a status, or the reason why there is no answer."""

    def made(
        answer: int | str,
        code: str | None = None,
        *,
        at: float = 0.0,
        wait: Headers = (),
        place: str = "POST /v3/mobile/send",
        content: str = "the order",
        reference: str | None = "order-1",
        **more: Any,
    ) -> tuple[Asked, Attempt]:
        about = {"started": 1000.0 + at, "method": place.partition(" ")[0], "headers": wait, "name": f"attempt-{at}"}
        about |= {} if place == "POST /v3/mobile/send" else {"operation": None}
        told = {name: more.pop(name) for name in ("credential", "gist", "missed", "scripted") if name in more}
        if isinstance(answer, str):
            asked = teller.unanswered(answer, **about)
        elif code is None:
            asked = teller.accepted(status=answer, **about)
        else:
            asked = teller.refused(answer, code, **about, **more)
        return asked, Attempt(place=place, content=content, reference=reference, **told)

    return made


@pytest.fixture
def judge_client(contract: Contract, rule: Rule) -> Callable[..., list[Breach | None]]:
    """What the rule says of a client's requests in one case."""

    def judged(*sent: tuple[Asked, Attempt], promised: Contract = contract, **conduct: Any) -> list[Breach | None]:
        story = trace(tuple(asked for asked, _ in sent), about="client")
        told = Conduct(attempts=tuple(attempt for _, attempt in sent), **conduct)
        return [verdict for _, verdict in Judge(promised, [rule]).judge(replace(story, conduct=told))]

    return judged
