"""What each hostile behaviour of the tests costs a whole run: writes the table of docs/reliability.md.

Without arguments it measures all of them, in about ten minutes. With words it measures those whose names hold one of
them, and prints.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from reliability.hostile import BEHAVIOURS, HERE, Hostile  # noqa: E402
from reliability.nursery import Nursery, Ran, tiny  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
START, END = "<!-- measured: start -->", "<!-- measured: end -->"
SECONDS = 5
LEFT_OUT = {"leaves", "an honest answer"}
BY_HAND = {"TLS that ends in the body": "good.pem", "a certificate that has expired": "expired.pem"}
REFUSED = 4


def main(words: list[str]) -> None:
    """Measure, then write or print."""
    chosen = [name for name in BEHAVIOURS if name not in LEFT_OUT and (not words or any(one in name for one in words))]
    rows = list(measured(chosen))
    if words:
        print("\n".join(rows))
        return
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(START)
    PAGE.write_text(f"{head}{START}\n{table(rows)}\n{END}{rest.partition(END)[2]}", "utf-8")


def table(rows: list[str]) -> str:
    """The table, with what it was measured with."""
    about = f"Measured by `python bench/hostile.py` with Python {platform.python_version()} on {platform.system()}."
    return "\n".join([about, "", "| behaviour | what becomes of it | seconds | MiB |", "|---|---|--:|--:|", *rows])


def measured(names: list[str]) -> Iterator[str]:
    """A row for each behaviour, told as it comes."""
    nursery = Nursery()
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            env = {"SSL_CERT_FILE": str(HERE / BY_HAND[name])} if name in BY_HAND else {}
            with Hostile(name) as server:
                arguments = tiny(server.url, "--budget", "30", "--request-timeout", str(SECONDS))
                ran = nursery.run(Path(folder, str(number)), *arguments, env=env, after=600)
            row = f"| {name} | {outcome(ran)} | {ran.seconds:.1f} | {ran.peak:.0f} |"
            print(row, file=sys.stderr, flush=True)
            yield row
    nursery.close()


def outcome(ran: Ran) -> str:
    """What became of a run, in a few words."""
    if ran.code == REFUSED:
        why = ran.text.partition("ERROR: ")[2].splitlines()[0].partition("https://")[2].partition(" ")[2]
        return f"refused before anything is sent: {cell(why)}"
    if not (ran.folder / "findings.json").exists():
        return f"exit code {ran.code}"
    found = sorted({finding["rule"] for finding in ran.run["findings"]})
    parts = [] if ran.run["complete"] else [f"given up: {cell(ran.run['why_incomplete'])}"]
    parts += [f"findings of {', '.join(found)}"] if found else []
    told = [note for note in ran.run.get("notes", ()) if note.startswith(("bytes came", "answers are not judged"))]
    return "; ".join(parts or [f"told: {cell(told[0])}" if told else "nothing: it breaks no promise"])


def cell(text: str) -> str:
    """A text that can stand in a table."""
    return text.replace("|", r"\|").replace("\n", " ")[:160]


if __name__ == "__main__":
    main(sys.argv[1:])
