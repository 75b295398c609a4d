"""Whatever moment a run is killed at, the findings that it had journalled are in the reports that are made again."""

from __future__ import annotations

import json
import random
import time

import pytest

from errorcontract.cli import main
from errorcontract.embedded import Embedded

FILES = ("report.html", "findings.json", "findings.sarif", "summary.md", "traffic.har")
SOME = ("--budget", "60", "-k", "test_bodies or test_routes or test_heads")
MOMENTS = 30
SECONDS_TO_GO = 10


@pytest.fixture(scope="module")
def other():
    """A reference API that is held to the contract of another: it breaks many promises."""
    server = Embedded("http-guide")
    yield server.url
    server.stop()


def gone(alive):
    """Whether every process of a run has ended by itself, given a while."""
    last = time.monotonic() + SECONDS_TO_GO
    while alive() and time.monotonic() < last:
        time.sleep(0.05)
    return alive()


def check(ran):
    """The reports that are made again have every finding of the journal; how many these are."""
    assert main(["report", str(ran.folder / "journal.ndjson")]) in {0, 1}
    assert all((ran.folder / name).stat().st_size for name in FILES)
    told = {one["id"] for run in ran.findings["runs"] for one in run["findings"]}
    assert told == ran.journalled
    page = (ran.folder / "report.html").read_text("utf-8")
    assert all(identity in page for identity in told)
    results = json.loads((ran.folder / "findings.sarif").read_text("utf-8"))["runs"]
    assert sum(len(one["results"]) for one in results) == len(told)
    ended = [line for line in ran.lines if line["type"] == "end"]
    assert [run["complete"] for run in ran.findings["runs"]] == [True] * len(ended) or not ended
    return len(told)


def test_no_finding_is_lost_at_thirty_moments(nursery, tmp_path, other, mark, alive, capsys):
    chance = random.Random(20261122)  # noqa: S311 - the same moments each time
    ways = (
        ("--contract", "datamanager", "--fault", "error-in-a-list", *SOME),
        ("--target", other, "--contract", "oneclickdz", *SOME),
    )
    lasting = [nursery.run(tmp_path / f"whole-{number}", *way) for number, way in enumerate(ways)]
    found = 0
    for number in range(MOMENTS):
        place = number % len(ways)
        share = chance.random()
        by_time = {"after": (0.2 + 0.8 * share) * lasting[place].seconds}
        by_progress = {"lines": 1 + int(share * len(lasting[place].lines))}
        ran = nursery.run(tmp_path / str(number), *ways[place], env=mark, **(by_progress if number % 3 else by_time))
        if (ran.folder / "journal.ndjson").exists():
            found += check(ran)
        assert gone(alive) == []
    capsys.readouterr()
    assert found > MOMENTS / 2
    assert all(check(ran) for ran in lasting)
