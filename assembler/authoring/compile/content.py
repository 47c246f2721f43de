"""A project -> the content of a library, as much as can be rendered; and a finding for everything that cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from assembler.authoring.compile.documents import DocumentWriter, make_fragments
from assembler.authoring.compile.fragments import Fragments
from assembler.authoring.compile.images import Images
from assembler.authoring.compile.jobs import Progress
from assembler.authoring.compile.layouts import Layout
from assembler.authoring.compile.renditions import RenderContext, RenderTarget
from assembler.authoring.compile.styles import Inliner, brand_values, with_brand
from assembler.authoring.compile.templates import Templates, is_template
from assembler.authoring.compile.text_table import TextTable
from assembler.authoring.compile.tokens import Tokens
from assembler.authoring.diagnostics import Findings
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.locales import spellings
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Segment, SignalSettings, Stage
from assembler.conditions.parsing import ConditionError, parse_condition
from assembler.library import records
from assembler.library.key import variant_key

__all__ = ["Compiled", "can_stand", "compile_project", "finisher"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Compiled:
    """What compiling gives: content and texts of a library, images to deliver, templates' syntax, findings."""

    content: records.Content
    texts: tuple[bytes, ...]
    images: Images
    templates: Templates
    findings: Findings


Writers = dict[str, dict[str, dict[str, DocumentWriter]]]
"""What writes the documents of a campaign, by channel, locale and part."""


def compile_project(
    project: LoadedProject,
    fragments: Fragments | None = None,
    memo: MemoCache | None = None,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Compiled:
    """Compile whatever of a project can be compiled; `fragments` that were made before are not made again, nor what
    the memo has.

    `jobs` processes share the work (None: as many as there is work for); the result is the same. `progress` is told
    how many documents are done.
    """
    fragments, memo = fragments or Fragments(), memo or MemoCache()
    findings = Findings()
    settings = project.settings
    assets = settings.assets
    images = Images(
        project.assets,
        assets.base_url if assets else "",
        assets.font if assets else None,
        fragments.cache,
        fragments.edition,
        memo,
    )
    written_in = [source for path, source in project.sources.items() if is_template(path)]
    templates = memo.recall(("templates", *(each.digest for each in written_in)), partial(Templates, written_in))
    for syntax in templates.syntax.values():
        for fault in syntax.faults:
            findings.add(fault.code, fault.place, fault.message, fault.hint)
    context = RenderContext(
        project, templates, images, Tokens(sorted(each.digest for each in project.sources.values())), findings
    )
    texts = TextTable()
    defaults = project.defaults()
    by_type: dict[str, list[AuthoredComponent]] = {}
    for component in project.components.values():
        by_type.setdefault(component.type, []).append(component)
    writers = {
        name: _writers(context, campaign, fragments, frozenset(defaults), by_type)
        for name, campaign in sorted(project.campaigns.items())
    }
    every = [each for each in _every(writers) if each.renders]
    make_fragments(every, jobs, progress)
    campaigns = {name: _campaign(project, project.campaigns[name], each, texts) for name, each in writers.items()}
    fragments.keep(each.fragment_set for each in every)
    lineages = {locale: settings.lineage(locale) for locale in settings.locales}
    signals = {name: _signal(each) for name, each in settings.signals.items()}
    content = records.Content(
        name=settings.name,
        locales=settings.locales,
        link_hosts=tuple(host.lower() for host in settings.policy.link_hosts or ()),
        unassigned=settings.unassigned,
        fields={name: records.Field(kind=each.kind, max_length=each.limit) for name, each in settings.fields.items()},
        signals=signals,
        segments=_audiences(settings.segments, signals, findings),
        stages=_audiences(settings.stages, signals, findings),
        components=tuple(_components(project, lineages, findings)),
        campaigns=campaigns,
        placeholders=texts.placeholders,
        holdout=_holdout(project),
        spellings=spellings(settings.locales),
    )
    return Compiled(content=content, texts=texts.texts, images=images, templates=templates, findings=findings)


def can_stand(
    project: LoadedProject,
    component: AuthoredComponent,
    campaign: AuthoredCampaign,
    slot: str,
    defaults: frozenset[str],
) -> bool:
    """Whether a component may ever fill a slot, whoever asks and whenever."""
    here = campaign.slots[slot]
    if component.type != here.type or not component.ready:
        return False
    if component.address == here.component:
        return True
    return not here.constant and component.open_to(campaign.id) and component.address not in defaults


def _every(writers: Mapping[str, Writers]) -> list[DocumentWriter]:
    return [
        writer
        for channels in writers.values()
        for locales in channels.values()
        for parts in locales.values()
        for writer in parts.values()
    ]


def _writers(
    context: RenderContext,
    campaign: AuthoredCampaign,
    fragments: Fragments,
    defaults: frozenset[str],
    by_type: Mapping[str, list[AuthoredComponent]],
) -> Writers:
    """What writes each part of a campaign."""
    project = context.project
    standing = {
        slot: [each for each in by_type.get(here.type, ()) if can_stand(project, each, campaign, slot, defaults)]
        for slot, here in campaign.slots.items()
    }
    return {
        channel: {
            locale: {
                part: DocumentWriter(Layout(target, template, inliner), campaign, fragments, candidates)
                for part, template in project.layout(channel, layout).items()
            }
            for locale in project.settings.locales
            for target in (RenderTarget(context, campaign.id, channel, locale),)
        }
        for channel, layout in campaign.channels.items()
        if channel in project.settings.channels
        for inliner, candidates in ((finisher(context, channel), _open_to(channel, standing)),)
    }


def finisher(context: RenderContext, channel: str) -> Inliner:
    """What finishes the html part of a channel; a style sheet that cannot be used is left out."""
    values = brand_values(context.project.settings.brand)
    inline, head = (
        guarded(context.findings, partial(with_brand, sheet.text, values), sheet.at()) if sheet is not None else None
        for sheet in (context.project.styles.get(f"templates/{channel}/{name}.css") for name in ("inline", "head"))
    )
    return Inliner(inline or "", head or "")


def _open_to(channel: str, standing: Mapping[str, list[AuthoredComponent]]) -> Callable[[str], list[AuthoredComponent]]:
    """The components that can stand in a slot in a channel."""
    found = {
        slot: [each for each in components if each.tags.channels is None or channel in each.tags.channels]
        for slot, components in standing.items()
    }
    return lambda slot: found.get(slot, [])


def _campaign(
    project: LoadedProject, campaign: AuthoredCampaign, writers: Writers, texts: TextTable
) -> records.Campaign:
    id_ = campaign.id
    open_ = [each for each in project.components.values() if each.ready and each.open_to(id_)]
    types = {slot.type for slot in campaign.slots.values()}
    holdout = campaign.holdout
    return records.Campaign(
        slots=tuple(
            records.Slot(name=name, type=slot.type, default=slot.component, constant=slot.constant)
            for name, slot in campaign.slots.items()
        ),
        channels={channel: _channel(campaign, channel, locales, texts) for channel, locales in writers.items()},
        needs=tuple(sorted({name for each in open_ if each.type in types for name in each.tags.needs})),
        holdout=records.Holdout(share=holdout.share, salt=campaign.id, until=project.end_of(holdout.until))
        if holdout
        else None,
    )


def _channel(
    campaign: AuthoredCampaign, channel: str, writers: Mapping[str, Mapping[str, DocumentWriter]], texts: TextTable
) -> records.Channel:
    written_ = {locale: {part: each.write(texts) for part, each in parts.items()} for locale, parts in writers.items()}
    documents = {
        locale: {part: document for part, document in parts.items() if document is not None}
        for locale, parts in written_.items()
    }
    called = {call.slot for parts in documents.values() for document in parts.values() for call in document.calls}
    slots = tuple(name for name in campaign.slots if name in called)
    return records.Channel(
        layout=campaign.channels[channel],
        slots=slots,
        documents=documents,
        defaults={
            locale: _stored_default(campaign, channel, locale, slots, parts, texts)
            for locale, parts in documents.items()
        },
    )


def _stored_default(
    campaign: AuthoredCampaign,
    channel: str,
    locale: str,
    slots: tuple[str, ...],
    documents: Mapping[str, records.Document],
    texts: TextTable,
) -> records.StoredDefault:
    chosen = {name: campaign.slots[name].component for name in slots}
    parts: dict[str, int] = {}
    for part, document in documents.items():
        pieces = list(document.segments[0])
        for call, segment in zip(document.calls, document.segments[1:], strict=True):
            pieces += [*call.fragments.get(chosen.get(call.slot) or "", ()), *segment]
        parts[part] = texts.number(texts.plain(tuple(pieces)).decode("utf-8"))
    return records.StoredDefault(key=variant_key(campaign.id, channel, locale, chosen), slots=chosen, parts=parts)


def _signal(signal: SignalSettings) -> records.Signal:
    low, high = signal.range or (None, None)
    return records.Signal(
        kind=signal.kind,
        low=low,
        high=high,
        values=signal.values or (),
        max_age=signal.max_age or None,
        consent=None if signal.consent == "none" else signal.consent,
    )


def _audiences(
    written_: tuple[Segment, ...] | tuple[Stage, ...], signals: Mapping[str, records.Signal], findings: Findings
) -> tuple[records.Audience, ...]:
    found = (guarded(findings, partial(_audience, each, signals, findings), each.place("when")) for each in written_)
    return tuple(each for each in found if each is not None)


def _audience(
    written_: Segment | Stage, signals: Mapping[str, records.Signal], findings: Findings
) -> records.Audience | None:
    try:
        return records.Audience(id=written_.id, condition=parse_condition(written_.when, signals))
    except ConditionError as error:
        start = written_.place("when")
        quoted = written_.source.line(start.line)[start.column - 1 : start.column] in ("'", '"')
        place = written_.source.at(start.line, start.column + error.column + quoted)
        findings.add("T01", place, error.message, error.hint)
        return None


def _holdout(project: LoadedProject) -> records.Holdout | None:
    holdout = project.settings.holdout
    if holdout is None:
        return None
    return records.Holdout(share=holdout.share, salt=holdout.salt, until=project.end_of(holdout.until))


def _components(
    project: LoadedProject, lineages: Mapping[str, tuple[str, ...]], findings: Findings
) -> Iterator[records.Component]:
    ranges = _test_ranges(project)
    for address, each in project.components.items():
        work = partial(_component, project, each, lineages, ranges.get(address))
        found = guarded(findings, work, each.original.source.at())
        if found is not None:
            yield found


def _component(
    project: LoadedProject,
    component: AuthoredComponent,
    lineages: Mapping[str, tuple[str, ...]],
    ranges: dict[str, tuple[int, int]] | None,
) -> records.Component:
    tags = component.tags
    return records.Component(
        address=component.address,
        type=component.type,
        status=tags.status,
        locales=tuple(locale for locale, lineage in lineages.items() if component.speaks(lineage)),
        campaigns=None if tags.campaigns == "all" else tuple(tags.campaigns),
        segments=tags.segments,
        stages=tags.stages,
        channels=tags.channels,
        window=records.Window(
            start=None if tags.valid_from is None else project.start_of(tags.valid_from),
            end=project.end_of(tags.valid_until),
            first=None if tags.valid_from is None else tags.valid_from.isoformat(),
            last=None if tags.valid_until is None else tags.valid_until.isoformat(),
        ),
        needs=tags.needs,
        requires=tags.requires,
        excludes=tags.excludes,
        test=records.Test(id=tags.test.id, ranges=ranges) if tags.test and ranges is not None else None,
    )


def _test_ranges(project: LoadedProject) -> dict[str, dict[str, tuple[int, int]]]:
    """The buckets that each component takes of its test in each campaign, by its address: consecutive ranges in the
    order of addresses."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    taken: dict[tuple[str, str, str], int] = {}
    for address, each in project.components.items():
        test = each.tags.test
        if test is None:
            continue
        found[address] = {}
        for campaign in filter(each.open_to, project.campaigns if each.ready else ()):
            shared = each.type, test.id, campaign
            low = taken.get(shared, 0)
            taken[shared] = min(low + test.share, records.BUCKETS)
            found[address][campaign] = (low, taken[shared])
    return found
