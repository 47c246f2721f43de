"""The names that a project has, for completion: read at a glance, as far as its files can be read."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml.events import Event

KeyPath = tuple[str, ...]

_SETTINGS = "assembler.yaml"
_MOST_BYTES: Final = 256 * 1024
"""Larger files are refused by `check`, too."""

_HARMLESS = re.compile(r"[\w.@+-]{1,100}(/[\w.@+-]{1,100}){0,2}").fullmatch
"""What a shell takes for a word, wherever it stands: nothing that it would expand, run, or hide."""

_WRITTEN: dict[str, tuple[KeyPath, ...]] = {
    "channel": (("channels",),),
    "field": (("fields",),),
    "locale": (("locales",),),
    "owner": (("owner",), ("signals", "*", "owner"), ("segments", "owner"), ("holdout", "owner")),
    "provider": (("providers",),),
    "purpose": (("signals", "*", "consent"),),
    "segment": (("segments", "id"),),
    "signal": (("signals",),),
    "stage": (("stages", "id"),),
}
"""Where the settings have the names of a kind, by the keys on the way to them."""


_EXAMPLES: Final = {"check": "authoring/check/examples.yaml", "export": "delivery/export/examples.yaml"}
"""Where the examples of a command's rules are, below the package."""


def project_names(folder: Path, kind: str) -> list[str]:
    """Return the names of a kind in the project of a folder, in their order; none that a shell could take amiss.

    Kinds are campaign, channel, component, field, locale, owner, provider, purpose, segment, signal, stage, template
    (of the theme) and type. What cannot
    be read is passed over.
    """
    readers = {"campaign": _campaigns, "component": _components, "type": _types, "template": _templates}
    names = readers[kind](folder) if kind in readers else _in_settings(folder, _WRITTEN[kind])
    nothing = {"none"} if kind == "purpose" else set()
    return [name for name in dict.fromkeys(names) if _HARMLESS(name) and name not in nothing]


def rule_codes(commands: Iterable[str]) -> list[str]:
    """Return the code of every rule of some commands. Each has an example in a file of the package; no rule is loaded
    for that."""
    files = (Path(__file__).parents[1] / _EXAMPLES[command] for command in commands)
    return [name for file in files for path, name in _names(file) if not path]


def signal_values(folder: Path, signal: str) -> list[str]:
    """Return the values that a choice or boolean signal can have."""
    patterns = (("signals", signal, "values"), ("signals", signal, "kind"))
    values = [name for name in _in_settings(folder, patterns) if _HARMLESS(name)]
    return ["true", "false"] if "boolean" in values else values[1:] if "choice" in values else []


def _campaigns(folder: Path) -> Iterator[str]:
    yield from (name[: -len(".yaml")] for name in _listed(folder / "campaigns") if name.endswith(".yaml"))


def _types(folder: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        yield from (name for name in _listed(folder / "components") if (folder / "components" / name).is_dir())


def _templates(folder: Path) -> Iterator[str]:
    from assembler.authoring.load.starter import theme_texts

    channels = project_names(folder, "channel")
    for path in theme_texts(channels, list(_types(folder))):
        yield path.partition("/")[2]


def _components(folder: Path) -> Iterator[str]:
    for type_ in _types(folder):
        for name in _listed(folder / "components" / type_):
            if name.endswith(".md"):
                yield f"{type_}/{name.partition('.')[0]}"


def _listed(folder: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith((".", "_")))
    return []


def _in_settings(folder: Path, patterns: Iterable[KeyPath]) -> Iterator[str]:
    wanted = tuple(patterns)
    for path, name in _names(folder / _SETTINGS):
        if any(_fits(path, pattern) for pattern in wanted):
            yield name


def _fits(path: KeyPath, pattern: KeyPath) -> bool:
    return len(path) == len(pattern) and all(key in ("*", at) for at, key in zip(path, pattern, strict=True))


def _names(file: Path) -> Iterator[tuple[KeyPath, str]]:
    """Yield every key and value of a YAML file with the keys above it, up to where it can no longer be read."""
    import yaml

    with contextlib.suppress(OSError, RecursionError, yaml.YAMLError):
        if file.is_file() and file.stat().st_size <= _MOST_BYTES:
            events = yaml.parse(file.read_text(encoding="utf-8", errors="replace"), Loader=yaml.CSafeLoader)
            for event in events:
                yield from _below(event, events, ())


def _below(event: Event, events: Iterator[Event], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield what an event begins: a scalar, a list (whose items are below the path of the list), or a mapping."""
    import yaml

    if isinstance(event, yaml.ScalarEvent):
        yield path, event.value
    elif isinstance(event, yaml.SequenceStartEvent):
        for item in events:
            if isinstance(item, yaml.SequenceEndEvent):
                return
            yield from _below(item, events, path)
    elif isinstance(event, yaml.MappingStartEvent):
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                return
            yield from _below(key, events, path)
            name = key.value if isinstance(key, yaml.ScalarEvent) else ""
            for value in events:
                yield from _below(value, events, (*path, name))
                break
