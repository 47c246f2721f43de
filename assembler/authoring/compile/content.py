"""A project -> the content of a library, as much as can be rendered; and a finding for everything that cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from assembler.authoring.compile.campaign_records import campaign_record, holdout_record
from assembler.authoring.compile.candidates import candidates_by_campaign
from assembler.authoring.compile.component_records import component_records
from assembler.authoring.compile.images import Images, images_of
from assembler.authoring.compile.jobs import Progress
from assembler.authoring.compile.missing_fragments import make_fragments
from assembler.authoring.compile.renditions import RenderContext
from assembler.authoring.compile.templates import Templates, is_template
from assembler.authoring.compile.text_table import TextTable
from assembler.authoring.compile.tokens import Tokens
from assembler.authoring.compile.writers import campaign_writers
from assembler.authoring.diagnostics import Findings, near_miss
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.project.locales import spellings
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Segment, SignalSettings, Stage
from assembler.conditions.parsing import ConditionError, parse_condition
from assembler.library import records


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Compiled:
    """What compiling gives: content and texts of a library, images to deliver, templates' syntax, findings."""

    content: records.Content
    texts: tuple[bytes, ...]
    images: Images
    templates: Templates
    findings: Findings


def compile_project(
    project: LoadedProject, cache: BuildCache | None = None, jobs: int | None = 1, progress: Progress | None = None
) -> Compiled:
    """Compile whatever of a project can be compiled; what the `cache` has is not made again.

    At most `jobs` processes share the work, as far as there is enough of it (None: one for each processor); the result
    is the same. `progress` is told how many documents are done.
    """
    cache = cache or BuildCache()
    context = _render_context(project, cache)
    candidates = candidates_by_campaign(project)
    writers = {
        name: campaign_writers(context, campaign, candidates[name], cache)
        for name, campaign in sorted(project.campaigns.items())
    }
    all_writers = list(chain.from_iterable(writers.values()))
    make_fragments(all_writers, jobs, progress)
    texts = TextTable()
    campaigns = {
        name: campaign_record(project, project.campaigns[name], of_campaign, texts)
        for name, of_campaign in writers.items()
    }
    for writer in all_writers:
        writer.fragment_set.save()
    return Compiled(
        content=_content(project, campaigns, texts, context.findings),
        texts=texts.texts,
        images=context.images,
        templates=context.templates,
        findings=context.findings,
    )


def _render_context(project: LoadedProject, cache: BuildCache) -> RenderContext:
    """Return what all rendering shares; findings about the syntax of templates are in it."""
    findings = Findings()
    sources = [source for path, source in project.sources.items() if is_template(path)]
    templates = Templates(sources, cache.memo)
    for syntax in templates.syntax.values():
        for fault in syntax.faults:
            findings.add(*fault)
    images = images_of(project.assets, project.settings.assets, cache)
    tokens = Tokens(sorted(source.digest for source in project.sources.values()))
    return RenderContext(project, templates, images, tokens, findings)


def _content(
    project: LoadedProject, campaigns: dict[str, records.Campaign], texts: TextTable, findings: Findings
) -> records.Content:
    settings = project.settings
    signals = {name: signal_record(signal) for name, signal in settings.signals.items()}
    return records.Content(
        name=settings.name,
        locales=settings.locales,
        link_hosts=tuple(host.lower() for host in settings.policy.link_hosts or ()),
        unassigned=settings.unassigned,
        fields={
            name: records.Field(kind=field.kind, max_length=field.limit) for name, field in settings.fields.items()
        },
        signals=signals,
        segments=_audiences(settings.segments, signals, findings),
        stages=_audiences(settings.stages, signals, findings),
        components=tuple(component_records(project, findings)),
        campaigns=campaigns,
        placeholders=texts.placeholders,
        holdout=holdout_record(project, settings.holdout, settings.holdout.salt) if settings.holdout else None,
        spellings=spellings(settings.locales),
    )


def _audiences(
    audiences: Iterable[Segment | Stage], signals: Mapping[str, records.Signal], findings: Findings
) -> tuple[records.Audience, ...]:
    compiled = (
        guarded(findings, partial(_audience, audience, signals, findings), audience.place("when"))
        for audience in audiences
    )
    return tuple(audience for audience in compiled if audience is not None)


def _audience(
    audience: Segment | Stage, signals: Mapping[str, records.Signal], findings: Findings
) -> records.Audience | None:
    """Return a segment or stage; None, and a finding of T01, where its condition cannot be read."""
    try:
        return records.Audience(id=audience.id, condition=parse_condition(audience.when, signals))
    except ConditionError as error:
        start = audience.place("when")
        quote = audience.source.line(start.line)[start.column - 1 : start.column]
        column = start.column + error.column + (quote in ("'", '"'))
        place = audience.source.at(start.line, column)
        mend = near_miss(error.signal, signals) if error.signal and error.signal not in signals else None
        findings.add("T01", place, error.message, error.hint, about=error.signal, mend=mend)
        return None


def signal_record(signal: SignalSettings) -> records.Signal:
    """Return a signal as rules and the runtime know it."""
    low, high = signal.range or (None, None)
    return records.Signal(
        kind=signal.kind,
        low=low,
        high=high,
        values=signal.values or (),
        max_age=signal.max_age or None,
        consent=None if signal.consent == "none" else signal.consent,
    )
