"""L02: a targeted component lacks a locale."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent


def find(subject: Subject) -> Iterator[Finding]:
    """Components for some segment or stage that people in some locale never get."""
    settings = subject.project.settings
    for component in subject.ready:
        if not component.tags.targeted:
            continue
        lacking = [
            locale
            for locale in settings.locales
            if component.in_locale(settings.lineage(locale)) is None
            and not any(_path(component, each) in subject.project.sources for each in settings.lineage(locale))
        ]
        if lacking:
            key = "segments" if component.tags.segments is not None else "stages"
            message = f"{component.address} is not translated into {', '.join(lacking)}, where people get the default"
            yield Finding(component.tags.key_place(key), message, f"write {_path(component, lacking[0])}")


def _path(component: AuthoredComponent, locale: str) -> str:
    return f"components/{component.address}.{locale}.md"


RULE = Rule(
    code="L02",
    severity="warning",
    summary="A targeted component is not translated into every locale, so that some people get the default instead.",
    fix="Write the missing translation beside the component: <id>.<locale>.md.",
    each=(TAGS.by(find),),
)
