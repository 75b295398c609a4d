"""Cases are played within the budget, in order, each request once."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from dataclasses import replace

import pytest

from errorcontract.errors import BudgetSpentError, TargetError
from errorcontract.exchange import Client, Journal, Limits, Mask, Pace, Record, Secrets, Stage
from errorcontract.model import Request

NOT_HTTP = "Expected HTTP/, RTSP/ or ICE/"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


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


def test_a_case_goes_on_without_an_optional_step_that_cannot_be_made(serve, play, case, whole):
    server = serve(whole())
    story = case("a story", "/a", "/b", "/c")
    first, second, third = story.steps
    left_out = replace(second, make=lambda _: None, optional=True)
    [trace] = play(server.url, replace(story, steps=(first, left_out, third)))
    assert [exchange.step for _, exchange in trace.exchanges] == targets(server) == ["/a", "/c"]


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


@pytest.mark.parametrize("alone", [False, True])
def test_a_target_that_went_away_is_tried_again_for_a_while_and_then_given_up(play, case, journal_lines, alone):
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(TargetError, match="the target went away: no connection: Connection refused, for 1 s"):
        play(url, *[case(str(number), "/", alone=alone) for number in range(20)])
    [line] = journal_lines()
    told = "the target can't be reached (no connection: Connection refused): it is tried again for 1 s"
    assert (line["type"], line["text"]) == ("note", told)


def test_a_target_that_is_away_for_a_moment_is_waited_for_and_nothing_is_sent_twice(
    serve, play, case, whole, journal_lines
):
    port = free_port()
    threading.Timer(0.6, lambda: started.append(serve(whole(), port=port))).start()
    started = []
    traces = play(
        f"http://127.0.0.1:{port}", *[case(str(n), f"/{n}") for n in range(8)], limits=Limits(away_seconds=20)
    )
    assert [exchange.failure for trace in traces for _, exchange in trace.exchanges] == [None] * 8
    assert sorted(targets(started[0])) == sorted(f"/{n}" for n in range(8))
    notes = [line["text"] for line in journal_lines() if line["type"] == "note"]
    assert notes[1:] == ["the target was away for 1 s, and is there again"]


def test_a_request_under_way_when_the_target_goes_tells_nothing_and_is_not_sent_again(
    serve, play, case, journal_lines
):
    def script(connection, _):
        server.stop()
        connection.shutdown(socket.SHUT_RDWR)

    server = serve(script=script)
    with pytest.raises(TargetError, match="the target went away"):
        play(server.url, *[case(str(number), f"/{number}", alone=True) for number in range(3)])
    exchanges = [line for line in journal_lines() if line["type"] == "exchange"]
    lost = "no connection: the target went away while the request was under way"
    assert [line["failure"] for line in exchanges] == [lost]
    assert len(server.requests) == 1


def test_what_was_played_until_a_target_is_given_up_can_be_judged(serve, whole, case, journal_path):
    def script(connection, request):
        connection.sendall(whole(b"{}") if request.startswith(b"GET /good") else b"no HTTP\r\n")

    async def work():
        mask = Mask([])
        client = Client(serve(script=script).url, Secrets(), mask, Limits(seconds=5))
        stage = Stage(client, Pace(None), Record(Journal(journal_path, "a contract", mask)), "http://h", None)
        first = await stage.play_all([case("good", "/bad", "/bad", "/bad", "/good")])
        await client.close()
        return stage, first

    stage, [trace] = asyncio.run(work())
    assert [exchange.failure for _, exchange in trace.exchanges] == [f"the answer is not HTTP: {NOT_HTTP}"] * 3
    with pytest.raises(TargetError, match="gives no whole answer: the answer is not HTTP"):
        stage.check()


def test_a_target_that_asks_for_nothing_but_silence_is_given_up(serve, play, case, whole):
    silence = whole(b"{}", status="429 Too Many Requests", headers=("Retry-After: 86400",))
    server = serve(silence)
    with pytest.raises(TargetError, match="nothing but 429, too many requests"):
        play(server.url, case("a case", "/", "/"), limits=Limits(held_seconds=1))
    assert len(server.requests) == 1


@pytest.mark.parametrize("whole_ones", [0, 1])
def test_a_target_that_only_costs_time_is_given_up(serve, play, case, whole, journal_lines, whole_ones):
    def script(connection, request):
        good = len(server.requests) <= whole_ones
        connection.sendall(whole() if good else whole(b"", length=3 * 1024 * 1024) + b"x" * 3 * 1024 * 1024)

    server = serve(script=script)
    with pytest.raises(TargetError, match="gives no whole answer: longer than 2097152 bytes"):
        play(server.url, *[case(str(number), "/", alone=True) for number in range(60)])
    assert len(journal_lines()) == whole_ones + (32 if whole_ones else 3) + 1  # a note


def test_a_target_that_sends_too_much_now_and_then_is_not_given_up_but_that_is_told(
    serve, play, case, whole, journal_lines
):
    def script(connection, _):
        good = len(server.requests) % 2
        connection.sendall(whole() if good else whole(b"", length=3 * 1024 * 1024) + b"x" * 3 * 1024 * 1024)

    server = serve(script=script)
    play(server.url, *[case(str(number), "/", alone=True) for number in range(120)])
    notes = [line["text"] for line in journal_lines() if line["type"] == "note"]
    assert len(journal_lines()) == 121
    why = "longer than 2097152 bytes; the rest was not read"
    assert notes == [f"answers are not judged, since they can't be read to their end: {why}"]


@pytest.fixture
def gate(whole):
    """Answers when so many requests are under way together, and never before; it tells how many connections it had."""

    def made(number):
        barrier = threading.Barrier(number)

        def script(connection, _):
            barrier.wait(timeout=8)
            connection.sendall(whole())

        return script

    return made


@pytest.mark.parametrize("number", [2, 8, 24])
def test_copies_have_a_connection_each_however_many(serve, play, case, gate, number):
    server = serve(script=gate(number))
    [trace] = play(server.url, case("a race", "/race", copies=number))
    assert [exchange.response.status for _, exchange in trace.exchanges] == [200] * number
    assert server.connections == number


def test_connections_of_a_race_are_used_again(serve, play, case, whole):
    server = serve(whole())
    play(server.url, case("a race", "/race", "/after", copies=4), case("single", "/"))
    assert server.connections <= 5
    assert len(server.requests) == 9


def test_steps_beside_one_another_go_at_the_same_moment_and_are_counted_on(serve, play, case, gate):
    server = serve(script=gate(3))
    story = case("a race", "/a", "/b", "/c")
    first, *others = story.steps
    [trace] = play(server.url, replace(story, steps=(first, *(replace(step, beside=True) for step in others))))
    assert [exchange.step for _, exchange in trace.exchanges] == ["/a#0", "/b#1", "/c#2"]


def test_what_is_late_goes_so_much_later(serve, play, case, whole):
    server = serve(whole())
    story = case("a race", "/race", copies=3)
    [step] = story.steps
    [trace] = play(server.url, replace(story, steps=(replace(step, late=(0.0, 0.1, 0.05)),)))
    first, last, middle = (exchange.started for _, exchange in trace.exchanges)
    assert middle - first >= 0.04
    assert last - first >= 0.09
    assert last >= middle


def test_the_rest_of_a_series_is_spared_once_one_showed_enough(serve, play, case, whole):
    server = serve(whole())
    rounds = [
        replace(case(str(number), f"/{number}", alone=True), series="race", enough=lambda trace: trace.case.id == "1")
        for number in range(4)
    ]
    other = replace(case("other", "/other", alone=True), series="another")
    traces = play(server.url, *rounds, other)
    assert targets(server) == ["/0", "/1", "/other"]
    assert [bool(trace.spared) for trace in traces] == [False, False, True, True, False]


def test_a_request_that_cannot_be_written_down_holds_up_none_beside_it(serve, play, case, whole):
    server = serve(whole())
    story = case("a race", "/a", "/b", "/c")
    first, second, third = story.steps
    broken = replace(second, make=lambda _: Request(method="GET", target="/b\n"), beside=True)
    [trace] = play(server.url, replace(story, steps=(first, broken, replace(third, beside=True))))
    assert [exchange.response is not None for _, exchange in trace.exchanges] == [True, False, True]


def test_where_nobody_listens_a_race_ends_the_run(play, case):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TargetError, match="no connection: Connection refused"):
        play(url, case("a race", "/race", copies=3))


def with_a_pause(story, seconds, **about):
    first, *rest = story.steps
    return replace(story, steps=(first, *(replace(step, pause=lambda _: seconds) for step in rest)), **about)


def test_what_has_begun_rests_while_others_are_played(serve, play, case, whole):
    server = serve(whole())
    waiting = with_a_pause(case("waiting", "/first", "/last"), 0.3, patient=True)
    others = [case(str(number), f"/{number}", alone=number > 1) for number in range(4)]
    *_, trace = play(server.url, *others, waiting, begun=[waiting])
    assert [exchange.step for _, exchange in trace.exchanges] == ["/first", "/last"]
    assert targets(server) == ["/first", *sorted(targets(server)[1:5]), "/last"]


def test_what_goes_on_after_its_pause_meets_nobody_who_must_be_alone(serve, play, case, slow):
    server = serve(script=slow)
    waiting = [with_a_pause(case(f"waiting {number}", "/a", "/b"), 0.03, patient=True) for number in range(3)]
    play(server.url, *[case(str(number), "/c", "/d", alone=True) for number in range(6)], *waiting, begun=waiting)
    assert len(server.requests) == 18
    assert server.most_under_way == 1


def test_what_has_begun_is_paid_beforehand_and_gives_back_what_it_did_not_send(serve, play, case, whole):
    server = serve(whole())
    story = case("waiting", "/a", "/b", "/c", patient=True)
    waiting = replace(story, steps=(story.steps[0], replace(story.steps[1], make=lambda _: None), story.steps[2]))
    with pytest.raises(BudgetSpentError):
        play(server.url, case("other", "/d", "/e"), waiting, begun=[waiting], budget=4)
    server.requests.clear()
    play(server.url, waiting, case("other", "/d", "/e"), begun=[waiting], budget=5)
    assert targets(server) == ["/a", "/d", "/e"]


@pytest.mark.parametrize(("patient", "sent"), [(True, ["/a", "/b"]), (False, ["/a", "/b", "/a", "/b"])])
def test_a_pause_that_others_made_too_long_is_made_again_by_who_is_not_patient(
    serve, play, case, whole, patient, sent
):
    def script(connection, request):
        if request.split()[1] == b"/long":
            time.sleep(0.6)
        connection.sendall(whole())

    server = serve(script=script)
    waiting = with_a_pause(case("waiting", "/a", "/b"), 0.01, patient=patient)
    *_, trace = play(server.url, case("other", "/long", alone=True), waiting, begun=[waiting])
    assert [target for target in targets(server) if target != "/long"] == sent
    assert len(trace.exchanges) == 2


def test_what_rests_or_waits_for_its_turn_ends_in_silence_with_the_run(serve, play, case, whole, caplog):
    def script(connection, request):
        if request.split()[1] == b"/long":
            time.sleep(0.6)
        connection.sendall(whole())

    waiting = [
        with_a_pause(case(f"waiting {number}", "/a", "/b"), seconds, patient=True)
        for number, seconds in enumerate((0.3, 0.3, 60))
    ]
    play(serve(script=script).url, case("last", "/long", alone=True), begun=waiting)
    assert not caplog.records


def test_what_has_begun_ends_with_a_target_that_is_given_up(serve, play, case, whole):
    def script(connection, request):
        if request.split()[1] != b"/a":
            time.sleep(1)
        connection.sendall(whole())

    server = serve(script=script)
    waiting = with_a_pause(case("waiting", "/a", "/b"), 30, patient=True)
    hanging = case("hanging", *[f"/{number}" for number in range(9)])
    with pytest.raises(TargetError, match="hangs"):
        play(server.url, hanging, waiting, begun=[waiting], limits=Limits(seconds=0.2))
    assert targets(server)[0] == "/a"
    assert "/b" not in targets(server)
