"""What was decided for a list of people, as people read it and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted, path_text

if TYPE_CHECKING:
    from assembler.delivery.audience import DecidedAudience

_MOST_CELLS: Final = 20
_MOST_LACKING: Final = 10
_DEFAULT: Final = ("DEFAULT", "ERROR")


def resumed_text(moment: str) -> str:
    """Return that a list goes on as of a moment."""
    return wrapped(f"the folder has a list as of {moment}, which goes on", rest="  ")


def audience_text(audience: DecidedAudience, folder: Path, max_unknown: float) -> str:
    """Return who gets what, of whom what is unknown, and whether the list may be used, in 80 columns."""
    return "\n".join(_paragraphs(audience, folder, max_unknown))


def audience_json(audience: DecidedAudience, folder: Path) -> dict[str, object]:
    """Return the same as JSON has it."""
    manifest = audience.manifest
    defaults = _defaults(audience)
    return {
        "folder": str(folder),
        "campaign": manifest.campaign,
        "channel": manifest.channel,
        "at": manifest.at,
        "library": manifest.library,
        "good": audience.is_good,
        "parts": len(manifest.parts),
        "skipped": audience.skipped,
        "rows": manifest.rows,
        "proven": sum(part.proven for part in manifest.parts),
        "arms": _named(audience.by("arm")),
        "reasons": _named(audience.by("reason")),
        "defaults": sum(defaults.values()),
        "locales": _named(audience.by("locale")),
        "cells": [
            {"segment": segment, "stage": stage, "rows": rows, "defaults": defaults.get((segment, stage), 0)}
            for (segment, stage), rows in audience.by("segment", "stage").items()
        ],
        "unknown": audience.unknown,
        "too_unknown": audience.too_unknown,
        "lacking": audience.lacking,
    }


def _paragraphs(audience: DecidedAudience, folder: Path, max_unknown: float) -> Iterator[str]:
    manifest = audience.manifest
    rows = manifest.rows
    parts = counted(len(manifest.parts), "part")
    before = f", {audience.skipped} of them written before" if audience.skipped else ""
    people = "1 person" if rows == 1 else f"{rows:,} people"
    yield wrapped(f"{people} for {manifest.campaign}/{manifest.channel} as of {manifest.at}", rest="  ")
    yield wrapped(f"  in {path_text(folder)}: {parts}{before}", rest="  ")
    if not rows:
        return
    yield "arms:"
    yield table((arm, _share(count, rows)) for arm, count in _named(audience.by("arm")).items())
    yield "reasons:"
    yield table((reason, _share(count, rows)) for reason, count in _named(audience.by("reason")).items())
    yield "segments and stages:"
    yield table(_cells(audience))
    if audience.unknown:
        yield "unknown signals:"
        yield table(_unknown(audience.unknown, rows))
    yield from _against(audience, max_unknown)


def _cells(audience: DecidedAudience) -> Iterator[Sequence[str]]:
    cells = sorted(audience.by("segment", "stage").items(), key=lambda cell: -cell[1])
    defaults = _defaults(audience)
    for (segment, stage), rows in cells[:_MOST_CELLS]:
        default = defaults.get((segment, stage), 0)
        said = f", {_share(default, rows)} the default" if default else ""
        yield segment or "none", stage or "none", f"{_share(rows, audience.manifest.rows)}{said}"
    if len(cells) > _MOST_CELLS:
        rest = sum(rows for _, rows in cells[_MOST_CELLS:])
        yield f"and {len(cells) - _MOST_CELLS} more", "", _share(rest, audience.manifest.rows)


def _unknown(unknown: Mapping[str, Mapping[str, int]], rows: int) -> Iterator[Sequence[str]]:
    for name, problems in sorted(unknown.items(), key=lambda signal: -sum(signal[1].values())):
        by_size = sorted(problems.items(), key=lambda problem: -problem[1])
        yield name, _share(sum(problems.values()), rows), ", ".join(f"{problem} {n:,}" for problem, n in by_size)


def _against(audience: DecidedAudience, max_unknown: float) -> Iterator[str]:
    """What speaks against using the list."""
    for name, share in audience.too_unknown.items():
        yield wrapped(
            f"error: {name} is unknown of {share:.1%} of the people, and rules read it; --max-unknown allows "
            f"{max_unknown:.1%}",
            rest="  ",
        )
    lacking = [*audience.lacking.items()]
    for key, count in lacking[:_MOST_LACKING]:
        yield wrapped(f"error: the export lacks {key}, which {count:,} get: export again with this library", rest="  ")
    if len(lacking) > _MOST_LACKING:
        yield f"error: the export lacks {len(lacking) - _MOST_LACKING} more"


def _defaults(audience: DecidedAudience) -> dict[tuple[str | None, ...], int]:
    """By segment and stage, how many get the default variant since nothing else fits them."""
    counts: dict[tuple[str | None, ...], int] = {}
    for (reason, *cell), rows in audience.by("reason", "segment", "stage").items():
        if reason in _DEFAULT:
            counts[tuple(cell)] = counts.get(tuple(cell), 0) + rows
    return counts


def _named(counts: Mapping[tuple[str | None, ...], int]) -> dict[str, int]:
    """Counts by one name, the largest first."""
    return {str(name): count for (name,), count in sorted(counts.items(), key=lambda counted: -counted[1])}


def _share(count: int, rows: int) -> str:
    return f"{count:,} ({count / rows:.1%})"
