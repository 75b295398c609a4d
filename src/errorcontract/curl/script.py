"""A whole story as a script: what it needs first, then each of its requests, those sent at once at once again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from errorcontract.curl.command import call
from errorcontract.curl.given import AT, Given, found, named, text_of
from errorcontract.curl.private import Variable
from errorcontract.curl.words import TOKEN, Words
from errorcontract.model import Exchange, Headers, Step, Trace, moments

_MOST_IN_ONE_CURL = 16
_TOO_MANY = 429
_BEFORE = "what was done before, and is needed below"
_NEW_RUN = 'RUN="ec-$(date +%s%N)"'
_AT_ONCE = "curl --no-progress-meter -Z --parallel-immediate --parallel-max {} {}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What the run did before its cases. `returns` are JSON Pointers to what its answer gives to later requests."""

    exchange: Exchange
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story was played: the base URL, the prefix of the run's references, what went with every request."""

    url: str
    run: str
    secrets: tuple[str, ...] = (TOKEN,)
    extra: Headers = ()
    setups: tuple[Setup, ...] = ()
    ids: tuple[str, ...] = ()
    """Names of members and headers that hold a request id."""
    private: tuple[Variable, ...] = ()
    """What must not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Send:
    """One line of the script: a request, or several at once. `returns`: see Setup; None: any value that was made.

    `late`: the seconds by which each comes after the moment.
    """

    exchanges: tuple[Exchange, ...]
    late: tuple[float, ...] = ()
    pause: float = 0.0
    returns: tuple[str, ...] | None = None


def commands(trace: Trace, place: Place, only: int | None = None, sends: int = 1) -> str:
    """Shell commands for the whole case, or for one exchange of it; sent several times where it takes that.

    References of the run get a fresh prefix, values of earlier answers are asked for again, credentials stay variables.
    """
    told = list(_sends(trace, only))
    told = [*_needed(place, told), *told]
    private = {form: shown for one in place.private for form, shown in one.forms.items()}
    words, lines, captured = Words(run=place.run, secrets=place.secrets, private=private), [], 0
    for number, send in enumerate(told):
        given = _given(told, number, len(words.given))
        line = _line(send, place, words)
        if given:
            captured += 1
            lines += _captured(line, send, given, f"ANSWER_{captured}")
            words = replace(words, given={**words.given, **{one.value: one.variable for one in given}})
        else:
            lines += [f"# {_BEFORE}"] if send.returns is not None else []
            lines.append(line if sends == 1 or number < len(told) - 1 else _many(send, line, sends, place.ids))
    script = "\n".join([*([AT] if captured else []), *lines])
    script = "\n".join([*(line for one in place.private for line in one.lines(script)), script])
    return f"{_NEW_RUN}\n{script}" if re.search(r"\$\{?RUN\b", script) else script


def _sends(trace: Trace, only: int | None) -> Iterator[_Send]:
    answers: dict[str, Exchange] = {}
    moment = {id(step): number for number, steps in enumerate(moments(trace.case.steps)) for step in steps}
    for _, group in groupby(trace.exchanges, key=lambda one: moment.get(id(one[0]), id(one[0]))):
        told = list(group)
        step, exchanges = told[0][0], [exchange for _, exchange in told]
        if only in (None, *(exchange.number for exchange in exchanges)):
            chosen = exchanges if only is None else [one for one in exchanges if one.number == only]
            late = _late(told) if only is None else ()
            yield _Send(exchanges=tuple(chosen), late=late, pause=step.pause(answers) if step.pause else 0.0)
        answers |= {exchange.step: exchange for exchange in exchanges} | {step.name: exchanges[0]}


def _late(group: Sequence[tuple[Step, Exchange]]) -> tuple[float, ...]:
    """The seconds by which each exchange of a moment came after it."""
    copies: Counter[int] = Counter()
    late = []
    for step, _ in group:
        number = copies[id(step)]
        late.append(step.late[number] if number < len(step.late) else 0.0)
        copies[id(step)] += 1
    return tuple(late)


def _needed(place: Place, told: Sequence[_Send]) -> list[_Send]:
    """The set-ups whose answers, or whose references, stand in what is sent after them."""
    needed: list[_Send] = []
    own_numbers = {exchange.number for send in told for exchange in send.exchanges}
    for setup in reversed([one for one in place.setups if one.exchange.number not in own_numbers]):
        later = _text([*needed, *told])
        own = set(re.findall(rf"{re.escape(place.run)}[\w.-]*", text_of(setup.exchange.request)))
        if any(re.search(rf"{re.escape(one)}(?![\w.-])", later) for one in own) or any(
            found(setup.exchange, later, "", setup.returns)
        ):
            needed.insert(0, _Send(exchanges=(setup.exchange,), returns=setup.returns))
    return needed


def _given(told: Sequence[_Send], number: int, before: int) -> list[Given]:
    """What the answer to a single request gives to later ones: of a set-up what it returns, else what it made."""
    send, later = told[number], _text(told[number + 1 :])
    exchange = send.exchanges[0]
    if len(send.exchanges) > 1 or (send.returns is None and exchange.request.method in {"GET", "HEAD", "OPTIONS"}):
        return []
    return named(dict(found(exchange, later, _text(told[: number + 1]), send.returns)), before + 1)


def _text(sends: Sequence[_Send]) -> str:
    return "\n".join(text_of(exchange.request) for send in sends for exchange in send.exchanges)


def _captured(line: str, send: _Send, given: Sequence[Given], answer: str) -> list[str]:
    operation = send.exchanges[0].request.operation or "it"
    members = ", ".join(".".join(one.path) for one in given)
    return [
        f"# of what {operation} answers, {members} goes into what follows",
        f'{answer}=$({line}); echo "${answer}"',
        *(one.line(answer) for one in given),
    ]


def _line(send: _Send, place: Place, words: Words) -> str:
    pause = f"sleep {send.pause:.2f}\n" if send.pause else ""
    calls = [call(one.request, place.url, words, place.extra) for one in send.exchanges]
    if len(calls) == 1:
        return pause + calls[0].alone()
    if any(send.late):
        waiting = (f"sleep {late:.4f}; " if late else "" for late in send.late)
        timed = (f"({wait}{one.alone()}) &" for wait, one in zip(waiting, calls, strict=True))
        return pause + "\n".join([*timed, "wait"])
    alike = [(one, len(list(same))) for one, same in groupby(calls)]
    if len(alike) == 1 and len(calls) > _MOST_IN_ONE_CURL:
        return f"{pause}for _ in $(seq {len(calls)}); do {calls[0].alone()} & done; wait"
    return pause + _AT_ONCE.format(len(calls), " --next ".join(one.beside(times) for one, times in alike))


def _many(send: _Send, line: str, sends: int, ids: Sequence[str]) -> str:
    """The same request many times, with a fresh reference each time; of the answers, the ids that came twice.

    Where it was refused as one too many, all answers are shown.
    """
    renew = f"{_NEW_RUN}; " if "${RUN}" in line else ""
    loop = f"for _ in $(seq {sends}); do {renew}{line}; done"
    names = "|".join(map(re.escape, ids))
    response = send.exchanges[0].response
    ids = () if response is not None and response.status == _TOO_MANY else ids
    return f"{loop} | tr -d '\\r' | grep -Eio '\"?({names})\"? *: *[^,}}]+' | sort | uniq -d" if ids else loop
