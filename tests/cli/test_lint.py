"""`errorcontract lint`: says everything that is wrong with a contract."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from errorcontract.cli import main
from errorcontract.contract.rooms import room


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(room() / "oneclickdz", tmp_path / "copy"))


def test_a_sound_contract_is_said_to_be_sound(capsys):
    assert main(["lint", "oneclickdz"]) == 0
    assert capsys.readouterr().out == "oneclickdz: sound\n"


def test_without_a_name_all_bundled_contracts_are_checked(capsys):
    assert main(["lint"]) == 0
    assert "oneclickdz: sound" in capsys.readouterr().out


def test_every_problem_is_a_line_with_its_file_and_line(capsys, copy):
    manifest = copy / "contract.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    assert main(["lint", str(copy)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any("contract.yaml:" in line and "'titel'" in line and "'title'" in line for line in lines)


def test_an_unknown_name_is_wrong_usage_and_the_nearest_is_named(capsys):
    assert main(["lint", "oneclikdz"]) == 4
    assert "did you mean 'oneclickdz'" in capsys.readouterr().err
