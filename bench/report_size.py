"""How large the page of a very large run is, what it takes to make it, and how soon it opens in Chromium.

    python bench/report_size.py                                    100,000 exchanges and 5,000 findings
    python bench/report_size.py --exchanges 1000 --findings 50     a quick look

The journal is written by the class that writes those of real runs; what stands in it is made up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from errorcontract.exchange import Journal, Mask
from errorcontract.rules import all_rules

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from chromium import MISSING, find_chromium  # noqa: E402 - beside the tests that use it too

OPERATIONS = [
    f"{verb}{thing}"
    for thing in ("Order", "Card", "Plan", "Account", "Line")
    for verb in ("get", "list", "send", "drop")
]
CODES = [f"ERR_{number:02}" for number in range(60)]
RULES = [rule.id for rule in all_rules()]
STATUSES = (200, 400, 400, 400, 401, 403, 404, 422, 429, 500)
MAKE = (
    "import sys, resource; from pathlib import Path; from errorcontract.reporting import read_report, whole_page\n"
    "Path(sys.argv[2]).write_text(whole_page(read_report(Path(sys.argv[1]))), 'utf-8')\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def request(number: int) -> dict[str, Any]:
    """A request with a body of some hundred bytes, in part Arabic."""
    body = {
        "plan": "PREPAID",
        "number": f"0778{number:06}",
        "amount": number % 900 - 100,
        "ref": f"order-{number}",
        "note": "طلب شحن رصيد " * 4,
    }
    headers = [
        ["Content-Type", "application/json"],
        ["X-Access-Token", "${ERRORCONTRACT_TOKEN}"],
        ["Accept", "application/json"],
    ]
    return {
        "method": "POST",
        "url": f"http://127.0.0.1:8080/v3/things/{number % 97}",
        "headers": headers,
        "body": json.dumps(body, ensure_ascii=False),
        "base64": False,
    }


def response(number: int) -> dict[str, Any]:
    """An answer in an envelope, of about a kilobyte."""
    status = STATUSES[number % len(STATUSES)]
    error = {
        "code": CODES[number % len(CODES)],
        "message": "The amount <b>must</b> be positive; المبلغ يجب أن يكون موجبا",
        "details": {"items": [{"field": f"f{one}", "reason": "out of range"} for one in range(12)]},
    }
    body = {"success": status == STATUSES[0], "error": error, "requestId": f"req_{number:012}"}
    headers = [
        ["content-type", "application/json; charset=utf-8"],
        ["x-request-id", f"req_{number:012}"],
        ["date", "Sun, 22 Nov 2026 02:00:00 GMT"],
    ]
    return {
        "status": status,
        "reason": "",
        "headers": headers,
        "body": json.dumps(body, ensure_ascii=False),
        "base64": False,
        "cut": None,
    }


def exchange(number: int) -> dict[str, Any]:
    """An exchange as the journal keeps it."""
    about = {
        "family": "fields",
        "operation": OPERATIONS[number % len(OPERATIONS)],
        "cause": "invalid-amount",
        "case": f"fields-{number}",
        "step": "send",
    }
    return about | {
        "number": number,
        "request": request(number),
        "response": response(number),
        "failure": None,
        "started": 1795312800 + number / 100,
        "seconds": 0.001 + number % 50 / 1000,
    }


def finding(number: int, at: int) -> dict[str, Any]:
    """A finding, shown by the exchange `at`, with the one before it as its story."""
    one = exchange(at)
    return {
        "id": f"{RULES[number % len(RULES)]}-{number:010x}",
        "rule": RULES[number % len(RULES)],
        "severity": "warning" if number % 5 == 0 else "error",
        "operation": one["operation"],
        "cause": "invalid-amount",
        "code": CODES[number % 60],
        "status": one["response"]["status"],
        "field": "amount",
        "summary": f"invalid-amount is accepted: amount {number} (negative)",
        "expected": "a refusal with ERR_VALIDATION and status 400",
        "observed": f"status {one['response']['status']} with {CODES[number % 60]}",
        "provenance": {"kind": "documented", "source": "send page, amount within the bounds of the plan"},
        "curl": "curl -sS -i -X POST -H 'Content-Type: application/json' --data-binary '"
        + one["request"]["body"]
        + "' "
        + one["request"]["url"],
        "question": f"suites/test_fields.py::test_fields_are_checked[big-{one['operation']}]",
        "accepted": None,
        "variants": ["negative"],
        "exchanges": [at - 1, at],
        "evidence": at,
        "story": [exchange(at - 1), one],
    }


def header() -> dict[str, Any]:
    """The first line of the run."""
    return {
        "schema": 1,
        "tool": {"name": "errorcontract", "version": "0"},
        "title": "A very large run",
        "target": "http://127.0.0.1:8080/v3",
        "embedded": False,
        "fault": None,
        "choices": [],
        "contract": {"name": "big", "title": "A very large run", "digest": "0" * 16, "folder": "big"},
        "started": "2026-11-22T02:00:00.000Z",
        "seed": 0,
        "budget": None,
        "rate": None,
        "command": "pytest --contract ./big",
        "python": "3.11",
        "platform": "Linux",
        "commit": None,
        "versions": {},
        "left_out": {},
        "causes": [],
        "rules": [{"id": rule.id, "group": rule.group, "title": rule.title} for rule in all_rules()],
        "codes": [
            {
                "code": code,
                "statuses": [400],
                "retry": "never",
                "provenance": "documented",
                "source": "codes page",
                "provokable": True,
                "why_not": None,
                "message": None,
            }
            for code in CODES
        ],
        "operations": [{"id": one, "method": "POST", "path": f"/v3/{one}"} for one in OPERATIONS],
    }


def tally(operation: str, requests: int) -> dict[str, Any]:
    """What one question counted."""
    return {
        "question": f"suites/test_fields.py::test_fields_are_checked[big-{operation}]",
        "family": "fields",
        "operation": operation,
        "requests": requests,
        "seconds": requests / 1000,
        "rules": {rule: [requests, 3] for rule in RULES},
        "operations": {operation: {"requests": requests, "accepted": 0, "rejected": requests}},
        "statuses": {"400": requests},
        "codes": {code: {"400": requests // len(CODES)} for code in CODES},
        "causes": {},
        "unsent": [],
        "notes": [],
    }


def write(path: Path, exchanges: int, findings: int) -> None:
    """A journal of that many exchanges and findings."""
    journal = Journal(path, "big", Mask([]))
    journal.write("run", header())
    every = max(exchanges // max(findings, 1), 1)
    told = 0
    for number in range(1, exchanges + 1):
        journal.write("exchange", exchange(number))
        if number % every == 0 and told < findings:
            journal.write("finding", finding(told, number))
            told += 1
    for operation in OPERATIONS:
        journal.write("tally", tally(operation, exchanges // len(OPERATIONS)))
    journal.write("end", {"finished": "2026-11-22T03:00:00.000Z", "seconds": 3600.0, "complete": True, "why": None})
    journal.close()


def make(journal: Path, page: Path) -> Mapping[str, float]:
    """Read the journal and write the page, in a process of its own: seconds and largest resident memory."""
    clock = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(journal), str(page)], check=True, capture_output=True, text=True
    )
    return {"seconds": time.perf_counter() - clock, "peak_mib": int(done.stdout) / 1024}


def opened(page: Path, times: int) -> list[float]:
    """Seconds from the address to the page laid out and painted, each time in a new window."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        seconds = []
        for _ in range(times):
            window = browser.new_page()
            clock = time.perf_counter()
            window.goto(page.as_uri(), wait_until="load")
            window.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            seconds.append(time.perf_counter() - clock)
            window.close()
        browser.close()
    return seconds


def main() -> None:
    """Make it, measure it, print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exchanges", type=int, default=100_000)
    parser.add_argument("--findings", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=5, help="how often the page is opened")
    parser.add_argument("--out", type=Path, help="folder to keep journal and page in")
    given = parser.parse_args()
    if find_chromium() is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        journal, page = folder / "journal.ndjson", folder / "report.html"
        journal.unlink(missing_ok=True)
        write(journal, given.exchanges, given.findings)
        made = make(journal, page)
        seconds = opened(page, given.times)
        print(f"journal: {given.exchanges:,} exchanges, {given.findings:,} findings, {journal.stat().st_size:,} bytes")
        print(f"report.html: {page.stat().st_size:,} bytes")
        print(f"made in {made['seconds']:.1f} s with at most {made['peak_mib']:.0f} MiB")
        print(f"opens in {statistics.median(seconds):.2f} s (median of {len(seconds)}), at most {max(seconds):.2f} s")


if __name__ == "__main__":
    main()
