"""From settings to a service that serves: the address, then this process or several."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from functools import partial

from assembler import __version__
from assembler.delivery.service.counters import SharedCounters
from assembler.delivery.service.keys import Keys, KeysFileError
from assembler.delivery.service.metrics import Metrics
from assembler.delivery.service.openapi import description
from assembler.delivery.service.served import ServedLibrary
from assembler.delivery.service.server import ServiceServer
from assembler.delivery.service.settings import ServiceSettings
from assembler.delivery.service.state import ServiceState
from assembler.delivery.service.workers import Workers
from assembler.errors import LibraryError

_log = logging.getLogger(__name__)

_UNREADABLE = 2
"""The exit code of a process that cannot begin."""


def serve(settings: ServiceSettings, listening: Callable[[str], object]) -> None:
    """Serve until a signal ends it, and tell the address once something listens there.

    Raises `LibraryError` and `KeysFileError` where a file is not in order, and `OSError` where the address is taken.
    """
    _begin_logging()
    if settings.workers > 1:
        ServedLibrary.open(settings.library)
        if settings.keys is not None:
            Keys.open(settings.keys)
        with _listener(settings) as listener:
            listening(_address(listener))
            Workers(settings, work, listener).run()
    else:
        state = _state(settings, SharedCounters(1), 0)
        with _listener(settings) as listener:
            listening(_address(listener))
            ServiceServer(state).run([listener])


def work(settings: ServiceSettings, counters: SharedCounters, number: int, listener: socket.socket) -> None:
    """Serve as one process of several."""
    _begin_logging()
    try:
        state = _state(settings, counters, number)
    except (LibraryError, KeysFileError) as error:
        _log.error("%s", error)
        sys.exit(_UNREADABLE)
    ServiceServer(state).run([listener])


def _state(settings: ServiceSettings, counters: SharedCounters, number: int) -> ServiceState:
    describe = partial(description, version=__version__, with_keys=settings.keys is not None)
    return ServiceState(settings, Metrics(counters.of(number)), describe)


def _begin_logging() -> None:
    """Say what happens in lines on standard error, which whoever runs the service dates and keeps."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)


def _listener(settings: ServiceSettings) -> socket.socket:
    """What listens at an address: of those that a name stands for, the first of IPv4, which every client can reach."""
    addresses = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = min(addresses, key=lambda one: one[0] is not socket.AF_INET)
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
