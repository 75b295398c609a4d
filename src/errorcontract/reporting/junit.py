"""junit.xml of a run that pytest could not write itself: a test case for each question that was put to its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Tally
from errorcontract.reporting.text import visible

_NOT_XML = re.compile("[\ufffe\uffff]")


def render(report: Report) -> str:
    """The document. A run that is incomplete has an error, which says why."""
    top = ET.Element("testsuites", name="errorcontract")
    for run in report.runs:
        _add_run(top, run)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _add_run(top: ET.Element, run: RunResult) -> None:
    failing = [one for one in run.open_findings if one.severity in run.failing]
    suite = ET.SubElement(top, "testsuite", name=_text(run.contract), timestamp=_text(run.started))
    questions = {tally.question for tally in run.tallies}
    for tally in run.tallies:
        _add_case(suite, tally.question, tally, [one for one in failing if one.question == tally.question])
    for question in dict.fromkeys(one.question for one in failing if one.question not in questions):
        _add_case(suite, question, None, [one for one in failing if one.question == question])
    if run.why_incomplete:
        ended = ET.SubElement(suite, "testcase", classname="errorcontract", name="the run is complete", time="0")
        ET.SubElement(ended, "error", message=_text(run.why_incomplete))
    failures = len(suite.findall("testcase/failure/.."))
    numbers = {"tests": len(suite), "failures": failures, "errors": int(bool(run.why_incomplete)), "skipped": 0}
    suite.attrib.update({name: str(number) for name, number in numbers.items()} | {"time": f"{run.seconds:.3f}"})


def _add_case(suite: ET.Element, question: str, tally: Tally | None, shown: Sequence[ReportedFinding]) -> None:
    place, _, name = question.rpartition("::")
    seconds = f"{tally.seconds:.3f}" if tally else "0"
    case = ET.SubElement(suite, "testcase", classname=_text(place or "errorcontract"), name=_text(name), time=seconds)
    if shown:
        message = "; ".join(f"{one.severity} {one.rule}: {one.summary}" for one in shown)
        failure = ET.SubElement(case, "failure", message=_text(message))
        failure.text = _text("\n\n".join(map(_told, shown)))


def _told(one: ReportedFinding) -> str:
    lines = {"expected": one.expected, "observed": one.observed, "id": one.id, "reproduce": one.curl}
    return "\n".join([f"{one.rule}: {one.summary}", *(f"{name:9} {text}" for name, text in lines.items())])


def _text(text: str) -> str:
    return _NOT_XML.sub("�", visible(text))
