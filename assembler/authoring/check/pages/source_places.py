"""Where something of a compiled document was written: the tag in its template, the declaration in its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.css import places_of_declaration
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.tag_matching import TagMatcher
from assembler.authoring.check.template_markup import MarkupTag, TemplateMarkup
from assembler.authoring.compile.content import Compiled
from assembler.authoring.compile.delimited_spans import HTML_COMMENTS
from assembler.authoring.compile.styles import brand_values
from assembler.authoring.compile.template_includes import included_by
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.project import LoadedProject, Template


class SourcePlaces:
    """The places of a project's templates and style sheets."""

    def __init__(self, project: LoadedProject, compiled: Compiled) -> None:
        self._project = project
        self._syntax = compiled.templates.syntax
        self._read: dict[str, list[str]] = {}
        self._places: dict[tuple[re.Pattern[str], str, bool], list[Place]] = {}
        self._tags: dict[str, list[MarkupTag]] = {}
        self._authors: dict[str, TagMatcher] = {}
        self._brand = {f"var(--brand-{name})": value for name, value in brand_values(project.settings.brand).items()}

    def tag(self, element: Element, templates: tuple[Template | None, ...]) -> Place | None:
        """The tag that wrote an element, or the nearest found around it; `templates` are asked in their order."""
        paths = (path for template in templates if template for path in self._paths(template))
        tags = (self._matching(around, path) for path in paths for around in (element, *element.ancestors()))
        return next((tag.place for tag in tags if tag is not None), None)

    def written_tag(self, element: Element, templates: tuple[Template | None, ...]) -> MarkupTag | None:
        """The very tag that wrote an element."""
        tags = (self._matching(element, path) for template in templates if template for path in self._paths(template))
        return next((tag for tag in tags if tag is not None), None)

    def every_tag(self, template: Template) -> Iterator[tuple[str, Place]]:
        """Every tag of a template itself (an end tag with `/` before its name) and its place."""
        for path in self._paths(template)[:1]:
            yield from ((tag.name, tag.place) for tag in self._all(path))

    def text(
        self, needle: str | re.Pattern[str], template: Template, number: int = 0, *, in_comments: bool = False
    ) -> Place | None:
        """Return where a text, or what matches, stands for the n-th time (from 0; the last, where there are fewer)."""
        pattern = re.compile(re.escape(needle)) if isinstance(needle, str) else needle
        key = (pattern, template.source.path, in_comments)
        if key not in self._places:
            self._places[key] = [
                source.inside(match.start())
                for source in (self._syntax[path].source for path in self._paths(template))
                for start, end in (HTML_COMMENTS.spans(source.text) if in_comments else [(0, len(source.text))])
                for match in pattern.finditer(source.text, start, end)
            ]
        places = self._places[key]
        return places[min(number, len(places) - 1)] if places else None

    def declaration(self, channel: str, name: str, value: str) -> Place | None:
        """Return where a style sheet of a channel declares this."""
        for sheet in ("inline", "head"):
            source = self._project.styles.get(f"templates/{channel}/{sheet}.css")
            if source is not None:
                for offset in places_of_declaration(source.text, self._brand, name, value):
                    return source.inside(offset)
        return None

    def slot_call(self, template: Template, slot: str) -> Place:
        """Return where a layout calls a slot; its start where it does not."""
        calls = (call for path in self._paths(template) for call in self._syntax[path].slots)
        return next((call.place for call in calls if call.name == slot), template.source.at())

    def _paths(self, template: Template) -> list[str]:
        """The paths of a template and of all that it includes, as far as they could be parsed."""
        start = template.source.path
        if start not in self._read:
            paths = included_by(self._syntax, start)
            self._read[start] = [path for path in paths if path in self._syntax and self._syntax[path].parsed]
        return self._read[start]

    def _all(self, path: str) -> list[MarkupTag]:
        if path not in self._tags:
            self._tags[path] = list(TemplateMarkup(self._syntax[path].source, self._project.settings.brand).tags())
        return self._tags[path]

    def _matching(self, element: Element, path: str) -> MarkupTag | None:
        if path not in self._authors:
            self._authors[path] = TagMatcher(tag for tag in self._all(path) if not tag.name.startswith("/"))
        return self._authors[path].of(element)
