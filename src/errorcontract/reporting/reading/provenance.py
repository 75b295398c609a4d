"""Where a run comes from: the program that made it, and what it was told."""

from __future__ import annotations

from errorcontract.reporting.reading.tolerant import Line, maybe, members, severity, texts, words
from errorcontract.reporting.result import Provenance, Tool


def tool_of(line: Line) -> Tool:
    """The program that made the run, out of its `run` line."""
    named = members(line.get("tool"))
    return Tool(name=words(named.get("name")) or "errorcontract", version=words(named.get("version")))


def provenance(line: Line) -> Provenance:
    """Where the result comes from, out of a `run` line."""
    contract = members(line.get("contract"))
    return Provenance(
        title=words(line.get("title") or contract.get("title")),
        digest=words(contract.get("digest")),
        folder=words(contract.get("folder")),
        target=words(line.get("target")),
        embedded=bool(line.get("embedded")),
        fault=maybe(line.get("fault")),
        choices=texts(line.get("choices")),
        seed=line.get("seed"),
        budget=line.get("budget"),
        rate=maybe(line.get("rate")),
        fail_on=severity(line.get("fail_on", "error")),
        command=words(line.get("command")),
        python=words(line.get("python")),
        platform=words(line.get("platform")),
        commit=maybe(line.get("commit")),
        repository=maybe(line.get("repository")),
        document=words(contract.get("document")),
        whole=bool(line.get("whole")),
        versions={words(name): words(version) for name, version in members(line.get("versions")).items()},
    )
