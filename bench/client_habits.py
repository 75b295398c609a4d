"""Audits well-known HTTP clients as they come, and writes what they do into docs/clients.md.

    python bench/client_habits.py [--only NAME ...] [--work FOLDER]

Needs Node.js 20 with npm beside Python. The clients are installed below --work, and stay there.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from habits import Habits, about, habits
from habits_table import put_in, table

HERE = Path(__file__).parent
ROOT = HERE.parent
CLIENTS = HERE / "clients"
CONTRACT = "oneclickdz"
_OF_ITS_OWN = {"niquests": "requirements-niquests.txt"}
"""Clients that can't share an environment: this one replaces urllib3 by another library of that name."""


def main() -> None:
    """Install, audit, write."""
    given = _arguments()
    work: Path = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    told = [_audit(program, work) for program in programs() if not given.only or program.stem in given.only]
    print(table(told))
    if not given.only:
        document = ROOT / "docs" / "clients.md"
        document.write_text(put_in(document.read_text("utf-8"), table(told)), "utf-8")


def programs() -> Iterator[Path]:
    """The programs, one for each client and setting."""
    for folder, ending in (("python", ".py"), ("node", ".mjs")):
        yield from sorted(path for path in (CLIENTS / folder).glob(f"*_*{ending}") if not path.stem.startswith("over_"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="such as requests_default")
    parser.add_argument("--work", type=Path, default=HERE / ".clients", metavar="FOLDER", help="where clients go")
    return parser.parse_args()


def _audit(program: Path, work: Path) -> Habits:
    print(f"{program.stem} ...", flush=True)
    command = _node(program, work) if program.suffix == ".mjs" else _python(program, work)
    report = work / "reports" / program.stem
    audit = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", "errorcontract.suites"]
    audit += [f"--client={shlex.join(command)} {{url}}", f"--contract={CONTRACT}", f"--report-dir={report}"]
    done = subprocess.run(audit, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    return habits(about(program, _versions(command, program, work)), report)


def _python(program: Path, work: Path) -> list[str]:
    kind = next((name for name in _OF_ITS_OWN if program.stem.startswith(name)), "python")
    folder = work / kind
    if not folder.exists():
        venv.create(folder, with_pip=True)
        wanted = CLIENTS / "python" / _OF_ITS_OWN.get(kind, "requirements.txt")
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "-r", str(wanted)])
    return [str(folder / "bin" / "python"), "-B", str(program)]


def _node(program: Path, work: Path) -> list[str]:
    folder = work / "node"
    folder.mkdir(exist_ok=True)
    for file in (CLIENTS / "node").iterdir():
        if file.is_file():
            (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    if not (folder / "node_modules").exists():
        _run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(folder)])
    return ["node", str(folder / program.name)]


def _versions(command: Sequence[str], program: Path, work: Path) -> dict[str, str]:
    """The installed versions of what a program imports, by distribution."""
    if program.suffix == ".mjs":
        names = json.loads((CLIENTS / "node" / "package.json").read_text("utf-8"))["dependencies"]
        modules = work / "node" / "node_modules"
        return {name: json.loads((modules / name / "package.json").read_text("utf-8"))["version"] for name in names}
    listed = subprocess.run([command[0], "-m", "pip", "list", "--format=json"], capture_output=True, check=True)
    return {one["name"].lower().replace("_", "-"): one["version"] for one in json.loads(listed.stdout)}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
