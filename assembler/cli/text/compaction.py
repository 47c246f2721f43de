"""What came of compacting exposures, in 80 columns and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import first_of, path_text

if TYPE_CHECKING:
    from assembler.measure.compaction import Compaction
    from assembler.measure.compaction.compacting import ArmCount, VersionCount

_HEAD = ("", "experiment", "fallback", "outside", "")
_MOST_FILES = 5


def compaction_json(compaction: Compaction) -> dict[str, Any]:
    """Return it as JSON has it."""
    return {
        "folder": str(compaction.folder),
        "days": list(compaction.days),
        "lines": msgspec.to_builtins(compaction.lines),
        "audiences": compaction.audiences,
        "nobody": compaction.nobody,
        "versions": [
            {
                "experiment_id": version.experiment_id,
                "experiment_version": version.experiment_version,
                "people": version.people,
                "two_arms": version.two_arms,
                "unhealthy": version.is_unhealthy,
            }
            for version in compaction.versions
        ],
        "arms": [msgspec.to_builtins(arm) for arm in compaction.arms],
    }


def compaction_text(compaction: Compaction) -> str:
    """Return it in words: the days, the people of each version and arm by kind, and what was left out."""
    days = compaction.days
    span = f", {' to '.join(dict.fromkeys((days[0], days[-1])))}" if days else ""
    blocks = [f"{path_text(compaction.folder)}: {len(days):,} day{'s' * (len(days) != 1)}{span}"]
    versions = {_name(version): version for version in compaction.versions}
    arms: dict[str, list[ArmCount]] = {}
    for arm in compaction.arms:
        arms.setdefault(_name(arm), []).append(arm)
    blocks += ["\n".join(_version(name, versions.get(name), arms.get(name, []))) for name in sorted(versions | arms)]
    return "\n\n".join([*blocks, "\n".join(_lines(compaction))])


def _name(one: ArmCount | VersionCount) -> str:
    return f"{one.experiment_id}, version {one.experiment_version}"


def _version(name: str, version: VersionCount | None, arms: list[ArmCount]) -> Iterator[str]:
    yield name
    if arms:
        yield table([_HEAD, *(_arm(arm) for arm in arms)])
    if version is not None and version.two_arms:
        share = f"{version.two_arms / version.people:.2%} of {version.people:,}"
        yield wrapped(f"left out, in two arms: {version.two_arms:,} ({share})", first="  ", rest="  ")
        if version.is_unhealthy:
            yield wrapped(
                "unhealthy: more than 1% were in two arms, so that these cannot be compared; "
                "a salt, a share or the key of pseudonyms was changed within a version",
                first="  ",
                rest="  ",
            )


def _arm(arm: ArmCount) -> tuple[str, ...]:
    return arm.variation_id, *(f"{count:,}" for count in (arm.experiment, arm.fallback, arm.outside)), ""


def _lines(compaction: Compaction) -> Iterator[str]:
    lines = compaction.lines
    yield f"lines read: {lines.all:,}"
    for folder, count in compaction.audiences.items():
        yield wrapped(f"people read in {folder}: {count:,}", rest="  ")
    if compaction.nobody:
        yield f"left out, of nobody known: {compaction.nobody:,}"
    for files, words in ((lines.torn, "torn"), (lines.foreign, "no exposures")):
        if files:
            yield wrapped(f"left out, {words}: {sum(files.values()):,} ({_files(files)})", rest="  ")


def _files(files: Mapping[str, int]) -> str:
    named = [name if count == 1 else f"{name}: {count:,}" for name, count in files.items()]
    return ", ".join(first_of(named, _MOST_FILES))
