"""The repository that a run is started in."""

from __future__ import annotations

import subprocess

import pytest

from errorcontract.run import repository


@pytest.fixture
def clone(tmp_path, monkeypatch):
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    git("init", "-q")
    git("remote", "add", "origin", "https://me:s3cret@example.com/shop.git?token=s3cret")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https://example.com/team/shop.git", "https://example.com/team/shop.git"),
        ("https://me:s3cret@example.com:8443/shop?key=s3cret#s3cret", "https://example.com:8443/shop"),
        ("git@example.com:team/shop.git", "ssh://example.com/team/shop.git"),
        ("example.com:team/shop.git", "ssh://example.com/team/shop.git"),
        ("ssh://git:s3cret@example.com/shop", "ssh://example.com/shop"),
        ("/srv/git/shop.git", None),
        ("file:///srv/git/shop.git", None),
        ("https://[broken/shop", None),
    ],
)
def test_an_address_is_told_without_credentials(written, told):
    assert repository.without_credentials(written) == told


def test_the_address_is_that_of_origin(clone):
    assert repository.address() == "https://example.com/shop.git"


def test_a_file_of_the_repository_is_told_by_its_path_there(clone, monkeypatch):
    (clone / "apis" / "deep").mkdir(parents=True)
    monkeypatch.chdir(clone / "apis" / "deep")
    assert repository.place_of(clone / "apis" / "openapi.yaml") == "apis/openapi.yaml"


def test_a_file_elsewhere_is_told_without_the_folders_of_the_machine(clone):
    far = clone.parent / "far" / "contracts" / "shop" / "openapi.yaml"
    assert repository.place_of(far) == "contracts/shop/openapi.yaml"


def test_outside_of_a_repository_there_is_no_commit_and_no_address(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert (repository.commit(), repository.address()) == (None, None)
    assert repository.place_of(tmp_path / "api" / "openapi.yaml") == "api/openapi.yaml"
