"""A key is unknown or missing, or its value is of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import chain

from assembler.authoring.check.brand_tokens import odd_colours
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component_type import FieldSpec
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import SignalSettings


@PROJECT.rule(
    "R02",
    "error",
    __doc__,
    "Use the keys of the file's kind (`assembler schema` lists them) with values as the hint says.",
)
def wrong_shape(checked: CheckedProject) -> Iterator[Finding]:
    reported = list(checked.reported("R02"))
    yield from reported
    told = {finding.place for finding in reported}
    for type_ in checked.project.types.values():
        yield from (finding for finding in _field_faults(type_.fields) if finding.place not in told)
    for name, signal in checked.project.settings.signals.items():
        yield from _signal_faults(name, signal)
    yield from _channel_faults(checked.project)
    yield from _provider_faults(checked.project, told)
    yield from odd_colours(checked)
    policy = checked.project.settings.policy
    if policy.link_parameters and not policy.link_hosts:
        message = "link_parameters are added to links of link_hosts, and there are none"
        yield Finding(policy.key_place("link_parameters"), message, "add `link_hosts: [www.example.com]`")


def _channel_faults(project: LoadedProject) -> Iterator[Finding]:
    for name, channel in project.settings.channels.items():
        templates = project.templates.values()
        parts = {template.part for template in templates if template.channel == name and not template.rendition}
        if channel.max_messages is not None and (channel.envelope != "none" or parts - {"text"}):
            message = f"max_messages counts the SMS of a channel of text alone, and {name!r} is more"
            yield Finding(channel.key_place("max_messages"), message, "remove it")


def _provider_faults(project: LoadedProject, told: Set[Place]) -> Iterator[Finding]:
    for provider_name, provider in project.settings.providers.items():
        for name, field in provider.fields.items():
            if (field.attribute is None) is not (field.verbatim is None):
                continue
            marks = chain(provider.source.keys.items(), provider.source.values.items())
            way = ("providers", provider_name, "fields", name)
            if told.isdisjoint(provider.source.at(*mark) for path, mark in marks if path[:4] == way):
                message = f"{name!r} is either an attribute or code of the provider"
                hint = f'write {name}: asm_{name}, or {name}: {{verbatim: "..."}}'
                yield Finding(provider.key_place("fields", name), message, hint)


def _signal_faults(name: str, signal: SignalSettings) -> Iterator[Finding]:
    if signal.kind == "choice" and not signal.values:
        yield Finding(signal.key_place(), f"the choice {name!r} has no values", "add `values: [one, two]`")
    if signal.kind != "choice" and signal.values is not None:
        message = f"values are for a choice; {name!r} is of kind {signal.kind}"
        yield Finding(signal.key_place("values"), message, "make it a choice, or remove them")
    if signal.range is None:
        return
    if signal.kind not in ("integer", "number"):
        message = f"a range is for numbers; {name!r} is of kind {signal.kind}"
        yield Finding(signal.key_place("range"), message, "remove it")
    elif signal.range[0] > signal.range[1]:
        message = f"the range of {name!r} ends before it begins"
        yield Finding(signal.place("range"), message, "write the smaller number first")


def _field_faults(specs: Mapping[str, FieldSpec], *, record: bool = False) -> Iterator[Finding]:
    for name, spec in specs.items():
        if spec.kind != "list":
            for key in ("most", "of"):
                if getattr(spec, key) is not None:
                    message = f"`{key}` is for a list; {name!r} is of kind {spec.kind}"
                    yield Finding(spec.key_place(key), message, "write `kind: list`, or remove it")
        elif record:
            hint = "write its fields beside the others, or a second list beside this one"
            yield Finding(spec.place("kind"), f"{name!r} is a list within a list", hint)
        elif not spec.of and not spec.holds("of"):
            yield Finding(spec.place("of"), f"the list {name!r} has no fields", "add `of: {title: {kind: text}}`")
        yield from _misplaced(name, spec)
        yield from _field_faults(spec.records, record=True)


def _misplaced(name: str, spec: FieldSpec) -> Iterator[Finding]:
    """The findings of keys that are for fields of another kind."""
    if spec.kind == "list" and spec.max_length is not None:
        message = f"max_length is for texts; {name!r} is a list"
        yield Finding(spec.key_place("max_length"), message, "write `most`, or max_length for the fields in `of`")
    if spec.kind != "url" and spec.links is not None:
        message = f"`links` is for a url; {name!r} is of kind {spec.kind}"
        yield Finding(spec.key_place("links"), message, "write it into a field of kind url, or remove it")
