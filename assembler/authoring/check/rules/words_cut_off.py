"""Words of a component, a string or the brand end early: at a ` #`, or at a comma within braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.project_texts import STRINGS_PATH
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.diagnostics import Finding
from assembler.authoring.load.quoting import quoted
from assembler.authoring.project.source import KeyPath, Source

_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
_SPOKEN = ("text", "markdown", "url", "asset", "list")


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    """Find fields of a component that a comment ends; of commas R02 tells."""
    spoken = {name for name, spec in unit.type.fields.items() if spec.kind in _SPOKEN}
    for words in unit.component.words.values():
        for keys in words.source.comments:
            if keys and keys[0] in spoken and keys[-1] != "file":
                yield _comment(words.source, keys)


@SURROUNDINGS.rule(
    "C09",
    "error",
    __doc__,
    "Put the words in quotes; write a comment on a line of its own.",
    READY_COMPONENTS.by(_in_copy),
)
def words_cut_off(checked: CheckedProject) -> Iterator[Finding]:
    strings, settings = (
        checked.project.sources.get(path, Source(path, "")) for path in (STRINGS_PATH, "assembler.yaml")
    )
    yield from (_comment(strings, keys) for keys in strings.comments)
    for keys in settings.comments:
        if keys[-1:] == ("address",) or (keys[:1] == ("brand",) and _is_part_of_words(settings, keys)):
            yield _comment(settings, keys)
    yield from (_comma(strings, keys) for keys in strings.strays)
    yield from (_comma(settings, keys) for keys in settings.strays if keys[0] == "brand")


def _is_part_of_words(source: Source, keys: KeyPath) -> bool:
    """Return whether a comment beside a value, usual in the brand, is more likely a number sign or a colour."""
    line, column = source.comments[keys]
    before, after = source.line(line)[: column - 1], source.line(line)[column:]
    return not after[:1].isspace() or before == f"{before.rstrip()} "


def _comment(source: Source, keys: KeyPath) -> Finding:
    line, column = source.comments[keys]
    name = keys[-1] if isinstance(keys[-1], str) else keys[0]
    here = source.value(*keys).line == line
    words = source.rest(*keys) if here else f"{source.rest(*keys)} {source.line(line).strip()}"
    message = f"{name} ends here: what follows ` #` is a comment, and is not shown"
    colour = _COLOUR.match(source.line(line)[column - 1 :]) if not source.rest(*keys).split("#")[0].strip() else None
    hint = f"write {name}: {quoted(colour[0] if colour else words)}, or the comment on a line of its own"
    return Finding(source.at(line, column), message, hint)


def _comma(source: Source, keys: KeyPath) -> Finding:
    before = source.strays[keys]
    message = f"a comma ends {before[-1]}, and what follows it is read as a key"
    return Finding(source.key(*keys), message, f"write {before[-1]}: {quoted(source.rest(*before))}")
