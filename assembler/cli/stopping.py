"""What goes on until somebody stops it."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

_STOPS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def until_stopped() -> Iterator[None]:
    """Let Ctrl-C, and whoever ends processes, end what is done here, quietly.

    Also where a shell has started this process in the background, to which it hands an interrupt that is ignored.
    """
    before = [signal.signal(number, signal.default_int_handler) for number in _STOPS]
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in zip(_STOPS, before, strict=True):
            signal.signal(number, handler)
