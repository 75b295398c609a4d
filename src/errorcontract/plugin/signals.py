"""Being told to stop is no reason to lose the reports: it ends the run as Ctrl-C does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")


def heed(tell: Callable[[str], None]) -> None:
    """From now on, end the run when told to. `tell` is given the reason; what ignores a signal keeps ignoring it."""
    if threading.current_thread() is not threading.main_thread():
        return
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]

    def stop(number: int, frame: FrameType | None) -> None:
        for one in ours:
            signal.signal(one, signal.SIG_IGN)  # whoever tells it twice waits for the reports, or kills
        tell(f"ended by {signal.Signals(number).name}")
        interrupt = signal.getsignal(signal.SIGINT)
        if callable(interrupt):
            interrupt(signal.SIGINT, frame)
        else:
            raise KeyboardInterrupt

    for number in ours:
        signal.signal(number, stop)
