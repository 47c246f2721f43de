"""Images: what templates see of them, and the files that are delivered.

The file in the project is the 2x image; the 1x image has half its pixels, rounded up. Every delivered file was decoded
and written anew. Delivered files are named by the content of their source, so a changed image has a new address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from assembler.authoring.compile.image_decoding import FORMATS, Decoded, Examined, UnusableImage, decoded, examined
from assembler.authoring.compile.image_encoding import encoded, halved
from assembler.authoring.compile.overlay import Unwritable, drawn
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.value_hints import asset_meant
from assembler.errors import nearest

_PALETTE = 256
"""An image of at most as many colours may be delivered with a palette."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as templates see it. `width` and `height` are CSS pixels: those of the 1x image."""

    url: str
    url_2x: str
    width: int
    height: int
    alt: str = ""


class Images:
    """The images of a project by their path below assets/; each is examined once.

    `font` is the file of the font for words on images: that which Pillow carries, where there is none. What the `cache`
    has of an image is neither examined, drawn nor encoded again.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        base_url: str,
        font: str | None = None,
        cache: BuildCache | None = None,
    ) -> None:
        self._files = files
        self._cache = cache or BuildCache()
        self._font = font
        self.base_url = base_url if base_url.endswith("/") or not base_url else base_url + "/"
        self.requests: dict[tuple[str, bool, str], None] = {}
        """The pictures that were asked for: file, whether for a page, and the words on it."""
        self._examined: dict[str, Examined | UnusableImage] = {}
        self._pictures: dict[tuple[str, str], Picture] = {}
        self._delivered: dict[str, set[str]] = {}

    def used_pictures(self) -> Iterator[tuple[str, str, Picture]]:
        """Yield every picture that was asked for, after its file and the words on it."""
        for file in sorted(self._delivered):
            for overlay in sorted(self._delivered[file]):
                yield file, overlay, self._picture(file, overlay, overlay)

    def picture(self, file: str, alt: str = "", *, page: bool, overlay: str = "") -> Picture:
        """Return the picture of a file with words on it, if any; only a `page` may show WebP. Raises
        `UnusableImage`."""
        self.requests[file, page, overlay] = None
        image_facts = self._examine(file)
        if image_facts.format == "WEBP" and not page:
            raise UnusableImage(
                "WebP, which many e-mail programs do not show", "use PNG, JPEG or GIF, or keep it to pages"
            )
        if overlay and overlay not in self._delivered.get(file, ()):
            self._renditions(file, overlay)
        self._delivered.setdefault(file, set()).add(overlay)
        return self._picture(file, alt, overlay)

    def _picture(self, file: str, alt: str, overlay: str) -> Picture:
        if (file, overlay) not in self._pictures:
            image_facts = self._examine(file)
            names = [_name(file, image_facts, density, self._mark(image_facts, overlay)) for density in (1, 2)]
            width, height = (image_facts.width + 1) // 2, (image_facts.height + 1) // 2
            self._pictures[file, overlay] = Picture(self.base_url + names[0], self.base_url + names[1], width, height)
        known = self._pictures[file, overlay]
        return Picture(known.url, known.url_2x, known.width, known.height, alt) if alt else known

    def problem(self, file: str) -> UnusableImage | None:
        """Return why a file cannot be used anywhere; None where it can. Asking makes nothing delivered."""
        try:
            self._examine(file)
        except UnusableImage as problem:
            return problem
        return None

    def width(self, file: str) -> int:
        """Return the width in pixels of a file: that of its 2x image. Raises `UnusableImage`."""
        return self._examine(file).width

    def weights(self, file: str, overlay: str) -> tuple[int, int]:
        """Return the bytes of the 1x and of the 2x image of a file with words on it, as delivered. Raises
        `UnusableImage`."""
        self._examine(file)
        key = ("weights", self._files[file], overlay, self._font_data if overlay else b"")
        return self._cache.memo.get_or_make(key, partial(self._weigh, file, overlay))

    def _weigh(self, file: str, overlay: str) -> tuple[int, int]:
        (_, small), (_, large) = self._renditions(file, overlay)
        return len(small), len(large)

    @property
    def _font_data(self) -> bytes:
        return self._files.get(self._font or "", b"")

    def delivered(self) -> dict[str, bytes]:
        """Return the files to deliver for every picture used, by name: written anew, without metadata."""
        return {
            name: data
            for file in sorted(self._delivered)
            for overlay in sorted(self._delivered[file])
            for name, data in self._renditions(file, overlay)
        }

    def _mark(self, image: Examined, overlay: str) -> str:
        """Return the part of a file's name that changes with its content and the words on it."""
        if not overlay:
            return image.digest
        font = self._font_data
        return hashlib.sha256(b"\0".join([image.digest.encode(), overlay.encode(), font])).hexdigest()[:10]

    def _drawn(self, image: Decoded, overlay: str) -> Decoded:
        if image.format == "GIF" or len(image.frames) > 1:
            raise UnusableImage(
                "words on an animation or a GIF", "use a still PNG or JPEG for an image with words on it"
            )
        if self._font is not None and self._font not in self._files:
            close = nearest(self._font, self._files)
            raise UnusableImage(f"no font assets/{self._font}", f"did you mean {close}?" if close else None)
        font = self._files[self._font] if self._font is not None else None
        try:
            return replace(image, frames=(drawn(image.frames[0], overlay, font),))
        except (Unwritable, OSError) as error:
            hint = "write fewer words, or name a font that has these letters in `assets: {font: ...}`"
            raise UnusableImage(f"words cannot be drawn: {error}", hint) from None

    def _renditions(self, file: str, overlay: str) -> list[tuple[str, bytes]]:
        """Return the 1x and the 2x image of a file, with their names."""
        image = self._examine(file)
        names = [_name(file, image, density, self._mark(image, overlay)) for density in (1, 2)]
        font = self._font_data if overlay else b""
        both = self._cache.key("image", self._files[file], overlay, font)
        keys = [fingerprint(both, density) for density in (1, 2)]
        stored = [data for data in map(self._cache.disk.get, keys) if data is not None]
        if len(stored) == len(keys):
            return list(zip(names, stored, strict=True))
        renditions = self._encode(file, overlay)
        for key, (_, data) in zip(keys, renditions, strict=True):
            self._cache.disk.put(key, data)
        return renditions

    def _encode(self, file: str, overlay: str) -> list[tuple[str, bytes]]:
        image_facts = self._examine(file)
        data = self._files[file]
        image = decoded(data)
        counts = [frame.getcolors(_PALETTE) for frame in image.frames]
        colours = None if None in counts else max(len(count or ()) for count in counts)
        if overlay:
            image = self._drawn(image, overlay)
        most = None if overlay else len(data)
        mark = self._mark(image_facts, overlay)
        return [
            (_name(file, image_facts, density, mark), encoded(pixels, colours, most))
            for density, pixels in ((1, halved(image)), (2, image))
        ]

    def _examine(self, file: str) -> Examined:
        data = self._files.get(file)
        if data is None:
            close = asset_meant(file, self._files)
            hint = f"did you mean {close}?" if close else "put it there: the path is below assets/"
            raise UnusableImage(f"no image assets/{file}", hint)
        if file not in self._examined:
            self._examined[file] = self._cache.memo.get_or_make(("image", data), partial(examined, data))
        outcome = self._examined[file]
        if isinstance(outcome, UnusableImage):
            raise UnusableImage(outcome.message, outcome.hint)
        return outcome


def _name(file: str, image: Examined, density: int, mark: str) -> str:
    return f"{stem(file)}-{mark}{'@2x' if density == 2 else ''}{FORMATS[image.format]}"


def stem(file: str) -> str:
    """Return what of a file's own name the names of its delivered files begin with."""
    return re.sub(r"[^a-z0-9]+", "-", PurePosixPath(file).stem.lower()).strip("-") or "image"
