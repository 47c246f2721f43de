"""Images: what templates see of them, and the files that are delivered.

The file in the project is the 2x image; the 1x image has half its pixels, rounded up. Every delivered file was decoded
and written anew. Delivered files are named by the content of their source, so a changed image has a new address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from assembler.authoring.compile.image_decoding import FORMATS, Decoded, Examined, UnusableImage, decoded, examined
from assembler.authoring.compile.image_encoding import encoded, halved
from assembler.authoring.compile.overlay import Unwritable, drawn
from assembler.authoring.compile.silhouettes import Silhouette, silhouette
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.settings import Assets
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


PictureRequest = tuple[str, bool, str]
"""A file below assets/, whether it is for a page, and the words on it."""

UsedPicture = tuple[str, str]
"""A file below assets/, and the words on it."""


class Images:
    """The images of a project by their path below assets/; each is examined once.

    `font` is the file of the font for words on images: that which Pillow carries, where there is none. What the `cache`
    has of an image is neither examined, drawn nor encoded again. `used` are pictures that were asked for before, as
    `used` of those images has them.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        base_url: str,
        font: str | None = None,
        cache: BuildCache | None = None,
        used: Iterable[UsedPicture] = (),
    ) -> None:
        self._files = files
        self._cache = cache or BuildCache()
        self._font = font
        self.base_url = base_url if base_url.endswith("/") or not base_url else base_url + "/"
        self.requests: dict[PictureRequest, None] = {}
        """The pictures that were asked for."""
        self._pictures: dict[tuple[str, str], Picture] = {}
        self._used = set(used)

    @property
    def used(self) -> list[UsedPicture]:
        """Every picture that was asked for, sorted."""
        return sorted(self._used)

    def used_pictures(self) -> Iterator[tuple[str, str, Picture]]:
        """Yield every picture that was asked for, after its file and the words on it."""
        for file, overlay in self.used:
            yield file, overlay, self._picture(file, overlay, overlay)

    def picture(self, file: str, alt: str = "", *, page: bool, overlay: str = "") -> Picture:
        """Return the picture of a file, perhaps with words on it; WebP for a `page` alone. Raises `UnusableImage`."""
        try:
            return self._asked(file, alt, page=page, overlay=overlay)
        except UnusableImage as problem:
            raise _named(file, problem) from None

    def _asked(self, file: str, alt: str, *, page: bool, overlay: str) -> Picture:
        self.requests[file, page, overlay] = None
        if self._examine(file).format == "WEBP" and not page:
            hint = "use PNG, JPEG or GIF, or keep it to pages"
            raise UnusableImage("WebP, which many e-mail programs do not show", hint)
        if overlay and (file, overlay) not in self._used:
            self._renditions(file, overlay)
        self._used.add((file, overlay))
        return self._picture(file, alt, overlay)

    def _picture(self, file: str, alt: str, overlay: str) -> Picture:
        if (file, overlay) not in self._pictures:
            image = self._examine(file)
            url, url_2x = (self.base_url + name for name in self._names(file, overlay))
            self._pictures[file, overlay] = Picture(url, url_2x, (image.width + 1) // 2, (image.height + 1) // 2)
        known = self._pictures[file, overlay]
        return replace(known, alt=alt) if alt else known

    def problem(self, file: str) -> UnusableImage | None:
        """Return why a file cannot be used anywhere; None where it can. Asking makes nothing delivered."""
        try:
            self._examine(file)
        except UnusableImage as problem:
            return _named(file, problem)
        return None

    def width(self, file: str) -> int:
        """Return the width in pixels of a file: that of its 2x image. Raises `UnusableImage`."""
        return self._examine(file).width

    def silhouette(self, file: str) -> Silhouette:
        """Return the pixels of a file that can be seen, by their colour; none of one with a ground of its own. Raises
        `UnusableImage`."""
        if not self._examine(file).transparent:
            return {}
        key = ("silhouette", self._files[file])
        return self._cache.memo.get_or_make(key, partial(silhouette, self._files[file]))

    def weights(self, file: str, overlay: str) -> tuple[int, int]:
        """Return the bytes of the 1x and 2x image of a file with words on it, as delivered. Raises `UnusableImage`."""
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
        return {name: data for file, overlay in self.used for name, data in self._renditions(file, overlay)}

    def _names(self, file: str, overlay: str) -> tuple[str, str]:
        """Return the names of the 1x and the 2x image of a file; they change with its content and the words on it."""
        image = self._examine(file)
        mark = image.digest
        if overlay:
            mark = hashlib.sha256(b"\0".join([mark.encode(), overlay.encode(), self._font_data])).hexdigest()[:10]
        name, suffix = f"{stem(file)}-{mark}", FORMATS[image.format]
        return f"{name}{suffix}", f"{name}@2x{suffix}"

    def _drawn(self, image: Decoded, overlay: str) -> Decoded:
        if image.format == "GIF" or len(image.frames) > 1:
            hint = "use a still PNG or JPEG for an image with words on it"
            raise UnusableImage("words on an animation or a GIF", hint)
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
        names = self._names(file, overlay)
        data = self._files[file]
        both = self._cache.key("image", data, overlay, self._font_data if overlay else b"")
        keys = [fingerprint(both, density) for density in (1, 2)]
        encodings = [stored for stored in map(self._cache.disk.get, keys) if stored is not None]
        if len(encodings) < len(keys):
            encodings = self._encode(data, overlay)
            for key, encoding in zip(keys, encodings, strict=True):
                self._cache.disk.put(key, encoding)
        return list(zip(names, encodings, strict=True))

    def _encode(self, data: bytes, overlay: str) -> list[bytes]:
        image = decoded(data)
        counts = [frame.getcolors(_PALETTE) for frame in image.frames]
        colours = None if None in counts else max(len(count or ()) for count in counts)
        if overlay:
            image = self._drawn(image, overlay)
        most = None if overlay else len(data)
        return [encoded(pixels, colours, most) for pixels in (halved(image), image)]

    def _examine(self, file: str) -> Examined:
        data = self._files.get(file)
        if data is None:
            close = asset_meant(file, self._files)
            hint = f"did you mean {close}?" if close else "put it there: the path is below assets/"
            raise UnusableImage(f"no image assets/{file}", hint)
        outcome = self._cache.memo.get_or_make(("image", data), partial(examined, data))
        if isinstance(outcome, UnusableImage):
            raise UnusableImage(outcome.message, outcome.hint)
        return outcome


def images_of(
    files: Mapping[str, bytes], settings: Assets | None, cache: BuildCache, used: Iterable[UsedPicture] = ()
) -> Images:
    """Return the images of a project with these files below assets/; see `Images`."""
    base_url, font = ("", None) if settings is None else (settings.base_url, settings.font)
    return Images(files, base_url, font, cache, used)


def _named(file: str, problem: UnusableImage) -> UnusableImage:
    """Return a problem that says which file it is about."""
    name = f"assets/{file}"
    message = problem.message if name in problem.message else f"{name}: {problem.message}"
    return UnusableImage(message, problem.hint)


def stem(file: str) -> str:
    """Return what of a file's own name the names of its delivered files begin with."""
    return re.sub(r"[^a-z0-9]+", "-", PurePosixPath(file).stem.lower()).strip("-") or "image"
