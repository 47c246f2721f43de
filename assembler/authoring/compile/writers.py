"""What writes the documents of a campaign: one writer for each channel, locale and part."""

from __future__ import annotations

from functools import partial

from assembler.authoring.compile.candidates import Candidates
from assembler.authoring.compile.documents import DocumentWriter
from assembler.authoring.compile.layouts import Layout
from assembler.authoring.compile.renditions import RenderContext, RenderTarget
from assembler.authoring.compile.styles import Inliner, brand_values, with_brand
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.project.campaign import AuthoredCampaign


def campaign_writers(
    context: RenderContext, campaign: AuthoredCampaign, candidates: Candidates, cache: BuildCache
) -> list[DocumentWriter]:
    """Return what writes each part of a campaign that can be rendered, by channel, locale and part in their order."""
    project = context.project
    writers: list[DocumentWriter] = []
    for channel, layout in campaign.channels.items():
        if channel not in project.settings.channels:
            continue
        inliner = channel_inliner(context, channel)
        in_channel = {
            slot: [component for component in components if component.shown_in(channel)]
            for slot, components in candidates.items()
        }
        for locale in project.settings.locales:
            target = RenderTarget(context, campaign.id, channel, locale)
            for template in project.layout(channel, layout).values():
                writer = DocumentWriter.of(Layout(target, template, inliner), campaign, in_channel, cache)
                writers += [writer] if writer is not None else []
    return writers


def channel_inliner(context: RenderContext, channel: str) -> Inliner:
    """Return what inlines the styles of a channel; a style sheet that cannot be used is reported and left out."""
    return Inliner(_style_sheet(context, channel, "inline"), _style_sheet(context, channel, "head"))


def _style_sheet(context: RenderContext, channel: str, name: str) -> str:
    sheet = context.project.styles.get(f"templates/{channel}/{name}.css")
    if sheet is None:
        return ""
    values = brand_values(context.project.settings.brand)
    return guarded(context.findings, partial(with_brand, sheet.text, values), sheet.at()) or ""
