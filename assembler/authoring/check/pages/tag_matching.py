"""Which tag of a template an element was written by, found without asking every tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import merge

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.template_markup import MarkupTag

_ADDED = frozenset({"style", "bgcolor", "align", "valign"})
"""Attributes that inlining adds."""

_Key = tuple[str, ...]
"""A kind of element, or a kind with the name and value of one attribute."""


@dataclass(frozen=True, slots=True, eq=False)
class _TagGroup:
    """Tags that write the same kind of element with the same literal attributes, and values in the same others.

    `tags` are with their numbers in the template.
    """

    name: str
    literal: Mapping[str, str]
    written: frozenset[str]
    tags: list[tuple[int, MarkupTag]] = field(default_factory=list)

    def may_have_written(self, element: Element) -> bool:
        """Return whether an element has all that is literal, and nothing that these tags do not write."""
        attributes = element.attributes
        return (
            self.name == element.tag
            and all(name in attributes and (attributes[name] or "") == value for name, value in self.literal.items())
            and all(name in self.written or name in _ADDED for name in attributes)
        )


_Fitting = tuple[list[_TagGroup], list[tuple[int, MarkupTag]]]
"""The groups that fit a kind of element best, and all their tags in the order of the template."""


class TagMatcher:
    """The tags of a template as the authors of elements."""

    def __init__(self, tags: Iterable[MarkupTag]) -> None:
        groups = _grouped(tags)
        counts: Counter[_Key] = Counter((group.name, *pair) for group in groups for pair in group.literal.items())
        self._keys = {group: _rarest(group, counts) for group in groups}
        self._by_key: dict[_Key, list[_TagGroup]] = {}
        for group, key in self._keys.items():
            self._by_key.setdefault(key, []).append(group)
        self._fitting: dict[tuple[str, frozenset[tuple[str, str | None]]], _Fitting] = {}
        self._places: dict[tuple[Element, _TagGroup], dict[Element, int]] = {}
        self._elements: dict[Element, dict[_Key, list[Element]]] = {}

    def of(self, element: Element) -> MarkupTag | None:
        """The tag that an element fits best; of several that it fits as well, the one of its number among its kind."""
        seen = (element.tag, frozenset(element.attributes.items()))
        if seen not in self._fitting:
            best = self._best(element)
            self._fitting[seen] = best, list(merge(*(group.tags for group in best), key=lambda numbered: numbered[0]))
        best, tags = self._fitting[seen]
        if not best:
            return None
        number = self._number(element, best[0]) if len(tags) > 1 else 0
        return tags[min(number, len(tags) - 1)][1]

    def _best(self, element: Element) -> list[_TagGroup]:
        """Those with the most literal attributes that may have written an element, in the order of their first tags."""
        groups = [
            group for key in _keys(element) for group in self._by_key.get(key, ()) if group.may_have_written(element)
        ]
        most = max((len(group.literal) for group in groups), default=0)
        return sorted((group for group in groups if len(group.literal) == most), key=lambda group: group.tags[0][0])

    def _number(self, element: Element, group: _TagGroup) -> int:
        """Return how many elements before this one, in the same tree, such a tag may have written as well."""
        root = [element, *element.ancestors()][-1]
        if (root, group) not in self._places:
            able = (other for other in self._with(root, self._keys[group]) if group.may_have_written(other))
            self._places[root, group] = {other: number for number, other in enumerate(able)}
        return self._places[root, group].get(element, 0)

    def _with(self, root: Element, key: _Key) -> list[Element]:
        """The elements of a tree with a key."""
        if root not in self._elements:
            by_key = self._elements[root] = {}
            for below in root.below():
                for kind in _keys(below):
                    by_key.setdefault(kind, []).append(below)
        return self._elements[root].get(key, [])


def _grouped(tags: Iterable[MarkupTag]) -> list[_TagGroup]:
    groups: dict[tuple[str, frozenset[tuple[str, str]], frozenset[str]], _TagGroup] = {}
    for number, tag in enumerate(tags):
        written = {name: value or "" for name, value in tag.attributes.items() if name and "…" not in name}
        written.pop("style", None)
        literal = {name: value for name, value in written.items() if "\n" not in value and "…" not in value}
        key = (tag.name, frozenset(literal.items()), frozenset(written))
        groups.setdefault(key, _TagGroup(tag.name, literal, frozenset(written))).tags.append((number, tag))
    return list(groups.values())


def _rarest(group: _TagGroup, counts: Mapping[_Key, int]) -> _Key:
    """What the fewest others have of what is literal."""
    literal = [(group.name, *pair) for pair in group.literal.items()]
    return min(literal, key=counts.__getitem__, default=(group.name,))


def _keys(element: Element) -> list[_Key]:
    return [(element.tag,), *((element.tag, name, value or "") for name, value in element.attributes.items())]
