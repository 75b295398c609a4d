import json
from pathlib import Path

import pytest
import render
from bench_sample import RAW

ROOT = Path(__file__).resolve().parents[2]
PAGE, RESULTS = ROOT / "docs" / "performance.md", ROOT / "bench" / "results.json"


def test_the_tables_take_the_place_between_the_markers():
    page = f"before\n\n{render.BEGIN}\nold\n{render.END}\n\nafter\n"

    new = render.rendered(RAW, page)

    assert new.startswith(f"before\n\n{render.BEGIN}\n\nMeasured on 2026-01-02")
    assert new.endswith(f"\n\n{render.END}\n\nafter\n")
    assert "old" not in new
    assert render.rendered(RAW, new) == new


@pytest.mark.parametrize("page", ["nothing", render.BEGIN])
def test_a_page_without_the_markers_is_refused(page):
    with pytest.raises(ValueError, match="lacks"):
        render.rendered(RAW, page)


def test_the_page_shows_the_committed_figures_and_no_others():
    page = PAGE.read_text("utf-8")

    if RESULTS.exists():
        assert render.rendered(json.loads(RESULTS.read_text("utf-8")), page) == page
    else:
        assert not page.partition(render.BEGIN)[2].partition(render.END)[0].strip()
