"""Which components say the same, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import KeyPath
from assembler.library.values import in_nfc

_Content = frozenset[tuple[KeyPath, str]]


def equal_components(
    settings: Settings, components: Iterable[AuthoredComponent]
) -> Iterator[tuple[AuthoredComponent, AuthoredComponent]]:
    """Every component that says the same in every locale as one before it, with that one."""
    firsts: dict[_Content, list[AuthoredComponent]] = {}
    for component in components:
        alike = firsts.setdefault(_content(settings, component, settings.locales[0]), [])
        first = next((other for other in alike if _agree(settings, component, other)), None)
        if first is None:
            alike.append(component)
        else:
            yield component, first


def _agree(settings: Settings, first: AuthoredComponent, second: AuthoredComponent) -> bool:
    contents = ((_content(settings, first, locale), _content(settings, second, locale)) for locale in settings.locales)
    return all(one == other for one, other in contents if one and other)


def _content(settings: Settings, component: AuthoredComponent, locale: str) -> _Content:
    """What a component says in a locale, less white space that nobody sees; empty where it has no words."""
    words = component.in_locale(settings.lineage(locale))
    values = words.values.items() if words is not None else ()
    return frozenset((path, in_nfc(" ".join(value.text.split()))) for path, value in values)
