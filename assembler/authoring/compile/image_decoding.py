"""The bytes of an image -> its frames: every pixel read, upright, without metadata, in a mode that can be written.

The limits keep the work for one file within seconds, and its memory below half a gigabyte, whatever the file claims.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, UnidentifiedImageError

FORMATS: Final = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
MAX_BYTES: Final = 20_000_000
MAX_SIDE: Final = 10_000
MAX_PIXELS: Final = 16_000_000
"""Of an image; of an animation, those of all its frames together."""
MAX_FRAMES: Final = 200
MAX_PROFILE: Final = 1_000_000
"""The bytes of a colour profile that is delivered with its image. The colours of a larger one are converted."""

_DAMAGED: Final = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""What decoders raise over bytes that are not as they should be."""

_ALIASES: Final = {"MPO": "JPEG"}
"""Formats that are another one, with more pictures behind the first: viewers show the first."""

_SRGB_GAMMA: Final = 1 / 2.2


class UnusableImage(Exception):
    """Why an image cannot be used; `hint` says how to mend it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What an image is: its format, its size in pixels as it is seen, its number of frames, a digest of its bytes; and
    whether pixels of the first frame may be clear."""

    format: str
    width: int
    height: int
    frames: int
    digest: str
    transparent: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decoded:
    """An image as pixels.

    `frames` has one frame, or those of an animation, each whole, in one of the modes 1, L, LA, P, RGB and RGBA.
    `durations` are milliseconds by frame; `loop` is how often an animation is played (0: for ever; None: once).
    `profile` is the colour profile of the pixels, `compression` are the options that compress a JPEG as its file does;
    `lossless` says that a WebP image is, and `still_first` that the first frame is for programs that show no animation.
    """

    format: str
    frames: tuple[Image.Image, ...]
    durations: tuple[int, ...] = ()
    loop: int | None = None
    profile: bytes | None = None
    compression: dict[str, Any] = field(default_factory=dict)
    lossless: bool = False
    still_first: bool = False


def examined(data: bytes) -> Examined | UnusableImage:
    """Return what the bytes of an image are; or why they cannot be used, after every pixel was read."""
    try:
        image = decoded(data)
    except UnusableImage as problem:
        return problem
    width, height = image.frames[0].size
    return Examined(
        format=image.format,
        width=width,
        height=height,
        frames=len(image.frames),
        digest=hashlib.sha256(data).hexdigest()[:10],
        transparent=image.frames[0].has_transparency_data,
    )


def decoded(data: bytes) -> Decoded:
    """Return the pixels of an image. Raises `UnusableImage` where it is damaged, of another format, or over a limit."""
    if len(data) > MAX_BYTES:
        raise UnusableImage(f"an image file of {len(data) // 1_000_000} MB", f"at most {MAX_BYTES // 1_000_000} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                return _decoded(image, data)
    except UnidentifiedImageError:
        raise UnusableImage("not a PNG, JPEG, GIF or WebP image", "save it in one of these formats") from None
    except Image.DecompressionBombError:
        raise UnusableImage("more than 16 megapixels", "save it smaller") from None
    except _DAMAGED as error:
        raise UnusableImage(f"a damaged image: {str(error) or type(error).__name__}", "save it again") from None


def _decoded(image: Image.Image, data: bytes) -> Decoded:
    format_ = _ALIASES.get(image.format or "", image.format or "")
    _require_size(image)
    if image.format not in _ALIASES and getattr(image, "is_animated", False):
        return _animation(image, format_, data)
    image.load()
    compression = _compression(image)
    frame, profile = _plain(_upright(image))
    _require_size(frame)
    lossless = b"VP8 " not in data
    return Decoded(format=format_, frames=(frame,), profile=profile, compression=compression, lossless=lossless)


def _animation(image: Image.Image, format_: str, data: bytes) -> Decoded:
    frames, durations = [], []
    profile = None
    for sought in _sought(image):
        frame, profile = _plain(sought.copy())
        frames.append(frame)
        durations.append(round(sought.info.get("duration") or 0))
    loop = image.info.get("loop")
    return Decoded(
        format=format_,
        frames=tuple(frames),
        durations=tuple(durations),
        loop=loop if isinstance(loop, int) else None,
        profile=profile,
        lossless=b"VP8 " not in data,
        still_first=bool(image.info.get("default_image")),
    )


def _sought(image: Image.Image) -> Iterator[Image.Image]:
    """Yield an image at each of its frames. Frames are looked for one by one: to count them all may take for ever."""
    pixels = 0
    for number in range(MAX_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        _require_size(image)
        pixels += image.width * image.height
        if number == MAX_FRAMES:
            raise UnusableImage(f"more than {MAX_FRAMES} frames", "shorten the animation")
        if pixels > MAX_PIXELS:
            raise UnusableImage("an animation of over 16 megapixels in all", "save it smaller, or with fewer frames")
        image.load()
        yield image


def _require_size(image: Image.Image) -> None:
    if max(image.size) > MAX_SIDE:
        raise UnusableImage(f"{image.width} x {image.height} pixels, a side over {MAX_SIDE:,}", "save it smaller")
    if image.width * image.height > MAX_PIXELS:
        raise UnusableImage(f"{image.width} x {image.height} pixels, over 16 megapixels", "save it smaller")
    if min(image.size) < 1:
        raise UnusableImage("an image without pixels", "save it again")


def _upright(image: Image.Image) -> Image.Image:
    """Return an image turned as its metadata says; as it lies, where these are not readable."""
    try:
        return ImageOps.exif_transpose(image)
    except _DAMAGED:
        return image.copy()


def _compression(image: Image.Image) -> dict[str, Any]:
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or image.mode not in ("L", "RGB"):
        return {}
    subsampling = JpegImagePlugin.get_sampling(image)
    known = {} if subsampling < 0 else {"subsampling": subsampling}
    return {"qtables": {number: list(table) for number, table in image.quantization.items()}, **known}


def _plain(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """Return an image in a mode that can be written, without metadata, and its colour profile."""
    info = image.info
    frame = _of_eight_bits(_with_gamma(image))
    frame, profile = _coloured(frame, info.get("icc_profile"))
    transparency = info.get("transparency") if frame.mode == "P" else None
    frame.info = {} if transparency is None else {"transparency": transparency}
    return frame, profile


def _with_gamma(image: Image.Image) -> Image.Image:
    """Return an image whose brightness does not depend on the gamma that a PNG file names."""
    gamma, info = image.info.get("gamma"), image.info
    if not isinstance(gamma, float) or not 0.1 < gamma < 10 or "icc_profile" in info or "srgb" in info:
        return image
    if abs(gamma - _SRGB_GAMMA) < 0.01 or image.mode.startswith(("I", "F")):
        return image
    changed = _true_colours(image)
    curve = [round(255 * (value / 255) ** (_SRGB_GAMMA / gamma)) for value in range(256)]
    keep = list(range(256))
    return changed.point([*curve * len(changed.mode.removesuffix("A")), *(keep if changed.mode.endswith("A") else ())])


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """Return an image in a mode of at most eight bits a channel; transparency that is no palette's is a channel."""
    if image.mode.startswith("I") or image.mode == "F":
        grey = image.convert("I").point(lambda value: value / 257 + 0.5).convert("L")
        clear = image.info.get("transparency")
        if isinstance(clear, int):
            wide = array("i", image.convert("I").tobytes())
            grey.putalpha(Image.frombytes("L", image.size, bytes(0 if value == clear else 255 for value in wide)))
        return grey
    if image.mode in ("L", "RGB") and "transparency" in image.info:
        return image.convert("LA" if image.mode == "L" else "RGBA")
    if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"):
        return image
    return _true_colours(image)


def _true_colours(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "LA") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _coloured(image: Image.Image, profile: Any) -> tuple[Image.Image, bytes | None]:
    """Return an image with the profile that its colours need; in sRGB where they cannot be delivered with it."""
    if not isinstance(profile, bytes):
        return (image.convert("RGB") if image.mode == "CMYK" else image), None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = opened.profile.xcolor_space.strip()
        if space == _SPACES.get(image.mode) and len(profile) <= MAX_PROFILE and image.mode != "CMYK":
            return image, profile
        if space == _SPACES.get(image.mode):
            return _converted(image, opened), None
    except (ImageCms.PyCMSError, *_DAMAGED):
        pass  # browsers ignore a profile that cannot be read, too
    return (image.convert("RGB") if image.mode == "CMYK" else image), None


_SPACES: Final = {"L": "GRAY", "LA": "GRAY", "P": "RGB", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
"""The colour space of a profile that fits a mode."""


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    source = _true_colours(image) if image.mode == "P" else image
    target = {"L": "L", "LA": "L", "RGBA": "RGBA"}.get(source.mode, "RGB")
    if target == "L":
        return source
    changed = ImageCms.profileToProfile(source, profile, ImageCms.createProfile("sRGB"), outputMode=target)
    return source if changed is None else changed
