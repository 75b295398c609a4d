"""traffic.har: every exchange of the journal in the form that browsers and proxies read (HAR 1.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from harfile import Browser, Content, Creator, HarFile, PostData, Record, Request, Response, Timings

from errorcontract.model import first_header
from errorcontract.reporting.journal import read_lines
from errorcontract.reporting.reading.exchange import evidence_of
from errorcontract.reporting.reading.provenance import tool_of
from errorcontract.reporting.reading.tolerant import Line, seconds, words
from errorcontract.reporting.result import Evidence, Pairs, Sent

_VERSION = "HTTP/1.1"
_COMMENT = "Each entry's comment begins with the contract that it was sent for, and its number in the journal."
_BASE64 = "Base64 of bytes that are not UTF-8"


def write(journal_path: Path, har_path: Path) -> None:
    """Write the exchanges of a journal, one at a time."""
    with har_path.open("w", encoding="utf-8", newline="\n") as stream:
        archive = HarFile(
            stream, creator=_creator(journal_path), browser=Browser(name="none", version="-"), comment=_COMMENT
        )
        with archive:
            for line in read_lines(journal_path):
                if line is not None and line.get("type") == "exchange":
                    _add(archive, line)


def _creator(journal_path: Path) -> Creator:
    first = next((one for one in read_lines(journal_path) if one and one.get("type") == "run"), {})
    tool = tool_of(first)
    return Creator(name=tool.name, version=tool.version or "-")


def _add(archive: HarFile, line: Line) -> None:
    exchange = evidence_of(line)
    milliseconds = round(exchange.seconds * 1000, 3)
    archive.add_entry(
        startedDateTime=datetime.fromtimestamp(seconds(line.get("started")), UTC),
        time=milliseconds,
        request=_request(exchange.request),
        response=_response(exchange),
        timings=Timings(send=0, wait=milliseconds, receive=0),
        comment=_comment(line),
    )


def _comment(line: Line) -> str:
    named = ("run", "number", "family", "case", "step", "operation", "cause", "failure")
    return " | ".join(f"{name} {words(line[name])}" for name in named if line.get(name) is not None)


def _request(sent: Sent) -> Request:
    posted = (
        None
        if sent.body is None
        else PostData(
            mimeType=_media_type(sent.headers),
            text=sent.body,
            comment="; ".join(filter(None, [_BASE64 if sent.base64 else None, sent.cut])) or None,
        )
    )
    return Request(
        method=sent.method,
        url=sent.url,
        httpVersion=_VERSION,
        headers=_records(sent.headers),
        queryString=_query(sent.url),
        postData=posted,
        bodySize=_size(sent.body, base64=sent.base64),
    )


def _response(exchange: Evidence) -> Response:
    got = exchange.response
    if got is None:
        return Response(
            status=0,
            statusText="",
            httpVersion="",
            content=Content(mimeType="x-unknown"),
            comment=exchange.failure or "no answer",
        )
    size = _size(got.body, base64=got.base64)
    content = Content(
        size=size, mimeType=_media_type(got.headers), text=got.body, encoding="base64" if got.base64 else None
    )
    return Response(
        status=got.status,
        statusText=got.reason,
        httpVersion=_VERSION,
        headers=_records(got.headers),
        content=content,
        redirectURL=first_header(got.headers, "location") or "",
        bodySize=size,
        comment=got.cut,
    )


def _records(headers: Pairs) -> list[Record]:
    return [Record(name=name, value=value) for name, value in headers]


def _query(url: str) -> list[Record]:
    try:
        found = parse_qsl(urlsplit(url).query, keep_blank_values=True, errors="replace")
    except ValueError:
        return []
    return [Record(name=name, value=value) for name, value in found]


def _media_type(headers: Pairs) -> str:
    told = first_header(headers, "content-type")
    return "application/octet-stream" if told is None else told


def _size(body: str | None, *, base64: bool) -> int:
    if body is None:
        return 0
    if base64:
        return len(body) * 3 // 4 - body[-2:].count("=")
    return len(body.encode("utf-8", "surrogatepass"))
