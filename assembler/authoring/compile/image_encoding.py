"""Pixels -> the bytes that are delivered: as faithful as they can be without being more than those of the source."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from PIL import Image

from assembler.authoring.compile.image_decoding import Decoded

_PALETTE: Final = 256
_CLEAR: Final = 255
"""The number of the transparent colour in a palette of ours."""


def halved(image: Decoded) -> Decoded:
    """Return the image with half its pixels each way, rounded up."""
    width, height = image.frames[0].size
    size = ((width + 1) // 2, (height + 1) // 2)
    frames = tuple(_smooth(frame).resize(size, Image.Resampling.LANCZOS) for frame in image.frames)
    return replace(image, frames=frames)


def encoded(image: Decoded, source_colours: int | None, most: int | None) -> bytes:
    """Return the bytes of an image in its format; of its metadata only the colour profile stays, without which its
    colours would change.

    The first of several ways, the most faithful first, that gives at most `most` bytes (None: any number); where none
    does, that which gives the fewest. `source_colours` is how many colours the source has, None for more than 256: an
    image of few may be written with a palette.
    """
    tried: list[bytes] = []
    for data in _encodings(image, source_colours):
        if most is None or len(data) <= most:
            return data
        tried.append(data)
    return min(tried, key=len)


def _encodings(image: Decoded, source_colours: int | None) -> Iterator[bytes]:
    """Yield an image as it can be written, the most faithful first."""
    match image.format:
        case "GIF":
            return _as_gif(image)
        case "PNG":
            return _as_png(image, source_colours)
        case "WEBP":
            return _as_webp(image)
        case _:
            return _as_jpeg(image)


def _as_gif(image: Decoded) -> Iterator[bytes]:
    for colours in (_PALETTE, 64):
        yield _saved(image, [_paletted(frame, colours) for frame in image.frames], optimize=False)


def _as_png(image: Decoded, source_colours: int | None) -> Iterator[bytes]:
    yield _saved(image, list(image.frames), optimize=True)
    # Nobody sees the want of other colours; but mixed edges need more than the source has.
    if source_colours is not None:
        yield _quantized(image, _PALETTE)
        if len(image.frames) == 1 and image.frames[0].mode in ("L", "RGB"):
            yield _quantized(image, source_colours)


def _as_webp(image: Decoded) -> Iterator[bytes]:
    frames = [_smooth(frame) for frame in image.frames]
    if image.lossless:
        yield _saved(image, frames, lossless=True)
    for quality in (82, 70):
        yield _saved(image, frames, quality=quality)


def _as_jpeg(image: Decoded) -> Iterator[bytes]:
    frames = [frame.convert("L" if frame.mode in ("1", "L") else "RGB") for frame in image.frames]
    yield _saved(image, frames, quality=82, optimize=True, progressive=True)
    for progressive in (True, False) if image.compression.get("qtables") else ():
        yield _saved(image, frames, optimize=True, progressive=progressive, **image.compression)


def _saved(image: Decoded, frames: list[Image.Image], **options: Any) -> bytes:
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:]}
        options |= {"duration": list(image.durations[image.still_first :]), "default_image": image.still_first}
        options |= {} if image.loop is None else {"loop": image.loop}
        options |= _PLAYED[image.format][any(frame.has_transparency_data for frame in frames)]
    if image.format != "GIF":
        options["icc_profile"] = image.profile
    out = io.BytesIO()
    frames[0].save(out, image.format, **options)
    return out.getvalue()


_PLAYED: Final[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "GIF": ({"disposal": 1}, {"disposal": 2}),
    "PNG": ({"disposal": 0, "blend": 0}, {"disposal": 0, "blend": 0}),
    "WEBP": ({}, {}),
}
"""How frames follow each other, by format: without transparency, and with it. Every frame is whole: where a pixel may
be clear, it must not show the one before."""


def _smooth(frame: Image.Image) -> Image.Image:
    """Return a frame in a mode in which neighbouring pixels can be mixed."""
    if frame.mode == "1":
        return frame.convert("L")
    if frame.mode != "P":
        return frame
    # Pillow makes the palette of an image that is converted another: a copy's here.
    return frame.copy().convert("RGBA" if frame.has_transparency_data else "RGB")


def _quantized(image: Decoded, colours: int) -> bytes:
    """Return an image with a palette; exactly as it was, where it has no more colours, and no transparency."""
    frames = []
    for frame in image.frames:
        if frame.mode in ("1", "P"):
            frames.append(frame)
        elif frame.mode in ("LA", "RGBA"):
            frames.append(frame.convert("RGBA").quantize(colours, Image.Quantize.FASTOCTREE))
        else:
            frames.append(frame.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE))
    return _saved(image, frames, optimize=True)


def _paletted(frame: Image.Image, colours: int) -> Image.Image:
    """Return a frame as GIF has it: with a palette, and pixels that are either clear or not."""
    if frame.mode in ("1", "L", "P"):
        return frame
    if frame.mode not in ("LA", "RGBA"):
        return frame.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    seen = frame.getchannel("A").point(lambda alpha: 255 if alpha >= 128 else 0)
    solid = Image.new("RGB", frame.size)
    solid.paste(frame.convert("RGB"), mask=seen)
    paletted = solid.quantize(min(colours, _CLEAR), Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    paletted.paste(_CLEAR, mask=seen.point(lambda alpha: 255 - alpha))
    paletted.info["transparency"] = _CLEAR
    return paletted
