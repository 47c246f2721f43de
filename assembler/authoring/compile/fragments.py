"""Fragments that were made before, found again by a fingerprint of all that goes into them.

Those of one document, a part of a campaign in a channel and locale, are stored together: their key covers what all of
them depend on, and each is known by its call and the words of its component. Only what was made without a finding is
stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import msgspec

from assembler.authoring.compile.image_decoding import UnusableImage
from assembler.authoring.compile.images import Images, Picture, PictureRequest
from assembler.authoring.compile.layouts import Layout, Rendered
from assembler.authoring.compile.renditions import RenderContext, RenderTarget, Trace
from assembler.authoring.compile.template_includes import included_by
from assembler.authoring.compile.text_table import TextPieces
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.project.component import AuthoredComponent

_Pictures = tuple[tuple[PictureRequest, Picture], ...]
"""What was asked for, and what came."""


class StoredFragment(msgspec.Struct, frozen=True, array_like=True):
    """A fragment, and the pictures that it uses."""

    pieces: TextPieces
    pictures: _Pictures


_DECODER = msgspec.json.Decoder(dict[str, StoredFragment])


class FragmentSet:
    """The fragments of one document that were made before, and those that are used now."""

    def __init__(self, cache: BuildCache, layout: Layout, skeleton: Rendered, trace: Trace) -> None:
        """The document is that whose layout was rendered so; its key covers the pictures that the layout uses."""
        self._images = layout.target.context.images
        self._of_layout = trace.pictures
        pictures = _used_pictures(self._images, trace.pictures) or ()
        inputs = _inputs(layout, skeleton, pictures)
        self._stored = cache.results(_DECODER, "fragments", *inputs, holds=partial(_still_used, self._images))

    def get(self, name: str) -> TextPieces | None:
        """Return the pieces of a fragment; None where it is not there, or its pictures are not what they were."""
        fragment = self._stored.get(name)
        return None if fragment is None else fragment.pieces

    def put(self, name: str, pieces: TextPieces, trace: Trace) -> bool:
        """Take a fragment into use, unless something was found wrong with it; return whether it was."""
        pictures = _used_pictures(self._images, trace.pictures - self._of_layout) if trace.faultless else None
        if pictures is not None:
            self._stored.put(name, StoredFragment(pieces, pictures))
        return pictures is not None

    def encoded(self, name: str) -> bytes:
        """Return a fragment that is in use, or that there is none, as `receive` of another process takes it."""
        fragment = self._stored.get(name)
        return msgspec.json.encode({} if fragment is None else {name: fragment})

    def receive(self, data: bytes) -> None:
        """Have at hand what another process has made."""
        self._stored.receive(_DECODER.decode(data))

    def save(self) -> None:
        """Store the fragments that are in use, where some of them are new."""
        self._stored.save()


def component_fingerprint(target: RenderTarget, component: AuthoredComponent) -> str:
    """Return what tells everything of a component that its renditions in a target can depend on from any other."""
    return component.digest_in(target.lineage, target.context.project.types[component.type].source.digest)


def _used_pictures(images: Images, requests: Iterable[PictureRequest]) -> _Pictures | None:
    """Return the pictures that come for what is asked for, sorted; None where one of them cannot be used."""
    try:
        return tuple(
            ((file, page, overlay), images.picture(file, page=page, overlay=overlay))
            for file, page, overlay in sorted(requests)
        )
    except UnusableImage:
        return None


def _still_used(images: Images, fragment: StoredFragment) -> bool:
    """Whether the pictures of a fragment are what they were."""
    requests = [request for request, _ in fragment.pictures]
    return not requests or _used_pictures(images, requests) == fragment.pictures


def _inputs(layout: Layout, skeleton: Rendered, pictures: _Pictures) -> tuple[object, ...]:
    """All that every fragment of a document depends on."""
    target, context = layout.target, layout.target.context
    settings = context.project.settings
    return (
        target.values,
        layout.template.source.path,
        _templates(target),
        (layout.inliner.inline_css, layout.inliner.head_css) if layout.html else (),
        sorted(settings.fields),
        settings.policy.link_hosts,
        settings.policy.link_parameters.get(target.channel),
        target.settings.envelope,
        [(call.slot, call.part, call.own, call.mark.startswith("<!--")) for call in skeleton.calls],
        _without_tokens(context, skeleton.document),
        pictures,
    )


def _templates(target: RenderTarget) -> dict[str, str]:
    syntax = target.context.templates.syntax
    own = (path for path in sorted(syntax) if path.startswith(f"templates/{target.channel}/"))
    return {path: syntax[path].source.text for start in own for path in included_by(syntax, start)}


def _without_tokens(context: RenderContext, document: str) -> str:
    """A document with what merge fields' tokens stand for, because tokens are numbered as it happens.

    The key of the other tokens is left out: it changes with any text of the project.
    """

    def written(token: str) -> str:
        merge_field = context.tokens[token]
        return f"\0{merge_field.name}\0{merge_field.fallback}\0"

    return context.tokens.field.sub(lambda match: written(match[0]), document).replace(context.tokens.key, "")
