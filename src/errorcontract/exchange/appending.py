"""A file that lines are added to: each is there whole, or known not to be. A full disk still has room for the last."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

RESERVED_BYTES = 2 * 1024 * 1024


class Appending:
    """Adds lines. Several processes may share a file: each line is a single write.

    A file without a name holds some room of the disk. When the disk is full, that room is what findings are written in.
    `trouble` is why a line could not be written at first, and so why nothing more should be sent.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises OSError where it can't be, or where the disk is full already."""
        self._reserve: int | None = reserve(path.parent)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._torn = False
        self.trouble: str | None = None

    def add(self, line: bytes, *, durable: bool = False) -> bool:
        """Add a line; whether it is there now. `durable`: it outlives a loss of power too."""
        data = b"\n" * self._torn + line + b"\n"
        while data:
            try:
                data = data[os.write(self._file, data) :]
            except OSError as problem:
                self.trouble, self._torn = problem.strerror or type(problem).__name__, True
                if not self._give_way():
                    return False
        self._torn = False
        if durable:
            with suppress(OSError):  # there are files that need none
                os.fsync(self._file)
        return True

    def _give_way(self) -> bool:
        """Make room; whether there was some to make."""
        if self._reserve is None:
            return False
        os.close(self._reserve)
        self._reserve = None
        return True

    def close(self) -> None:
        """Give file and room back."""
        self._give_way()
        os.close(self._file)


def reserve(folder: Path) -> int:
    """The descriptor of a file without a name that holds some room; it goes with the process. Raises OSError."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".room-")
    try:
        Path(name).unlink()
        data = memoryview(os.urandom(RESERVED_BYTES))  # some file systems store zeros in no room at all
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
