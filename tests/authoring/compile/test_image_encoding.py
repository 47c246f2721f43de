"""Pixels -> delivered bytes: what was drawn is what is sent, and it does not grow."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops

from assembler.authoring.compile.images import Images
from tests.authoring.compile.image_samples import SRGB, animation, frames, image, on_white


def sent(data: bytes) -> tuple[bytes, bytes]:
    """The 1x and the 2x image of a file."""
    images = Images({"a.png": data}, "")
    images.picture("a.png", page=True)
    small, large = images.delivered().values()
    return small, large


def few_colours(count: int, size: tuple[int, int] = (300, 200), *, clear: bool = False) -> bytes:
    """Random dots of a few colours, with a palette."""
    choice = random.Random(count)
    dots = Image.frombytes("P", size, bytes(choice.randrange(count) for _ in range(size[0] * size[1])))
    dots.putpalette([choice.randrange(256) for _ in range(3 * count)])
    out = io.BytesIO()
    dots.save(out, "PNG", optimize=True, **({"transparency": 0} if clear else {}))
    return out.getvalue()


def photograph(format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_mandelbrot((320, 200), (-2, -1, 1, 1), 60).convert("RGB").save(out, format_, **options)
    return out.getvalue()


@pytest.mark.parametrize("clear", [False, True], ids=["opaque", "clear"])
@pytest.mark.parametrize("format_", ["GIF", "PNG"])
def test_an_animation_is_sent_frame_by_frame_as_it_was(format_: str, clear: bool) -> None:
    data = animation(format_, clear=clear)
    small, large = sent(data)
    given, drawn = frames(data), frames(large)
    assert [duration for _, duration in drawn] == [duration for _, duration in given]
    for (one, _), (other, _) in zip(given, drawn, strict=True):
        assert ImageChops.difference(on_white(one), on_white(other)).getbbox() is None
    assert [frame.size for frame, _ in frames(small)] == [(61, 40)] * len(given)
    with Image.open(io.BytesIO(large)) as opened:
        assert opened.info["loop"] == 3


@pytest.mark.parametrize("lossless", [False, True])
def test_an_animated_webp_keeps_its_frames(lossless: bool) -> None:
    data = animation("WEBP", lossless=lossless)
    small, large = sent(data)
    assert [duration for _, duration in frames(large)] == [duration for _, duration in frames(data)]
    assert len(frames(small)) == len(frames(data))
    assert len(large) <= len(data)


def test_the_picture_for_programs_without_animation_stays_apart() -> None:
    pictures = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    pictures[0].save(out, "PNG", save_all=True, append_images=pictures[1:], duration=90, default_image=True)
    for data in sent(out.getvalue()):
        with Image.open(io.BytesIO(data)) as opened:
            assert opened.info["default_image"]
        assert [frame.getpixel((1, 1))[:3] for frame, _ in frames(data)] == [(255, 0, 0), (0, 0, 255), (0, 128, 0)]  # type: ignore[index]
        assert [duration for _, duration in frames(data)][1:] == [90, 90]


@pytest.mark.parametrize("count", [2, 16, 256])
@pytest.mark.parametrize("clear", [False, True], ids=["opaque", "clear"])
def test_a_picture_of_few_colours_keeps_them_and_does_not_grow(count: int, clear: bool) -> None:
    data = few_colours(count, clear=clear)
    small, large = sent(data)
    ((given, _),), ((drawn, _),) = frames(data), frames(large)
    assert ImageChops.difference(on_white(given), on_white(drawn)).getbbox() is None
    assert len(large) <= len(data)
    with Image.open(io.BytesIO(small)) as opened:
        assert opened.mode == "P" or len(small) <= len(data)


@pytest.mark.parametrize("quality", [40, 75, 82, 95])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_photograph_does_not_grow(quality: int, mode: str) -> None:
    with Image.open(io.BytesIO(photograph("PNG"))) as opened:
        out = io.BytesIO()
        opened.convert(mode).save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
    small, large = sent(out.getvalue())
    assert len(large) <= len(out.getvalue())
    assert len(small) < len(out.getvalue())
    ((given, _),), ((drawn, _),) = frames(out.getvalue()), frames(large)
    worst = max(high for _, high in ImageChops.difference(on_white(given), on_white(drawn)).getextrema())  # type: ignore[misc]
    assert worst < 64


def test_a_lossless_webp_stays_lossless() -> None:
    data = photograph("WEBP", lossless=True)
    ((given, _),), ((drawn, _),) = frames(data), frames(sent(data)[1])
    assert ImageChops.difference(on_white(given), on_white(drawn)).getbbox() is None


@pytest.mark.parametrize(
    ("mode", "format_", "delivered"),
    [
        ("RGBA", "PNG", {"RGBA"}),
        ("LA", "PNG", {"LA", "RGBA"}),
        ("L", "PNG", {"L"}),
        ("L", "JPEG", {"L"}),
        ("CMYK", "JPEG", {"RGB"}),
        ("P", "PNG", {"P", "RGB"}),
        ("1", "PNG", {"1", "L"}),
        ("RGBA", "WEBP", {"RGBA", "RGB"}),
        ("P", "GIF", {"P", "L"}),
    ],
)
def test_every_mode_of_colour_is_delivered(mode: str, format_: str, delivered: set[str]) -> None:
    modes = {Image.open(io.BytesIO(file)).mode for file in sent(image(format_, mode=mode))}
    assert modes <= delivered


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_the_profile_is_all_that_stays_of_the_metadata(format_: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home, 1 Quay Street"
    data = image(format_, exif=exif, icc_profile=SRGB)
    assert b"Quay" in data
    for file in sent(data):
        assert b"Quay" not in file
        assert Image.open(io.BytesIO(file)).info["icc_profile"] == SRGB


def test_the_comment_of_a_gif_is_left_behind() -> None:
    for data in (image("GIF", comment=b"1 Quay Street"), animation("GIF", comment=b"1 Quay Street")):
        assert b"Quay" in data
        assert not any(b"Quay" in file for file in sent(data))
