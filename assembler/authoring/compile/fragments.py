"""Fragments that were made before, found again by a digest of all that goes into them.

Those of one document, a part of a campaign in a channel and locale, are kept together: its key covers what all of them
depend on, and each is known by its call and the words of its component. Only what was made without a finding is kept.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec

import assembler
from assembler.authoring.compile.cache import Cache, NoCache
from assembler.authoring.compile.image_decoding import UnusableImage
from assembler.authoring.compile.images import Images
from assembler.authoring.compile.layouts import Layout, Rendered
from assembler.authoring.compile.renditions import RenderContext, RenderTarget, Trace
from assembler.authoring.compile.text_table import TextPieces
from assembler.authoring.project.component import AuthoredComponent

__all__ = ["FragmentSet", "Fragments", "Made", "Shown", "content_digest"]

_LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "nh3", "css-inline", "selectolax", "pillow")
_ROOMS = ("authoring/compile", "authoring/load", "authoring/project", "library", "runtime")


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A picture that was used: what was asked for, and what came."""

    file: str
    page: bool
    overlay: str
    url: str
    url_2x: str
    width: int
    height: int


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A fragment, and the pictures that it used."""

    pieces: TextPieces
    pictures: tuple[Shown, ...]


_DECODER = msgspec.json.Decoder(dict[str, Made])


class FragmentSet:
    """The fragments of one document: those that were there, and those that are used now."""

    def __init__(
        self, key: str, images: Images, of_layout: frozenset[tuple[str, bool, str]], found: Mapping[str, Made]
    ) -> None:
        """`of_layout` are the pictures that the layout itself uses: the key covers them."""
        self.key = key
        self._of_layout = of_layout
        self.used: dict[str, Made] = {}
        self._before = found.keys()
        self._found = dict(found)
        self._images = images

    @property
    def changed(self) -> bool:
        """Whether what is used now is not what was there."""
        return self.used.keys() != self._before

    def get(self, name: str) -> TextPieces | None:
        """The pieces of a fragment, if its pictures are what they were."""
        made = self.used.get(name)
        if made is None:
            made = self._found.get(name)
            if made is None or (made.pictures and not self._still_shown(made.pictures)):
                return None
            self.used[name] = made
        return made.pieces

    def _still_shown(self, pictures: tuple[Shown, ...]) -> bool:
        return shown(self._images, ((each.file, each.page, each.overlay) for each in pictures)) == pictures

    def put(self, name: str, pieces: TextPieces, trace: Trace) -> bool:
        """Keep a fragment, unless something was found wrong with it; whether it is kept."""
        pictures = shown(self._images, trace.pictures - self._of_layout) if trace.faultless else None
        if pictures is not None:
            self.used[name] = Made(pieces, pictures)
        return pictures is not None

    def encoded(self, *names: str) -> bytes:
        """What is used now (of some names only, if any are given), as `add` and a cache take it."""
        chosen = {name: self.used[name] for name in names if name in self.used} if names else self.used
        return msgspec.json.encode(dict(sorted(chosen.items())))

    def add(self, data: bytes) -> None:
        """Take over what another process has made."""
        self._found.update(_DECODER.decode(data))


class Fragments:
    """The fragments of a project. Those of its last compilation stay in memory, where the next one has them at hand."""

    def __init__(self, cache: Cache | None = None) -> None:
        self.cache = cache or NoCache()
        self.fragment_sets: dict[str, Mapping[str, Made]] = {}
        """The fragments of each document by its key."""

    def fragment_set(self, layout: Layout, skeleton: Rendered, trace: Trace) -> FragmentSet:
        """The fragments of a document whose layout was rendered so."""
        images = layout.target.context.images
        key = self._key(layout, skeleton, shown(images, trace.pictures) or ())
        if key not in self.fragment_sets:
            self.fragment_sets[key] = self._read(key)
        return FragmentSet(key, images, trace.pictures, self.fragment_sets[key])

    def keep(self, fragment_sets: Iterable[FragmentSet]) -> None:
        """Keep the fragments of a compilation, and no others in memory."""
        fragment_sets = list(fragment_sets)
        for fragment_set in fragment_sets:
            if fragment_set.changed:
                self.cache.put(fragment_set.key, fragment_set.encoded())
        self.fragment_sets = {fragment_set.key: fragment_set.used for fragment_set in fragment_sets}

    def _read(self, key: str) -> Mapping[str, Made]:
        data = self.cache.get(key)
        try:
            return _DECODER.decode(data) if data is not None else {}
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}

    def _key(self, layout: Layout, skeleton: Rendered, pictures: tuple[Shown, ...]) -> str:
        target, context = layout.target, layout.target.context
        settings = context.project.settings
        channel = settings.channels.get(target.channel)
        return _digest(
            self.edition,
            target.values,
            layout.template.source.path,
            _templates(target),
            (layout.inliner.inline_css, layout.inliner.head_css) if layout.html else (),
            sorted(settings.fields),
            settings.policy.link_hosts,
            settings.policy.link_parameters.get(target.channel),
            channel.envelope if channel is not None else None,
            [(each.slot, each.part, each.own, each.mark.startswith("<!--")) for each in skeleton.calls],
            _without_tokens(context, skeleton.document),
            pictures,
        )

    @cached_property
    def edition(self) -> str:
        """A digest of all of Assembler, and of what it is made with, that decides how fragments and images come out."""
        root = Path(assembler.__file__).parent
        sources = [path.read_bytes() for room in _ROOMS for path in sorted((root / room).glob("*.py"))]
        versions = [f"{name} {version(name)}" for name in _LIBRARIES]
        return _digest(
            assembler.__version__, platform.python_version(), versions, sha256(b"\0".join(sources)).hexdigest()
        )


def content_digest(target: RenderTarget, component: AuthoredComponent) -> str:
    """A digest of everything of a component that its renditions for a target can depend on."""
    return component.digest_in(target.lineage, target.context.type_digests[component.type])


def shown(images: Images, asked: Iterable[tuple[str, bool, str]]) -> tuple[Shown, ...] | None:
    """The pictures that are shown to who asks for them, sorted; None where one of them cannot be."""
    found = []
    for file, page, overlay in sorted(asked):
        try:
            each = images.picture(file, page=page, overlay=overlay)
        except UnusableImage:
            return None
        found.append(Shown(file, page, overlay, each.url, each.url_2x, each.width, each.height))
    return tuple(found)


def _templates(target: RenderTarget) -> dict[str, str]:
    """The templates of a channel and all that they include, by path."""
    syntax = target.context.templates.syntax
    paths = [path for path in sorted(syntax) if path.startswith(f"templates/{target.channel}/")]
    for path in paths:
        included = sorted(f"templates/{name}" for name, _ in syntax[path].templates)
        paths += [each for each in included if each in syntax and each not in paths]
    return {path: syntax[path].source.text for path in paths}


def _without_tokens(context: RenderContext, document: str) -> str:
    """A document with what merge fields' tokens stand for, because tokens are numbered as it happens.

    The key of the other tokens is left out: it changes with any text of the project.
    """

    def written(token: str) -> str:
        merge_field = context.tokens[token]
        return f"\0{merge_field.name}\0{merge_field.fallback}\0"

    return context.tokens.field.sub(lambda match: written(match[0]), document).replace(context.tokens.key, "")


def _digest(*inputs: object) -> str:
    return sha256(msgspec.json.encode(inputs)).hexdigest()
