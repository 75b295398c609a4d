import http.client
import json
from urllib.parse import urlsplit

import compare
import pytest
import raw_figures
import ways
from counted_api import ALL, counts_in
from processes import ROOT, reference_api

ABOUT = {"contract": "oneclickdz", "digest": "d", "versions": {}, "machine": {}}


def test_what_was_measured_is_not_measured_again(tmp_path):
    file = tmp_path / "raw.json"
    raw_figures.RawFigures(file, ABOUT).measure("part/way/1", lambda: {"requests": 3})

    again = raw_figures.RawFigures(file, ABOUT).measure("part/way/1", lambda: pytest.fail("measured again"))

    assert again == {"requests": 3}


def test_figures_of_other_code_are_refused(tmp_path):
    file = tmp_path / "raw.json"
    raw_figures.RawFigures(file, ABOUT).note(day="today")

    with pytest.raises(SystemExit, match="its digest is d, now it is e"):
        raw_figures.RawFigures(file, {**ABOUT, "digest": "e"})


def test_what_could_not_be_measured_is_left_for_the_next_run(tmp_path):
    file = tmp_path / "raw.json"
    raw = raw_figures.RawFigures(file, ABOUT)

    def fails():
        raise raw_figures.NotMeasured("it broke")

    raw.attempt("part/way/1", fails)
    raw.attempt("part/way/2", lambda: {"requests": 1})

    assert raw.failed == ["part/way/1"]
    assert list(json.loads(file.read_text())["measured"]) == ["part/way/2"]


def test_a_sample_of_the_faults_is_the_same_every_time():
    known = [f"fault-{number}" for number in range(50)]

    assert compare.chosen(known, None, 5) == compare.chosen(known, None, 5)
    assert len(compare.chosen(known, None, 5)) == 5
    assert compare.chosen(known, "fault-2, fault-1", None) == ["fault-2", "fault-1"]
    assert compare.chosen(known, None, None) == known


@pytest.mark.parametrize(
    "arguments",
    [[], ["--out", "x", "--parts", "nothing"], ["--out", "x", "--repeat", "0"], ["--out", "x", "--faults", "nothing"]],
)
def test_wrong_arguments_are_refused(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        compare.main(arguments)

    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_the_served_api_counts_what_arrives(tmp_path):
    with reference_api("oneclickdz", tmp_path) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
        connection.request("GET", "/v3/nowhere")
        status = connection.getresponse().status
        assert server.requests == 1
        assert server.by_status() == {str(status): 1}
        assert counts_in(tmp_path / "counts")[ALL] == 1


def test_the_suites_that_are_left_out_exist():
    folder = ROOT / "suites"

    assert all((folder / f"test_{name}.py").exists() for name in (*ways.GENERATED, *ways.WAITING, *ways.STATEFUL))
