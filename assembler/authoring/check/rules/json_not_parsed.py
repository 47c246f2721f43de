"""A JSON part is no JSON in some combination of components, or names something twice in one object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from assembler.authoring.check.pages.document_parts import DocumentPart
from assembler.authoring.check.pages.json_combinations import (
    MOST_STATES,
    Held,
    JsonProblem,
    RepeatedName,
    TooManyJsonStates,
    json_problems,
    slot_at,
)
from assembler.authoring.check.pages.json_reader import Owner
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import JSON_PARTS
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import Tags

_PART = "json"
_SNIPPETS = (60, 30, 15, 8, 4)
_CLOSE = "close in each rendition what it opens"
_VALUES = "values are text in quotes, numbers, objects or lists; no comma stands before a closing bracket"
_QUOTES = 'words stand in quotes: "{{{{ slot("{slot}") }}}}"'
_IN_QUOTES = 'words stand in quotes, such as "{{ body }}"'
_WORD = re.compile(r"'(?!None|True|False|undefined|NaN)[^\W\d_]")
_OPTIONAL = (
    'let it bring its name and comma, before what is never empty: {{% call(inner) slot("{slot}") %}}"{slot}": '
    "{{{{ inner }}}},{{% endcall %}}"
)


@JSON_PARTS.rule(
    "R12",
    "error",
    __doc__,
    "Write words in quotes, numbers and renditions that are objects without; let what may be empty bring its comma.",
)
def json_not_parsed(page: Page) -> Iterator[Finding]:
    part = page.parts[_PART]
    if not page.whole:
        return
    try:
        problems, repeated = json_problems(part, partial(_may_meet, page))
    except TooManyJsonStates as error:
        message = f"this JSON stands open in more than {MOST_STATES:,} ways here, too many to prove that it parses"
        yield Finding(_place(page, part, error.owner, "", 0), message, _CLOSE)
        return
    yield from (_not_parsed(page, part, problem) for problem in problems if not _is_unsafe(page, part, problem))
    for name in repeated:
        yield _repeated(page, part, name)


def _is_unsafe(page: Page, part: DocumentPart, problem: JsonProblem) -> bool:
    """Whether words without quotes hold merge fields, which are not safe there: S02 tells."""
    slot = slot_at(part, problem.owner) or _wordy_slot(part, problem)
    unsafe = {finding.place for finding in page.pages.compiled.findings.of("S02")} if slot is not None else set()
    if slot is None or not unsafe:
        return False
    type_ = page.pages.project.campaigns[page.campaign].slots[slot].type
    rendition = page.pages.project.rendition(page.channel_name, type_, _PART)
    called = page.pages.places.slot_call(page.templates[_PART], slot)
    return called in unsafe or (rendition is not None and rendition.source.path in {place.path for place in unsafe})


def _may_meet(page: Page, one: Held, two: Held) -> bool:
    """Whether two slots may hold these components for somebody: both are for one cell, and neither is against the
    other, or the other itself, which fills one slot."""
    if one[1] == two[1]:
        return False
    first, second = (page.pages.project.components[address].tags for _, address in (one, two))
    for ours, theirs in ((first.segments, second.segments), (first.stages, second.stages)):
        if ours is not None and theirs is not None and not {*ours}.intersection(theirs):
            return False
    return not (_is_against(page, first, two[1]) or _is_against(page, second, one[1]))


def _is_against(page: Page, tags: Tags, other: str) -> bool:
    """Whether a component never stands beside another: it excludes it, or requires another one where that stands."""
    slots = page.pages.project.campaigns[page.campaign].slots
    type_ = other.partition("/")[0]
    is_alone = [slot.type for slot in slots.values()].count(type_) == 1
    instead = any(address != other and address.partition("/")[0] == type_ for address in tags.requires)
    return other in tags.excludes or (is_alone and instead)


def _not_parsed(page: Page, part: DocumentPart, problem: JsonProblem) -> Finding:
    fault, text = problem.fault, problem.text
    wordy = _wordy_slot(part, problem)
    if wordy is not None:
        message = f"this is no JSON: words of the slot {wordy} stand where a value should"
        return Finding(page.pages.places.slot_call(page.templates[_PART], wordy), message, _QUOTES.format(slot=wordy))
    place, where, hint = _place(page, part, problem.owner, text, fault.offset), "", _VALUES
    slot = slot_at(part, problem.owner)
    if slot is not None:
        where, hint = f" in the slot {slot}", _CLOSE
        if fault.expected == "a value" and _WORD.match(fault.standing):
            return Finding(place, f"this is no JSON: words stand where a value should{where}", _IN_QUOTES)
    elif problem.before is not None and not text[: fault.offset].strip():
        slot, address = problem.before
        place = page.pages.places.slot_call(page.templates[_PART], slot)
        where = f" where the slot {slot} " + (f"holds {address}" if address else "is empty")
        hint = _CLOSE if address else _OPTIONAL.format(slot=slot)
    return Finding(place, f"this is no JSON: {fault.standing} stands where {fault.expected} should{where}", hint)


def _wordy_slot(part: DocumentPart, problem: JsonProblem) -> str | None:
    """Return the slot whose words stand without quotes; one word is at its end only where the next piece begins."""
    if problem.fault.expected != "a value" or problem.fault.offset:
        return None
    slot, address = problem.before or (None, None)
    return slot_at(part, problem.owner) or (slot if address else None)


def _repeated(page: Page, part: DocumentPart, name: RepeatedName) -> Finding:
    member = name.member
    place = _place(page, part, member.owner, name.text, member.offset)
    return Finding(place, f"the name {member.name!r} may stand twice in one object", "programs read one of them")


def _place(page: Page, part: DocumentPart, owner: Owner, text: str, offset: int) -> Place:
    """Return where a template writes what stands in a piece; else where its slot is called, or the layout begins."""
    layout, slot = page.templates[_PART], slot_at(part, owner)
    component = page.pages.project.components.get(owner[1] or "")
    rendition = page.rendition(component, _PART) if component is not None else None
    if slot is not None and rendition is None:
        return page.pages.places.slot_call(layout, slot)
    template = rendition or layout
    snippets = (text[offset : offset + size].partition("\n")[0].strip() for size in _SNIPPETS)
    places = (page.pages.places.text(snippet, template) for snippet in snippets if snippet)
    return next(filter(None, places), template.source.at())
