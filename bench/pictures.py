"""The pictures of a report in docs/images, taken of real runs in headless Chromium: `python bench/pictures.py`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from errorcontract.cli import main as errorcontract

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from chromium import MISSING, find_chromium  # noqa: E402 - beside the tests that use it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: of which run, in which language, on what screen. `start`: the element that it begins with."""

    name: str
    contract: str
    fault: str
    language: str = "en"
    scheme: str = "light"
    width: int = 1280
    height: int = 1480
    start: str = "body"


PICTURES = (
    Picture(name="report", contract="oneclickdz", fault="negative-amount-accepted"),
    Picture(name="report-dark", contract="oneclickdz", fault="negative-amount-accepted", scheme="dark"),
    Picture(name="report-arabic", contract="depth", fault="english-in-arabic", language="ar"),
    Picture(
        name="report-phone", contract="depth", fault="english-in-arabic", width=390, height=1180, start=".findings"
    ),
)


def page_of(picture: Picture, folder: Path) -> Path:
    """The page of a run with that fault. Both languages of a run come from one journal."""
    place = folder / f"{picture.contract}-{picture.fault}"
    if not place.is_dir():
        place.mkdir()
        asked = ["--contract", picture.contract, "--fault", picture.fault]
        command = [sys.executable, "-m", "pytest", *asked]
        subprocess.run(command, cwd=place, check=False, stdout=subprocess.DEVNULL)
    told = folder / picture.name
    journal = place / "reports" / "journal.ndjson"
    errorcontract(["report", str(journal), "--report-dir", str(told), "--report-language", picture.language])
    return told / "report.html"


def take(browser: Browser, picture: Picture, page: Path) -> None:
    """Write the picture of a page."""
    screen = {"width": picture.width, "height": picture.height}
    window = browser.new_context(viewport=screen, color_scheme=picture.scheme).new_page()
    window.goto(page.as_uri())
    window.locator(picture.start).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 8)")
    window.screenshot(path=IMAGES / f"{picture.name}.png")


def main() -> None:
    """Take all pictures."""
    program = find_chromium()
    if program is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, picture, page_of(picture, Path(folder)))
            print(f"docs/images/{picture.name}.png")
        browser.close()


if __name__ == "__main__":
    main()
