"""An image has no alt text."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.pictures import ALT_HINT
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.template_markup import TemplateMarkup
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import named


@PROJECT.rule("A02", "error", __doc__, "Say in a few words what it shows; write an empty alt where it is decorative.")
def image_without_alt(checked: CheckedProject) -> Iterator[Finding]:
    for component in checked.ready:
        for words in component.words.values():
            for file in words.of_kind("file"):
                asset = file.path[:-1]
                if (*asset, "alt") not in words.values:
                    hint = f'write {{file: {file.text}, alt: what it shows}}; alt: "" says that it is decorative'
                    yield Finding(words.source.value(*asset), f"{named(asset)} has no alt text", hint)
    yield from _in_templates(checked)


def _in_templates(checked: CheckedProject) -> Iterator[Finding]:
    brand = checked.project.settings.brand
    for syntax in checked.compiled.templates.syntax.values():
        for tag in TemplateMarkup(syntax.source, brand).tags() if syntax.parsed and syntax.may_be_html else ():
            if tag.name == "img" and "alt" not in tag.attributes:
                yield Finding(tag.place, "an image without alt text", ALT_HINT)
