"""The answer to one request, read as it comes within limits of size."""

from __future__ import annotations

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from errorcontract.exchange.framing import SWITCHING, delimited, first, has_no_body, may_lag

_HEAD_BYTES = 64 * 1024
_HEAD_LINES = 1000
_MOST_INTERIM = 50
_LEAST_STATUS = 100
_TOO_LARGE = "the answer's header section is larger than"
_CLOSED = "the connection was closed without an answer"
_CLOSED_IN_HEAD = "the connection was closed in the head of the answer"
_BROKEN = "the connection broke off"


class Incoming:
    """The answer to one request, as far as it has come. `to_head`: the request was HEAD; `most`: bytes of body."""

    __slots__ = (
        "_broken", "_bytes", "_interim", "_keep", "_lines", "_most", "_parser", "_quiet", "_size", "_to_head",
        "body", "complete", "failure", "gone", "headers", "over", "reason", "reusable", "started", "status", "surplus",
        "timed_out", "trailed",
    )  # fmt: skip

    def __init__(self, *, to_head: bool, most: int) -> None:
        self.status, self.reason, self._size = 0, b"", 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()  # parts of a byte each would take forty times as much
        self.started = self.complete = self.over = self.reusable = self.timed_out = self.surplus = False
        self.gone = self.trailed = False
        self.failure: str | None = None
        self._to_head, self._most, self._keep, self._broken = to_head, most, False, False
        self._bytes = self._lines = self._quiet = self._interim = 0
        self._parser = HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(
            lenient_headers=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )

    def feed(self, data: bytes) -> bool:
        """Take more bytes; whether it has come to its end, good or bad."""
        self._quiet += len(data)
        parser = self._parser
        try:
            parser.feed_data(data)
        except HttpParserUpgrade:
            self.reusable = False
        except HttpParserError as problem:
            self._spoilt(problem)
        self._check_size()
        if self.failure is not None:
            self.started = self.complete = self.reusable = False
        return self.complete or self.over or self._broken or self.failure is not None

    def lost(self, problem: Exception | None) -> None:
        """The connection is gone: only a body that lasts until then is whole (RFC 9112, section 6.3)."""
        self.gone = True
        if not self.started:
            closed = _CLOSED_IN_HEAD if self._quiet else _CLOSED
            self.failure = self.failure or (_BROKEN if problem else closed)
        elif problem is None and not delimited(self.headers):
            self.complete = True

    @property
    def bodiless(self) -> bool:
        """Whether it has begun and no body belongs to it."""
        return self.started and has_no_body(self.status, to_head=self._to_head)

    def forget_parser(self) -> None:
        """Untie it from its parser, which refers back to it."""
        del self._parser

    def first(self, name: bytes) -> bytes | None:
        """The first value of a header, by its name in small letters."""
        return first(self.headers, name)

    def on_message_begin(self) -> None:
        """Called by the parser: a message starts, the first, one after an interim one, or one that nobody asked for."""
        if self.complete:
            self.reusable, self.trailed = False, True
        else:
            self.reason, self.headers = b"", []

    def on_status(self, reason: bytes) -> None:
        """Called by the parser for each part of the reason."""
        if not self.started:
            self.reason += reason

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser for each header, and for each trailer, which is left out."""
        if self.complete:
            return
        self._lines += 1
        self._bytes += len(name) + len(value) + 4
        if b"\0" in value:
            self._refuse("the answer is not HTTP: NUL in a header")
        elif not self.started:
            self.headers.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        """Called by the parser. Interim answers are passed over (RFC 9110, section 15.2), save a change of protocol."""
        if self.complete:
            return
        self.status = self._parser.get_status_code()
        if self.status < _LEAST_STATUS:
            self._refuse(f"the answer is not HTTP: the status {self.status:03}")
        if self.status // 100 == 1 and self.status != SWITCHING:
            self._interim += 1
            return
        self.started = True
        self._keep = self._parser.should_keep_alive() and not may_lag(self.status, self.headers, to_head=self._to_head)
        self.complete = self._to_head or self.status == SWITCHING

    def on_body(self, data: bytes) -> None:
        """Called by the parser for each part of the body."""
        if self.complete:
            self.reusable, self.surplus = False, self.bodiless
            return
        self._quiet = 0
        self._size += len(data)
        self.body += data
        self.over = self._size > self._most

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self.started and not self.complete:
            self.complete, self.reusable = True, self._keep

    def _spoilt(self, problem: HttpParserError) -> None:
        """The rest can't be read. The parser's words are fixed texts, without anything of the target's."""
        self.reusable = False
        self.trailed = self.complete
        self._broken = self.started and not self.complete
        self.surplus = self.surplus or (self.complete and self.bodiless)
        if not self.started:
            self._refuse(f"the answer is not HTTP: {problem}")

    def _check_size(self) -> None:
        if self._interim > _MOST_INTERIM:
            self._refuse(f"the answer is not HTTP: more than {_MOST_INTERIM} interim answers")
        elif self._lines > _HEAD_LINES:
            self._refuse(f"{_TOO_LARGE} {_HEAD_LINES} lines")
        elif self._bytes > _HEAD_BYTES or (self._quiet > _HEAD_BYTES and not self.complete):
            self._refuse(f"{_TOO_LARGE} {_HEAD_BYTES} bytes")

    def _refuse(self, failure: str) -> None:
        self.failure = self.failure or failure
