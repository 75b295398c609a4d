"""Cases are played within the budget, in order, each request once."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest

from errorcontract.errors import BudgetSpentError, TargetError
from errorcontract.model import Request


def targets(server):
    return [request.split()[1].decode() for request in server.requests]


@pytest.fixture
def slow(whole):
    """Answers after a moment, so that requests sent side by side are under way together."""

    def script(connection, _):
        time.sleep(0.02)
        connection.sendall(whole())

    return script


def test_traces_come_in_the_order_of_the_cases(serve, play, case, slow):
    server = serve(script=slow)
    cases = [case(str(number), f"/{number}/a", f"/{number}/b", alone=number % 3 == 0) for number in range(12)]
    traces = play(server.url, *cases)
    assert [trace.case.id for trace in traces] == [str(number) for number in range(12)]
    assert all(
        [exchange.step for _, exchange in trace.exchanges] == [f"/{trace.case.id}/a", f"/{trace.case.id}/b"]
        for trace in traces
    )
    assert len(server.requests) == 24
    assert server.most_under_way > 1


def test_cases_that_must_be_alone_meet_no_other(serve, play, case, slow):
    server = serve(script=slow)
    play(server.url, *[case(str(number), "/a", "/b", alone=True) for number in range(6)])
    assert len(server.requests) == 12
    assert server.most_under_way == 1


def test_cases_that_must_be_alone_come_when_the_others_are_done(serve, play, case, whole):
    seen = []

    def script(connection, request):
        seen.append((request.split()[1], server.under_way))
        time.sleep(0.02)
        connection.sendall(whole())

    server = serve(script=script)
    play(
        server.url,
        *[case(str(number), "/alone" if number % 2 else "/together", alone=bool(number % 2)) for number in range(8)],
    )
    assert [target for target, _ in seen] == [b"/together"] * 4 + [b"/alone"] * 4
    assert [under_way for target, under_way in seen if target == b"/alone"] == [1] * 4


def test_copies_of_a_step_go_at_once_and_are_numbered(serve, play, case, slow):
    server = serve(script=slow)
    [trace] = play(server.url, case("a race", "/race", "/after", copies=4))
    assert [exchange.step for exchange in trace.copies("/race")] == [f"/race#{number}" for number in range(4)]
    assert trace.step("/race#2") is not None
    assert targets(server) == ["/race"] * 4 + ["/after"] * 4
    assert server.most_under_way > 1


@pytest.mark.parametrize(("budget", "copies"), [(0, 1), (1, 1), (5, 1), (7, 4), (8, 4), (3, 4)])
def test_the_budget_is_never_exceeded(serve, play, case, whole, budget, copies):
    server = serve(whole())
    with pytest.raises(BudgetSpentError):
        play(server.url, *[case(str(number), "/", copies=copies) for number in range(10)], budget=budget)
    assert len(server.requests) <= budget
    assert len(server.requests) % copies == 0


def test_a_budget_that_just_suffices_is_used_up(serve, play, case, whole):
    server = serve(whole())
    assert len(play(server.url, *[case(str(number), "/a", "/b", copies=2) for number in range(3)], budget=12)) == 3
    assert len(server.requests) == 12


def test_a_case_ends_where_a_step_cannot_be_made(serve, play, case, whole):
    server = serve(whole())
    story = case("a story", "/a", "/b", "/c")
    first, second, third = story.steps
    [trace] = play(server.url, replace(story, steps=(first, replace(second, make=lambda _: None), third)))
    assert [exchange.step for _, exchange in trace.exchanges] == ["/a"]
    assert targets(server) == ["/a"]


def test_a_step_sees_what_was_answered_before(serve, play, case, whole):
    server = serve(whole(b"/next"))
    story = case("a story", "/a", "/b")

    def following(answers):
        return Request(method="GET", target=answers["/a"].response.body.decode())

    first, second = story.steps
    play(server.url, replace(story, steps=(first, replace(second, make=following))))
    assert targets(server) == ["/a", "/next"]


def test_a_pause_is_made_from_what_was_answered(serve, play, case, whole):
    server = serve(whole(b"0.05"))
    story = case("a story", "/a", "/b")
    paused = []

    def pause(answers):
        paused.append(float(answers["/a"].response.body))
        return paused[-1]

    first, second = story.steps
    [trace] = play(server.url, replace(story, steps=(first, replace(second, pause=pause))))
    assert paused == [0.05]
    (_, before), (_, after) = trace.exchanges
    assert after.started - before.started >= 0.05


def test_every_exchange_is_numbered_and_journalled(serve, play, case, whole, journal_lines):
    server = serve(whole())
    traces = play(server.url, *[case(str(number), "/a", "/b") for number in range(5)])
    numbers = sorted(exchange.number for trace in traces for _, exchange in trace.exchanges)
    assert numbers == list(range(1, 11))
    assert sorted(line["number"] for line in journal_lines()) == numbers


def test_a_request_without_an_answer_is_recorded_and_not_sent_again(serve, play, case, journal_lines):
    server = serve(b"", closes=True)
    [trace] = play(server.url, case("a case", "/a", "/b"))
    assert [exchange.response for _, exchange in trace.exchanges] == [None, None]
    assert targets(server) == ["/a", "/b"]
    assert [line["failure"] for line in journal_lines()] == ["the connection was closed without an answer"] * 2


def test_a_target_that_went_away_ends_the_run_after_a_few_tries(play, case, journal_lines):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TargetError, match="the target went away: no connection"):
        play(url, *[case(str(number), "/") for number in range(20)])
    assert all(line["response"] is None for line in journal_lines())


def test_a_target_that_went_away_is_told_to_cases_that_are_alone_too(play, case, journal_lines):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TargetError, match="5 times in a row"):
        play(url, *[case(str(number), "/", alone=True) for number in range(20)])
    assert len(journal_lines()) == 5


@pytest.mark.parametrize("whole_ones", [0, 1])
def test_a_target_that_only_costs_time_is_given_up(serve, play, case, whole, journal_lines, whole_ones):
    def script(connection, request):
        good = len(server.requests) <= whole_ones
        connection.sendall(whole() if good else whole(b"", length=3 * 1024 * 1024) + b"x" * 3 * 1024 * 1024)

    server = serve(script=script)
    with pytest.raises(TargetError, match="gives no whole answer: longer than 2097152 bytes"):
        play(server.url, *[case(str(number), "/", alone=True) for number in range(60)])
    assert len(journal_lines()) == whole_ones + (32 if whole_ones else 3)


def test_a_target_that_costs_time_now_and_then_is_given_up_too(serve, play, case, whole, journal_lines):
    def script(connection, _):
        good = len(server.requests) % 2
        connection.sendall(whole() if good else whole(b"", length=3 * 1024 * 1024) + b"x" * 3 * 1024 * 1024)

    server = serve(script=script)
    with pytest.raises(TargetError, match=r"too often gives no whole answer: longer than .*, 48 times"):
        play(server.url, *[case(str(number), "/", alone=True) for number in range(120)])
    assert len(journal_lines()) == 96
