"""A request as the answers see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from assembler.delivery.service.keys import KeyScope
from assembler.delivery.service.served import ServedLibrary
from assembler.delivery.service.state import ServiceState


class Asked(msgspec.Struct, frozen=True, gc=False):
    """What was asked of the service, and the library that answers, which is the same from first to last.

    `names` are the parts of the path that stand for something, `query` is as it was sent, and `body` is what the route
    reads of the body. `scopes` are those of the key; None where there are no keys, so that all is allowed.
    """

    state: ServiceState
    served: ServedLibrary
    names: tuple[str, ...]
    query: bytes
    headers: Mapping[bytes, bytes]
    body: Any
    scopes: frozenset[KeyScope] | None
