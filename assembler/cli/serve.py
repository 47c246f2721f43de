"""`assembler serve`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.extras import needing
from assembler.cli.options import with_options
from assembler.cli.output import put, tell
from assembler.cli.unit_key import unit_key
from assembler.delivery.service.settings import ServiceLimits, ServiceSettings

if TYPE_CHECKING:
    from assembler.measure.exposures import ExposureRecorder

_PACKAGES = ("uvicorn", "httptools")
_EXTRA = "`assembler serve` needs the extra `serve`: pip install 'assembler[serve]'"
_SIZES = {"": 1, "kB": 1_000, "MB": 1_000_000, "KiB": 1_024, "MiB": 1_048_576}
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_amount = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)([a-zA-Z]*)", re.ASCII).fullmatch


class Size(click.ParamType[int]):
    """A number of bytes, such as 64kB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = _amount(value)
        if match is None or match[2] not in _SIZES or "." in match[1] or not int(match[1]):
            self.fail(f"{value[:80]!r} is no size, such as 64kB, 1MB or 65536", param, ctx)
        return int(match[1]) * _SIZES[match[2]]


class Seconds(click.ParamType[float | None]):
    """A span of time, such as 5s; `off` for None, where that may be."""

    name = "seconds"

    def __init__(self, *, least: float = 0.0, may_be_off: bool = False) -> None:
        self._least, self._may_be_off = least, may_be_off

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
        if not isinstance(value, str):
            return float(value)
        if value == "off" and self._may_be_off:
            return None
        match = _amount(value)
        if match is None or match[2] not in _SECONDS:
            other = ", or `off`" if self._may_be_off else ""
            self.fail(f"{value[:80]!r} is no time, such as 5s, 500ms or 1m{other}", param, ctx)
        seconds = float(match[1]) * _SECONDS[match[2]]
        if seconds < self._least:
            self.fail(f"{value!r} is too short; the least is {self._least * 1000:g}ms", param, ctx)
        return seconds


_OPTIONS = (
    click.option("--host", metavar="HOST", default="127.0.0.1", help="Where to listen. Default: 127.0.0.1."),
    click.option(
        "--port", metavar="PORT", type=click.IntRange(0, 65535), default=8080, help="0 for any free one. Default: 8080."
    ),
    click.option(
        "--workers", metavar="N", type=click.IntRange(1, 256), default=1, help="How many processes serve. Default: 1."
    ),
    click.option(
        "--keys",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Who may ask: lines `name scopes sha256-hex`; scopes are decide, explain, metrics, with commas between.",
    ),
    click.option(
        "--watch",
        metavar="TIME",
        type=Seconds(least=0.1, may_be_off=True),
        default="1s",
        help="How often to look for a new library, or `off`. Default: 1s.",
    ),
    click.option(
        "--max-age",
        metavar="TIME",
        type=Seconds(),
        default="60s",
        help="How long caches may keep what is the same for everybody. Default: 60s.",
    ),
    click.option(
        "--exposures",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="Put on record here what people are given, under pseudonyms made with ASSEMBLER_UNIT_KEY. Default: off.",
    ),
)
_LIMITS = (
    click.option(
        "--max-body",
        metavar="SIZE",
        type=Size(),
        default="64kB",
        help="The longest body of a request. Default: 64kB.",
    ),
    click.option(
        "--max-connections",
        metavar="N",
        type=click.IntRange(1, 1_000_000),
        default=1000,
        help="The most connections at once, for each process. Default: 1000.",
    ),
    click.option(
        "--header-timeout",
        metavar="TIME",
        type=Seconds(least=0.1),
        default="5s",
        help="How long a request's head may take to come. Default: 5s.",
    ),
    click.option(
        "--body-timeout",
        metavar="TIME",
        type=Seconds(least=0.1),
        default="5s",
        help="How long its body may take to come. Default: 5s.",
    ),
    click.option(
        "--drain", metavar="TIME", type=Seconds(), default="5s", help="How long to go on after SIGTERM. Default: 5s."
    ),
)


@click.command()
@click.argument("library", type=click.Path(path_type=Path))
@with_options(*_OPTIONS, *_LIMITS)
def serve(
    max_body: int,
    max_connections: int,
    header_timeout: float,
    body_timeout: float,
    drain: float,
    exposures: Path | None,
    **settings: Any,
) -> None:
    """Serve a library over HTTP, until a signal ends it.

    LIBRARY is the file that `assembler build` writes. A new one at its place is
    taken as soon as it is there, or at SIGHUP; one that is not in order leaves
    the last good one. /openapi.json says what can be asked.

    With --exposures, each variant, decision or flag that somebody is given is a
    line in a file of that folder; `assembler exposures compact` reads them.

    For engineers who run a decision service.
    """
    limits = ServiceLimits(
        max_body=max_body,
        max_connections=max_connections,
        header_timeout=header_timeout,
        body_timeout=body_timeout,
        drain=drain,
    )
    record = None if exposures is None else _recorder(exposures)
    wanted = ServiceSettings(limits=limits, record=record, **settings)
    if wanted.keys is None and not wanted.is_local:
        raise Unusable(f"--host {wanted.host} is reached from other machines: say with --keys FILE who may ask")
    try:
        with needing(*_PACKAGES, otherwise=_EXTRA):
            from assembler.delivery.service.start import serve

            serve(wanted, put)
    except (OSError, UnicodeError) as error:
        problem = getattr(error, "strerror", None) or "it is no host"
        raise Unusable(f"{wanted.host}, port {wanted.port}: {problem}; name another with --host or --port") from None
    tell("stopped")


def _recorder(folder: Path) -> ExposureRecorder:
    """What puts on record, in a folder, what people are given."""
    from assembler.measure.exposures import ExposureRecorder, Exposures

    key = unit_key("`--exposures`")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Unusable(f"{folder}: nothing can be written there")
    return ExposureRecorder(Exposures(folder.absolute()), key)
