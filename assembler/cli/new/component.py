"""`assembler new component`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import UNWRITTEN, ExtendedProject
from assembler.cli.new.insertion import written
from assembler.cli.new.names import all_known, extending, new_name, reviewed, several
from assembler.cli.options import known
from assembler.cli.output import tell
from assembler.cli.parameters import NewAddress

if TYPE_CHECKING:
    from assembler.authoring.project.component_type import FieldSpec


@click.command()
@click.argument("addresses", metavar="TYPE/ID...", type=NewAddress(), nargs=-1, required=True)
@several("--campaign", "A campaign that it is for, or all; several times for several. Default: the only one.")
@several("--segment", "A segment that it is for; several times for several. Default: everyone.")
@several("--stage", "A stage that it is for; several times for several. Default: every stage.")
@extending
def component(
    extended: ExtendedProject,
    addresses: tuple[str, ...],
    campaigns: tuple[str, ...],
    segments: tuple[str, ...],
    stages: tuple[str, ...],
) -> None:
    """Write a component, or one of several types, as a draft.

    A draft is never sent: write its words, then set `status: ready`.
    TYPE/ID is its address, such as headline/back_loyal.

    For whoever writes copy.
    """
    settings = extended.loaded.settings
    named = [_named(extended, address) for address in dict.fromkeys(addresses)]
    tags: dict[str, Any] = {
        "campaigns": _campaigns(extended, campaigns),
        "segments": all_known("segment", segments, (segment.id for segment in settings.segments)),
        "stages": all_known("stage", stages, (stage.id for stage in settings.stages)),
        "status": "draft",
    }
    if tags["campaigns"] == "all":
        tags |= _accountable(extended, targeted=bool(segments or stages))
    extended.add(dict(_files(extended, named, {key: value for key, value in tags.items() if value})))
    tell("next: write the words in place of TODO, then `status: ready`")


def _campaigns(extended: ExtendedProject, names: tuple[str, ...]) -> list[str] | str:
    there = list(extended.loaded.campaigns)
    if "all" in names:
        if len(set(names)) > 1:
            raise Unusable("`all` stands for every campaign: give --campaign all alone, or the campaigns by name")
        return "all"
    if not names and len(there) != 1:
        raise Unusable("say which campaign it is for: --campaign " + (" or ".join(there) or "all"))
    return all_known("campaign", names or there, there)


def _accountable(extended: ExtendedProject, *, targeted: bool) -> Iterator[tuple[str, object]]:
    """Yield what a component inherits from its campaign, where it names one."""
    yield "owner", extended.owner
    if targeted:
        yield "hypothesis", "words of their own bring more of these people to act than the default does"
        yield "review_by", reviewed(extended.today)


def _named(extended: ExtendedProject, address: str) -> tuple[str, str]:
    """Return the type and the id of a component that is to be. Raises `Unusable` where it cannot have that address."""
    from assembler.authoring.load.names import slug_of

    type_, slash, id_ = address.partition("/")
    if not slash:
        example = f"headline/{slug_of(address) or 'back_loyal'}"
        raise Unusable(f"{address[:80]!r} is no address; write it as TYPE/ID, such as {example}")
    known("component type", type_, extended.loaded.types)
    taken = (
        there.partition("/")[2] for there in extended.loaded.declared["component"] if there.startswith(f"{type_}/")
    )
    return type_, new_name(type_, id_, taken)


def _files(
    extended: ExtendedProject, named: Iterable[tuple[str, str]], tags: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the file of each component by its path."""
    for type_, id_ in named:
        specs = extended.loaded.types[type_].fields
        fields = {name: _smallest(extended, type_, name, spec) for name, spec in specs.items() if spec.required}
        front = "".join(f"{key}: {written(value)}\n" for key, value in {**tags, **fields}.items())
        yield f"components/{type_}/{id_}.md", f"---\n{front}---\n{UNWRITTEN}\n"


def _smallest(extended: ExtendedProject, type_: str, name: str, spec: FieldSpec) -> object:
    """Return the least that a required field may hold: of an address or a picture that of another component."""
    if spec.kind == "url":
        return _of_another(extended, type_, name) or str(extended.loaded.settings.brand.get("url", UNWRITTEN))
    if spec.kind == "asset":
        pictures = iter(sorted(extended.loaded.assets))
        return {"file": _of_another(extended, type_, name) or next(pictures, UNWRITTEN), "alt": UNWRITTEN}
    if spec.kind == "date":
        return reviewed(extended.today)
    if spec.kind == "list":
        return [{key: _smallest(extended, type_, key, below) for key, below in _required(spec.records).items()}]
    return UNWRITTEN


def _required(records: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """Return the fields that a record must hold; the first, where it may hold any."""
    return {name: spec for name, spec in records.items() if spec.required} or dict(list(records.items())[:1])


def _of_another(extended: ExtendedProject, type_: str, name: str) -> str | None:
    """Return the address, or the file, that another component of the type has in a field."""
    for there in extended.loaded.components.values():
        if there.type == type_:
            for value in there.original.of_kind("url", "file"):
                if value.path[0] == name:
                    return value.text
    return None
