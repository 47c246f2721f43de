"""What changed, in sentences: each change once, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.review.gallery.phrases import enumerated, spoken
from assembler.review.gallery.words import WordChange
from assembler.review.sampling.digests import Place

_AROUND = 60
"""So many characters before and after a change are told with it."""

_MOST = 3
"""So many changes of one component are told; the rest are counted."""

_EDGES = " \n,;:"
_ADDRESS = re.compile(r"\S[/.:]\S")

Scrap = Sequence[WordChange]
"""One change, with some of the words around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSentence:
    """A sentence in which the languages are left out between `begins` and `ends`, and the changes that it tells of."""

    begins: str
    locales: tuple[str, ...] = ()
    ends: str = ""
    scraps: tuple[Scrap, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the sentence as the pages need it."""
        return {"begins": self.begins, "locales": self.locales, "ends": self.ends, "scraps": self.scraps}


def new_place(place: Place) -> ChangeSentence:
    """Return the sentence about a campaign, channel and locale that there was not before."""
    campaign, channel, locale = place
    return ChangeSentence(begins=f"New: {spoken(campaign)} (", locales=(locale,), ends=f", {spoken(channel)}).")


def new_combinations() -> ChangeSentence:
    """Return the sentence about variants that nobody could get before."""
    return ChangeSentence(begins="These combinations were not there before.")


def other_component(slot: str, old: str | None, new: str | None) -> ChangeSentence:
    """Return the sentence about a slot that has another component, or none."""
    if new is None:
        return ChangeSentence(begins=f"The {spoken(slot)} {_quoted(old)} is not shown any more.")
    before = f"instead of {_quoted(old)}" if old else "where there was none"
    return ChangeSentence(begins=f"The {spoken(slot)} {_quoted(new)} is shown {before}.")


def gone_place(place: Place) -> ChangeSentence:
    """Return the sentence about a campaign, channel and locale that there is no more."""
    campaign, channel, locale = place
    return ChangeSentence(begins=f"Gone: {spoken(campaign)} (", locales=(locale,), ends=f", {spoken(channel)}).")


def added(component: str) -> ChangeSentence:
    """Return the sentence about a component that there was not before."""
    return ChangeSentence(begins=f"The {_type(component)} {_quoted(component)} is new.")


def removed(component: str) -> ChangeSentence:
    """Return the sentence about a component that is no longer there."""
    return ChangeSentence(begins=f"The {_type(component)} {_quoted(component)} was removed.")


def changed(
    subject: str, name: str, differences: Sequence[tuple[Sequence[Place], Mapping[str, Sequence[WordChange]]]]
) -> list[ChangeSentence]:
    """Return the sentences about what says otherwise: what it is (`headline`), how it is called, and by places what
    changed in each part. Places where the same changed are told of together."""
    together: dict[tuple[tuple[str, ...], tuple[Scrap, ...]], list[Place]] = {}
    for places, parts in differences:
        scraps = tuple(map(tuple, _distinct(parts)))
        told = [*map(_verb, scraps[:_MOST]), *(["shows another picture"] if "pictures" in parts else [])]
        more = [f"{len(scraps) - _MOST} more"] if len(scraps) > _MOST else []
        together.setdefault(((*told, *more), scraps[:_MOST]), []).extend(places)
    sentences = [_difference(subject, name, places, told, scraps) for (told, scraps), places in together.items()]
    return sentences or [ChangeSentence(begins=f"The {subject} {name} changed only in its markup.")]


def _difference(
    subject: str, name: str, places: Sequence[Place], told: Sequence[str], scraps: tuple[Scrap, ...]
) -> ChangeSentence:
    campaigns, channels, locales = (tuple(dict.fromkeys(place[part] for place in places)) for part in range(3))
    return ChangeSentence(
        begins=f"The {subject} of {enumerated([spoken(campaign) for campaign in campaigns])} ({name}, ",
        locales=locales,
        ends=f", {enumerated([spoken(channel) for channel in channels])}) {enumerated(told)}.",
        scraps=scraps,
    )


def _distinct(parts: Mapping[str, Sequence[WordChange]]) -> Iterator[Scrap]:
    """Each change of words once, though links and plain text repeat the words; of links, where they lead."""
    known: set[tuple[tuple[str, str], ...]] = set()
    for part, changes in parts.items():
        for scrap in _scraps(changes) if part != "pictures" else ():
            words = tuple((kind, " ".join(text.split())) for kind, text in scrap if kind != "=")
            if words not in known and (part != "links" or any(_ADDRESS.search(text) for _, text in words)):
                known.add(words)
                yield scrap


def _scraps(changes: Sequence[WordChange]) -> Iterator[Scrap]:
    """Each run of changes by itself, with some of the words around it."""
    run: list[WordChange] = []
    before = ""
    for kind, text in (*changes, ("=", "")):
        if kind != "=":
            run.append((kind, text))
            continue
        if run:
            yield [("=", _end(before)), *run, ("=", _beginning(text))]
        run, before = [], text


def _end(text: str) -> str:
    return f"…{text[-_AROUND:]}" if len(text) > _AROUND else text


def _beginning(text: str) -> str:
    return f"{text[:_AROUND]}…" if len(text) > _AROUND else text


def _verb(scrap: Scrap) -> str:
    gone, new = ("".join(text for kind, text in scrap if kind == wanted) for wanted in "-+")
    if not (gone + new).strip():
        return "breaks a line elsewhere"
    if gone and new:
        return f"says {_said(new)} instead of {_said(gone)}"
    return f"lost {_said(gone)}" if gone else f"gained {_said(new)}"


def _said(text: str) -> str:
    """A text in quotes, without the commas around it unless it is nothing else, and no longer than need be."""
    return f"“{_beginning(text.strip(_EDGES) or text.strip())}”"


def _quoted(component: str | None) -> str:
    return f"“{spoken(component or '')}”"


def _type(component: str) -> str:
    return spoken(component.partition("/")[0])
