"""A text, or a default variant, is empty once markup, blanks and invisible characters are removed."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.copy import says_nothing
from assembler.authoring.check.scope import CAMPAIGNS, READY_COMPONENTS, CampaignUnit, ComponentUnit
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import BODY, FieldValue
from assembler.library.values import is_blank


def _translations(unit: ComponentUnit) -> Iterator[Finding]:
    """Find files of another language that translate nothing of what there is to translate."""
    component = unit.component
    words_of = {path: value.text for path, value in component.original.values.items() if _translatable(value)}
    if all(map(is_blank, words_of.values())):
        return
    for locale, words in component.words.items():
        lineage = unit.around.settings.lineage(locale)
        own = [component.words[parent].values.keys() for parent in lineage if parent in component.words]
        if component.default_locale not in lineage and words_of.keys().isdisjoint(set().union(*own)):
            message = f"the translation of {component.address} into {locale} has none of its words"
            yield Finding(words.source.at(), message, f"write its words; {component.default_locale} is shown instead")


def _defaults(unit: CampaignUnit) -> Iterator[Finding]:
    """Find channels in which the default variant of a campaign has not a word or tag in any part."""
    project, compiled = unit.checked.project, unit.checked.compiled
    for channel, compiled_channel in compiled.content.campaigns[unit.campaign].channels.items():
        stored = (default.parts.values() for default in compiled_channel.defaults.values() if default.parts)
        if any(all(is_blank(compiled.texts[part].decode()) for part in parts) for parts in stored):
            templates = project.layout(channel, project.campaigns[unit.campaign].channels[channel])
            place = next(iter(templates.values())).source.at()
            message = f"the default variant of {unit.campaign} is blank in {channel}"
            yield Finding(place, message, "call a slot whose default is a component, or write words around the slots")


@READY_COMPONENTS.rule(
    "C07",
    "error",
    __doc__,
    "Write words, or remove the field; a component without a body has a picture, or a type without a body.",
    READY_COMPONENTS.by(_translations),
    CAMPAIGNS.by(_defaults),
)
def blank_copy(unit: ComponentUnit) -> Iterator[Finding]:
    component = unit.component
    for copy in unit.copies:
        bodiless = copy.path == BODY and (unit.type.body is None or any(component.original.of_kind("file")))
        # An empty alt text says that an image is decorative (A02).
        if copy.kind != "alt" and not bodiless and says_nothing(copy):
            no_body = not copy.text and copy.path == BODY
            end_of_front_matter = copy.source.text.rstrip().count("\n") + 1
            place = component.original.source.at(end_of_front_matter) if no_body else copy.place
            yield Finding(place, f"{copy.name} of {component.address} is blank", "write words, or remove it")


def _translatable(value: FieldValue) -> bool:
    return value.kind in ("alt", "overlay") or (value.kind in ("text", "markdown") and value.spec.translates)
