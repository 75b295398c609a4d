"""Writes the tables of raw figures into a page, between its markers.

Command:
    python bench/render.py bench/results.json docs/performance.md
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tables import document

BEGIN, END = "<!-- figures: made by bench/render.py -->", "<!-- end of figures -->"


def placed(page: str, figures: str) -> str:
    """The page with the figures between its markers. Raises ValueError where a marker is missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks {BEGIN if not begin else END}")
    return f"{before}{BEGIN}\n\n{figures.strip()}\n\n{END}{after}"


def rendered(raw: dict[str, Any], page: str) -> str:
    """The page with the tables of these raw figures."""
    return placed(page, document(raw))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("figures", type=Path, help="what compare.py wrote")
    options.add_argument("page", type=Path, help="a Markdown page with the markers")
    given = options.parse_args(arguments)
    page = given.page.read_text("utf-8")
    given.page.write_text(rendered(json.loads(given.figures.read_text("utf-8")), page), "utf-8")


if __name__ == "__main__":
    main()
