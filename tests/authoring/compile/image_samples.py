"""Images in memory: every format, mode and kind of animation."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageCms, ImageDraw

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def image(format_: str = "PNG", size: tuple[int, int] = (21, 10), mode: str = "RGB", **options: object) -> bytes:
    """The bytes of an image without anything on it."""
    out = io.BytesIO()
    Image.new(mode, size, None).save(out, format_, **options)
    return out.getvalue()


def animation(
    format_: str, count: int = 6, size: tuple[int, int] = (121, 80), *, clear: bool = False, **options: object
) -> bytes:
    """A disc that moves and changes its colour, over a bar that stays, on white or on nothing; each lasts longer."""
    drawn = []
    for number in range(count):
        frame = Image.new("RGBA", size, (0, 0, 0, 0) if clear else (240, 240, 230, 255))
        pen = ImageDraw.Draw(frame)
        pen.ellipse((number * 8, 10, number * 8 + 40, 50), fill=(200, 30 + 10 * number, 60, 255))
        pen.rectangle((5, 60, 115, 70), fill=(20, 90, 200, 255))
        frame.putpixel((0, 0), (number, 90, 90, 255))
        drawn.append(frame if clear else frame.convert("RGB"))
    out = io.BytesIO()
    durations = [40 + 10 * number for number in range(count)]
    disposal = {"disposal": 2} if format_ == "GIF" and clear else {}
    drawn[0].save(
        out, format_, save_all=True, append_images=drawn[1:], duration=durations, loop=3, **disposal, **options
    )
    return out.getvalue()


def frames(data: bytes) -> list[tuple[Image.Image, object]]:
    """Every frame of an image as it is seen, with its duration."""
    with Image.open(io.BytesIO(data)) as opened:
        drawn = []
        for number in range(getattr(opened, "n_frames", 1)):
            opened.seek(number)
            opened.load()
            drawn.append((opened.copy().convert("RGBA"), opened.info.get("duration")))
        return drawn


def on_white(frame: Image.Image) -> Image.Image:
    """A frame on white paper."""
    return Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame).convert("RGB")


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
