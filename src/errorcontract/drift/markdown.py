"""The changes as a page of Markdown, for a release note or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.drift.change import CodeChange, Drift, FindingChange, Move, RunDrift
from errorcontract.drift.plain import HEADS, SHOWN, VERDICTS, counts, slowed, status_change
from errorcontract.reporting.summary_md import code, escape


def as_markdown(drift: Drift) -> str:
    """The whole comparison, what got worse in bold."""
    parts = [f"# Error contract, compared: {VERDICTS[drift.worse]}", f"From {code(drift.old)} to {code(drift.new)}."]
    parts += [f"Only in the old runs: {code(name)}" for name in drift.only_old]
    parts += [f"Only in the new runs: {code(name)}" for name in drift.only_new]
    parts += [part for run in drift.runs for part in _run(run)]
    return "\n\n".join(parts) + "\n"


def _run(run: RunDrift) -> Iterator[str]:
    yield f"## {escape(run.contract)}: {counts(run)}"
    if run.differs:
        yield "\n".join(f"> differs: {escape(text)}  " for text in run.differs)
    for fate, head in HEADS.items():
        rows = [_finding(one) for one in run.fated(fate)]
        yield from _table(head.capitalize(), "Severity | Finding | Operation | What", rows)
    for move in Move:
        yield from _table(f"Codes {move}", "Code | Status | Remark", [*map(_code, run.moved(move))])
    slower = [f"{code(one.operation)} | {slowed(one)}" for one in run.slower]
    yield from _table("Slower", "Operation | How much", slower)


def _table(title: str, head: str, rows: list[str]) -> Iterator[str]:
    if rows:
        ruler = "|".join("---" for _ in head.split("|"))
        yield f"### {title}"
        yield "\n".join([f"| {head} |", f"|{ruler}|", *(f"| {row} |" for row in rows[:SHOWN])])
    if len(rows) > SHOWN:
        yield f"and {len(rows) - SHOWN} more."


def _finding(one: FindingChange) -> str:
    told = one.finding
    remark = f" ({escape(one.remark)})" if one.remark else ""
    what = f"{escape(told.summary)}{remark}"
    return f"{told.severity} | {code(told.id)} | {code(told.operation or '')} | {f'**{what}**' if one.worse else what}"


def _code(one: CodeChange) -> str:
    remark = escape(one.remark) or "-"
    return f"{code(one.code)} | {escape(status_change(one))} | {f'**{remark}**' if one.worse else remark}"
