"""A campaign and what writes its documents -> the campaign of a library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from assembler.authoring.compile.documents import DocumentWriter
from assembler.authoring.compile.text_table import TextTable
from assembler.authoring.failures import guarded
from assembler.authoring.project.campaign import AuthoredCampaign, ControlGroup
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import HoldoutSettings
from assembler.library.key import variant_key
from assembler.library.records import Campaign, Channel, Document, Holdout, Slot, StoredDefault


def campaign_record(
    project: LoadedProject, campaign: AuthoredCampaign, writers: Sequence[DocumentWriter], texts: TextTable
) -> Campaign:
    """Return a campaign of the library with the documents that can be written, whose texts are added to `texts`."""
    return Campaign(
        slots=tuple(
            Slot(name=name, type=slot.type, default=slot.component, constant=slot.constant)
            for name, slot in campaign.slots.items()
        ),
        channels={
            channel: _channel(project, campaign, channel, writers, texts)
            for channel in campaign.channels
            if channel in project.settings.channels
        },
        needs=_needed_facts(project, campaign),
        holdout=holdout_record(project, campaign.holdout, campaign.id) if campaign.holdout else None,
        segments=campaign.audience.segments,
        stages=campaign.audience.stages,
    )


def holdout_record(project: LoadedProject, holdout: HoldoutSettings | ControlGroup, salt: str) -> Holdout:
    """Return a holdout over all campaigns, or the control group of one, with the salt that people are assigned by."""
    return Holdout(share=holdout.share, salt=salt, until=project.end_of(holdout.until))


def _needed_facts(project: LoadedProject, campaign: AuthoredCampaign) -> tuple[str, ...]:
    types = {slot.type for slot in campaign.slots.values()}
    needs: set[str] = set()
    for component in project.components.values():
        if component.ready and component.type in types and component.open_to(campaign.id):
            needs.update(component.tags.needs)
    return tuple(sorted(needs))


def _channel(
    project: LoadedProject,
    campaign: AuthoredCampaign,
    channel: str,
    writers: Sequence[DocumentWriter],
    texts: TextTable,
) -> Channel:
    documents = _documents(project, [writer for writer in writers if writer.layout.target.channel == channel], texts)
    called = {call.slot for parts in documents.values() for document in parts.values() for call in document.calls}
    default_components = {name: slot.component for name, slot in campaign.slots.items() if name in called}
    defaults = {
        locale: StoredDefault(
            key=variant_key(campaign.id, channel, locale, default_components),
            slots=default_components,
            parts={part: _default_text(document, default_components, texts) for part, document in parts.items()},
        )
        for locale, parts in documents.items()
    }
    slots = tuple(default_components)
    return Channel(layout=campaign.channels[channel], slots=slots, documents=documents, defaults=defaults)


def _documents(
    project: LoadedProject, writers: Sequence[DocumentWriter], texts: TextTable
) -> dict[str, dict[str, Document]]:
    """Return the documents that can be written, by locale and part."""
    documents: dict[str, dict[str, Document]] = {locale: {} for locale in project.settings.locales}
    for writer in writers:
        document = guarded(writer.context.findings, partial(writer.write, texts))
        if document is not None:
            documents[writer.layout.target.locale][writer.layout.template.part] = document
    return documents


def _default_text(document: Document, defaults: Mapping[str, str | None], texts: TextTable) -> int:
    """Return the number of a document's text with its default components, and merge fields at their fallbacks.

    A default that cannot stand there is left out: that is a finding of its own.
    """
    numbers = list(document.segments[0])
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        numbers += [*call.fragments.get(defaults.get(call.slot) or "", ()), *segment]
    return texts.number(texts.plain(tuple(numbers)).decode("utf-8"))
