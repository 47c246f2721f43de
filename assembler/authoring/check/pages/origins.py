"""Where something of a compiled document was written: the tag in its template, the declaration in its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.markup import Tag, Written
from assembler.authoring.check.pages.css import places_of_declaration
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.compile.content import Compiled
from assembler.authoring.compile.delimited import HTML_COMMENTS
from assembler.authoring.compile.styles import brand_values
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.project import LoadedProject, Template

__all__ = ["Origins"]


class Origins:
    """The places of a project's templates and style sheets."""

    def __init__(self, project: LoadedProject, compiled: Compiled) -> None:
        self._project = project
        self._syntax = compiled.templates.syntax
        self._tags: dict[str, list[Tag]] = {}
        self._brand = {f"var(--brand-{name})": value for name, value in brand_values(project.settings.brand).items()}

    def tag(self, element: Element, templates: tuple[Template | None, ...]) -> Place | None:
        """The tag that wrote an element, or the nearest found around it; `templates` are asked in their order."""
        for template in templates:
            for path in self._paths(template) if template else ():
                for each in (element, *element.ancestors()):
                    found = self._matching(each, path)
                    if found is not None:
                        return found.place
        return None

    def written_tag(self, element: Element, templates: tuple[Template | None, ...]) -> Tag | None:
        """The very tag that wrote an element."""
        for template in templates:
            for path in self._paths(template) if template else ():
                found = self._matching(element, path)
                if found is not None:
                    return found
        return None

    def every_tag(self, template: Template) -> Iterator[tuple[str, Place]]:
        """Every tag of a template itself (an end tag with `/` before its name) and its place."""
        for path in self._paths(template)[:1]:
            for tag in Written(self._syntax[path].source, self._project.settings.brand).tags():
                yield tag.name, tag.place

    def in_comment(self, pattern: re.Pattern[str], template: Template, number: int = 0) -> Place | None:
        """Where the n-th match, from 0, within comments stands."""
        found = [
            source.inside(start + match.start())
            for source in (self._syntax[path].source for path in self._paths(template))
            for start, end in HTML_COMMENTS.spans(source.text)
            for match in pattern.finditer(source.text[start:end])
        ]
        return found[min(number, len(found) - 1)] if found else None

    def text(self, needle: str | re.Pattern[str], template: Template, number: int = 0) -> Place | None:
        """Where a text, or what matches, stands for the n-th time (from 0; the last, where there are fewer)."""
        pattern = re.compile(re.escape(needle)) if isinstance(needle, str) else needle
        found = [
            self._syntax[path].source.inside(match.start())
            for path in self._paths(template)
            for match in pattern.finditer(self._syntax[path].source.text)
        ]
        return found[min(number, len(found) - 1)] if found else None

    def declaration(self, channel: str, name: str, value: str) -> Place | None:
        """Where a style sheet of a channel declares this."""
        for sheet in ("inline", "head"):
            source = self._project.styles.get(f"templates/{channel}/{sheet}.css")
            found = places_of_declaration(source.text, self._brand, name, value) if source else iter(())
            offset = next(found, None)
            if source is not None and offset is not None:
                return source.inside(offset)
        return None

    def slot_call(self, template: Template, slot: str) -> Place:
        """Where a layout calls a slot; its start where it does not."""
        for path in self._paths(template):
            for call in self._syntax[path].slots:
                if call.name == slot:
                    return call.place
        return template.source.at()

    def _paths(self, template: Template) -> list[str]:
        paths = [template.source.path]
        for path in paths:
            syntax = self._syntax.get(path)
            included = (f"templates/{name}" for name, _ in syntax.templates) if syntax else ()
            paths += [each for each in included if each in self._syntax and each not in paths]
        return [path for path in paths if path in self._syntax and self._syntax[path].parsed]

    def _all(self, path: str) -> list[Tag]:
        if path not in self._tags:
            written = Written(self._syntax[path].source, self._project.settings.brand)
            self._tags[path] = [tag for tag in written.tags() if not tag.name.startswith("/")]
        return self._tags[path]

    def _matching(self, element: Element, path: str) -> Tag | None:
        """The tag that an element fits best; of several that it fits as well, the one of its number among its like."""
        fitting = [(fit, tag) for tag in self._all(path) if (fit := _fit(tag, element)) is not None]
        if not fitting:
            return None
        best = max(fit for fit, _ in fitting)
        tags = [tag for fit, tag in fitting if fit == best]
        number = _number(element, tags[0]) if len(tags) > 1 else 0
        return tags[min(number, len(tags) - 1)]


def _fit(tag: Tag, element: Element) -> int | None:
    """How many attributes of an element a tag writes; None where it cannot have written it."""
    if tag.name != element.tag:
        return None
    written = {name: value for name, value in tag.attributes.items() if name and "…" not in name and name != "style"}
    if any(name not in written and name not in ("style", "bgcolor", "align", "valign") for name in element.attributes):
        return None
    fit = 0
    for name, value in written.items():
        if "\n" in (value or "") or "…" in (value or ""):
            continue
        if name not in element.attributes or (element.attributes[name] or "") != (value or ""):
            return None
        fit += 1
    return fit


def _number(element: Element, tag: Tag) -> int:
    """How many elements before this one, in the same tree, the tag may have written as well."""
    root = [element, *element.ancestors()][-1]
    number = 0
    for each in root.below():
        if each is element:
            break
        number += _fit(tag, each) is not None
    return number
