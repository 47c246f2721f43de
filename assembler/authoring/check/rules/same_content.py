"""V01: the content of a component equals that of another of its type."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import TYPES, TypeUnit
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import KeyPath
from assembler.library.values import in_nfc

Content = frozenset[tuple[KeyPath, str]]


def find(unit: TypeUnit) -> Iterator[Finding]:
    """Find components that say the same in every locale as one before them, in the order of their addresses."""
    settings = unit.project.settings
    seen: dict[Content, list[AuthoredComponent]] = {}
    for component in unit.components.values():
        equals = seen.setdefault(_content(settings, component, settings.locales[0]), [])
        same = next((equal for equal in equals if _agree(settings, component, equal)), None)
        if same is None:
            equals.append(component)
        else:
            message = f"{component.address} says the same as {same.address}"
            hint = "keep one of them, tagged for everyone that both are for"
            yield Finding(component.original.body_place, message, hint)


def _agree(settings: Settings, first: AuthoredComponent, second: AuthoredComponent) -> bool:
    """Return whether two components say the same wherever both have something to say."""
    contents = ((_content(settings, first, locale), _content(settings, second, locale)) for locale in settings.locales)
    return all(one == other for one, other in contents if one and other)


def _content(settings: Settings, component: AuthoredComponent, locale: str) -> Content:
    """What a component says in a locale, less white space that nobody sees; empty where it has no words."""
    words = component.in_locale(settings.lineage(locale))
    return (
        frozenset((path, in_nfc(" ".join(value.text.split()))) for path, value in words.values.items())
        if words
        else frozenset()
    )


RULE = Rule(
    code="V01",
    severity="error",
    summary="The content of a component equals that of another of its type.",
    fix="Keep one of them, and tag it for everyone that both are for.",
    each=(TYPES.by(find),),
)
