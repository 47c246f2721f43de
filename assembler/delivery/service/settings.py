"""What `assembler serve` is told: where it listens, whom it lets in, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from assembler.delivery.recording import RecordExposure


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLimits:
    """How much one process takes, and for how long it waits.

    `max_body` is the bytes of a body, `max_head` those of a request's line and headers, `max_connections` how many
    connections there may be at once. Times are in seconds: for a request's head, for its body, between two requests of
    a connection (`idle`), for a client to take what ends its connection (`linger`), and, after SIGTERM, for going on
    (`drain`) and for what is still being answered then (`finish`).
    """

    max_body: int = 64_000
    max_head: int = 16_384
    max_connections: int = 1_000
    header_timeout: float = 5.0
    body_timeout: float = 5.0
    idle: float = 75.0
    linger: float = 1.0
    drain: float = 5.0
    finish: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """A library's file, where to serve it, the file of keys if there is one, and in how many processes.

    `watch` is how often files are looked at, None for only when a signal says so; `max_age` how long a cache may keep
    what is the same for everybody. Both are in seconds. `record` keeps on record what people are given; it must be such
    as can be handed to another process.
    """

    library: Path
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    keys: Path | None = None
    watch: float | None = 1.0
    max_age: float = 60.0
    record: RecordExposure | None = None
    limits: ServiceLimits = field(default_factory=ServiceLimits)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can connect."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False
