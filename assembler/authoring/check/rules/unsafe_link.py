"""A link is not https, mailto or tel, carries a user name, or goes to a host outside policy.link_hosts."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.copy import copy_of
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import EVERY_COMPONENT, PAGES, ComponentUnit
from assembler.authoring.check.served_links import ServedLinks
from assembler.authoring.check.written_links import WrittenLinks
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.project import LoadedProject
from assembler.library.values import is_blank


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    return WrittenLinks(unit.around).in_copy(unit.component)


def _in_page(page: Page) -> Iterator[Finding]:
    """Find links that a finished page or mail has, in some variant, though nobody wrote them so."""
    return ServedLinks(page).faults()


@PROJECT.rule(
    "S01",
    "error",
    __doc__,
    "Write https:// and a host that the policy allows; without `link_hosts` in the policy any host will do.",
    EVERY_COMPONENT.by(_in_copy),
    PAGES.by(_in_page),
)
def unsafe_link(checked: CheckedProject) -> Iterator[Finding]:
    """Find links of templates, styles and settings that are not safe, and fallbacks that compiling refused."""
    project, written = checked.project, WrittenLinks(checked.project)
    findings = [*written.in_settings(), *written.in_strings()]
    for syntax in checked.compiled.templates.syntax.values():
        if syntax.parsed:
            findings += written.in_template(syntax)
    for source in project.styles.values():
        findings += written.in_style(source)
    yield from findings
    reported = list(checked.reported("S01"))
    if reported and written.hosts == project.settings.policy.link_hosts:
        places = (*(finding.place for finding in findings), *_told_in_copy(project, written))
        told = set(map(_line, places))
        yield from (finding for finding in reported if _line(finding.place) not in told)


def _line(place: Place) -> tuple[str, int]:
    return place.path, place.line


def _told_in_copy(project: LoadedProject, written: WrittenLinks) -> Iterator[Place]:
    """Links of copy, and merge fields with a blank fallback: C01 tells of these."""
    for component in project.components.values():
        yield from (finding.place for finding in written.in_copy(component))
        for copy in copy_of(component):
            blank = (match for match in MERGE_FIELD.finditer(copy.text) if is_blank(match["fallback"]))
            yield from (copy.inside(match.start()) for match in blank)
