"""The command line."""

from __future__ import annotations

import pytest

from errorcontract.errors import HarnessError
from errorcontract.lists import LISTS
from errorcontract.reporting import LANGUAGES
from errorcontract.reporting.ci import CHOICES
from errorcontract.reporting.text import printed

OWN = (
    *("target", "contract", "openapi", "data", "header", "budget", "rate"),
    *("fault", "choice", "baseline", "traffic", "client"),
)
"""Options that, when given, ask for a run of the suites."""

_CHOOSE = ("keyword", "markexpr", "deselect", "ignore", "ignore_glob", "lf", "stepwise", "ec_traffic", "ec_client")
_SINGLE = "errorcontract.suites."
_FAULT = "plant this defect in the embedded reference API, to see how it is found (--list-faults)"
_BASELINE = "findings accepted in this file do not fail the run; errorcontract baseline keeps the file"

VALUED = tuple(f"--{name}" for name in ("contract", "openapi", "baseline", "traffic", "report-dir"))
"""Options whose value may be a file or a folder."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options under a heading of their own."""
    group = parser.getgroup("errorcontract", "error contracts: whether an API keeps its promises about errors")
    _what(group)
    _how(group)
    _told(group)
    _verdict(group)
    for name, (_, what) in LISTS.items():
        group.addoption(f"--list-{name}", action="store_true", dest=f"ec_list_{name}", help=f"print {what}, and exit")


def _what(group: pytest.OptionGroup) -> None:
    add = group.addoption
    add(
        "--target",
        metavar="URL",
        dest="ec_target",
        help="base URL of the system to test; credentials come from the environment: from the variable that the "
        "contract names, or ERRORCONTRACT_TOKEN. Without it the embedded reference API is tested, which needs none",
    )
    add(
        "--contract",
        metavar="NAME|DIR",
        action="append",
        default=[],
        dest="ec_contract",
        help="the contract to hold the target to: a bundled name (--list-contracts) or a folder; repeatable without "
        "--target; default: all bundled ones",
    )
    add(
        "--openapi",
        metavar="FILE|URL",
        dest="ec_openapi",
        help="use this OpenAPI document instead of the contract's own",
    )
    add(
        "--traffic",
        metavar="FILE",
        dest="ec_traffic",
        help="judge the exchanges of this HAR file and send nothing; with --target only those with that base URL",
    )
    add(
        "--client",
        metavar="COMMAND",
        dest="ec_client",
        help="audit a client program: COMMAND is run against answers by script, once for each case; {url} in it "
        "becomes the base URL, which the environment variable ERRORCONTRACT_URL holds too",
    )
    add(
        "--data",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="ec_data",
        help="override a value of the contract's known data by one that your system knows, such as phone=0770000000; "
        "repeatable",
    )
    add(
        "--header",
        metavar="'NAME: VALUE'",
        action="append",
        default=[],
        dest="ec_header",
        help="send this header with every request; the value env:VAR is read from the environment; repeatable",
    )
    add("--fault", metavar="NAME", dest="ec_fault", help=_FAULT)
    add(
        "--choice",
        metavar="NAME",
        action="append",
        default=[],
        dest="ec_choice",
        help="have the embedded reference API answer in another way that the documents allow (--list-choices); "
        "repeatable",
    )


def _how(group: pytest.OptionGroup) -> None:
    add = group.addoption
    add(
        "--budget",
        metavar="N",
        dest="ec_budget",
        help="send at most N requests for each contract, those that tell most first",
    )
    add(
        "--rate",
        metavar="N/second|minute",
        dest="ec_rate",
        help="send at most that fast; default: the contract's documented limit, on this machine none",
    )
    add(
        "--request-timeout",
        metavar="SECONDS",
        dest="ec_request_timeout",
        help="wait at most that long for an answer (default: 30), and four times as long for a target that went away",
    )
    add(
        "--report-dir",
        metavar="DIR",
        default="reports",
        dest="ec_report_dir",
        help="where the reports go (default: %(default)s)",
    )


def _told(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--ci",
        choices=CHOICES,
        default="auto",
        dest="ec_ci",
        help="tell this CI server what came out in its own words; auto: the one that runs this (default: %(default)s)",
    )
    group.addoption(
        "--report-language",
        choices=LANGUAGES,
        default="en",
        dest="ec_report_language",
        help="the language of report.html and summary.md; findings stay in English (default: %(default)s)",
    )


def _verdict(group: pytest.OptionGroup) -> None:
    add = group.addoption
    add("--baseline", metavar="FILE", dest="ec_baseline", help=_BASELINE)
    add(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        dest="ec_fail_on",
        help="the lowest severity that fails the run (default: %(default)s)",
    )


def asked(config: pytest.Config) -> bool:
    """Whether an option of ours was given."""
    return any(config.getoption(f"ec_{name}") not in (None, []) for name in OWN)


def whole(config: pytest.Config) -> bool:
    """Whether the session was to ask every question: no choice by name, mark or file, and no recorded traffic."""
    chosen = any(config.getoption(name, None) for name in _CHOOSE)
    named = [str(argument) for argument in config.args]
    return not chosen and not any("::" in name or name.endswith(".py") or name.startswith(_SINGLE) for name in named)


def file_of(source: str | None) -> str | None:
    """What names a file; a URL may hold a secret, and does not stand in any report."""
    return None if source is None or "://" in source else source


def as_usage(problem: HarnessError) -> pytest.UsageError:
    """A harness error as pytest prints it, with exit code 4."""
    return pytest.UsageError(printed(str(problem)))
