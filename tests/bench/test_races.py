import races
from errorcontract.fixtures.reference_api import CONTRACTS, load


def test_faults_that_show_when_requests_meet_are_known_by_their_names():
    meeting = [fault.name for name in CONTRACTS for fault in load(name).faults if races.is_race(fault.name)]
    assert len(meeting) >= 12
    assert not races.is_race("stack-trace-in-message")


def test_every_family_about_references_and_money_is_asked_one_of_them_first():
    asked = [question.family for question in races._questions("oneclickdz", "money")]
    assert asked[0] == "money"
    assert asked[-1] == "overdraft"
    assert {"races", "references"} <= set(asked)


def test_the_table_tells_faults_and_conforming_apis():
    rows = [
        races.Row("oneclickdz", "fault", "duplicate-race", runs=20, right=19, loaded=10, requests=400),
        races.Row("depth", "conforming", "-", runs=50, right=50, loaded=25, requests=1),
        races.Row("depth", "choice", "deleted-204", runs=2, right=2, loaded=1, requests=1),
    ]
    told = races.table(rows)
    assert "| oneclickdz | `duplicate-race` | duplicate-race | 19 | 20 | 10 | 20 |" in told
    assert "| depth | conforming | as it is | 50 | 50 | 25 |" in told
    assert "| depth | choice | each of 1 legal choices | 2 | 2 | 1 |" in told
