"""The bytes of an image -> pixels, within limits; whatever the bytes are, there are pixels or a reason."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import GifImagePlugin, Image, ImageCms

from assembler.authoring.compile import image_decoding
from assembler.authoring.compile.image_decoding import MAX_BYTES, MAX_FRAMES, MAX_SIDE, UnusableImage, decoded, examined
from assembler.authoring.compile.images import Images
from tests.authoring.compile.image_samples import SRGB, animation, image, png_chunk


def with_chunk(kind: bytes, data: bytes, picture: bytes | None = None) -> bytes:
    """A PNG with one more chunk behind its header."""
    picture = picture or image()
    return picture[:33] + png_chunk(kind, data) + picture[33:]


def zipped(data: bytes) -> bytes:
    return b"x\0\0" + zlib.compress(data, 9)


@pytest.mark.parametrize(
    ("made_up", "message"),
    [
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG, JPEG, GIF or WebP image"),
        (lambda: b"", "not a PNG, JPEG, GIF or WebP image"),
        (lambda: image("BMP"), "not a PNG, JPEG, GIF or WebP image"),
        (lambda: image("TIFF"), "not a PNG, JPEG, GIF or WebP image"),
        (lambda: image("JPEG", (400, 400))[:-400], "a damaged image"),
        (lambda: image("PNG", (400, 400))[:-60], "a damaged image"),
        (lambda: image("GIF", (400, 400))[:-200], "a damaged image"),
        (lambda: image("PNG")[:33] + image("PNG")[-12:], "a damaged image"),
        (lambda: with_chunk(b"zTXt", zipped(b"\0" * 80_000_000)), "a damaged image"),
        (lambda: with_chunk(b"iCCP", zipped(b"\0" * 80_000_000)), "a damaged image"),
        (lambda: b"\0" * MAX_BYTES, "not a PNG, JPEG, GIF or WebP image"),
        (lambda: b"\0" * (MAX_BYTES + 1), "an image file of 20 MB"),
        (lambda: image(size=(4001, 4000), mode="1"), "4001 x 4000 pixels, over 16 megapixels"),
        (lambda: image(size=(20_000, 20_000), mode="1"), "more than 16 megapixels"),
        (lambda: image(size=(MAX_SIDE + 1, 1)), "10001 x 1 pixels, a side over 10,000"),
        (lambda: image(size=(1, MAX_SIDE + 1)), "1 x 10001 pixels, a side over 10,000"),
        (lambda: animation("GIF", MAX_FRAMES + 1, (9, 9)), "more than 200 frames"),
        (lambda: animation("PNG", MAX_FRAMES + 1, (9, 9)), "more than 200 frames"),
        (lambda: animation("WEBP", MAX_FRAMES + 1, (9, 9), lossless=True), "more than 200 frames"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_cannot_be_used_says_why(made_up: Callable[[], bytes], message: str) -> None:
    data = made_up()
    with pytest.raises(UnusableImage) as caught:
        decoded(data)
    assert message in caught.value.message
    assert caught.value.hint
    assert examined(data).message == caught.value.message  # type: ignore[union-attr]  # it is `UnusableImage`


@pytest.mark.parametrize(
    "made_up",
    [
        lambda: image(size=(4000, 4000), mode="1"),
        lambda: image(size=(MAX_SIDE, 1)),
        lambda: image(size=(1, MAX_SIDE)),
        lambda: image(size=(1, 1)),
        lambda: animation("GIF", MAX_FRAMES, (9, 9)),
    ],
    ids=["the most pixels", "the widest", "the highest", "the smallest", "the most frames"],
)
def test_what_is_on_a_limit_can_be_used(made_up: Callable[[], bytes]) -> None:
    assert decoded(made_up()).frames


def test_frames_are_counted_one_by_one_and_no_further_than_they_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    data = animation("GIF", 3, (9, 9))
    start = data.index(b"\x21\xf9")
    sought: list[int] = []
    seek = GifImagePlugin.GifImageFile.seek

    def noted(image: GifImagePlugin.GifImageFile, frame: int) -> None:
        sought.append(frame)
        seek(image, frame)

    monkeypatch.setattr(GifImagePlugin.GifImageFile, "seek", noted)
    with pytest.raises(UnusableImage, match="more than 200 frames"):
        decoded(data[:start] + data[start:-1] * 20_000 + b";")
    assert max(sought) == MAX_FRAMES


def test_the_pixels_of_all_frames_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_decoding, "MAX_PIXELS", 6 * 81)
    assert len(decoded(animation("GIF", 6, (9, 9))).frames) == 6
    with pytest.raises(UnusableImage, match="an animation of over 16 megapixels in all"):
        decoded(animation("GIF", 7, (9, 9)))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_give_an_image_or_a_reason(seed: int) -> None:
    choice = random.Random(seed)
    kinds: list[Callable[[], bytes]] = [
        lambda: image("JPEG", icc_profile=SRGB),
        lambda: image("JPEG", mode="CMYK"),
        lambda: image("PNG", mode="RGBA", icc_profile=SRGB),
        lambda: image("WEBP", mode="RGBA"),
        lambda: animation("GIF", 3, (20, 20), clear=True),
        lambda: animation("PNG", 3, (20, 20)),
        lambda: animation("WEBP", 3, (20, 20)),
    ]
    for kind in kinds:
        data = bytearray(kind())
        for _ in range(choice.choice((1, 2, 8))):
            at = choice.randrange(len(data))
            change = choice.randrange(3)
            if change == 0:
                data[at] = choice.randrange(256)
            elif change == 1:
                data[at : at + 4] = choice.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
            else:
                del data[at : at + choice.randrange(1, 40)]
        images = Images({"a.png": bytes(data)}, "")
        try:
            images.picture("a.png", page=True)
        except UnusableImage as problem:
            assert problem.message
        else:
            assert all(decoded(data).frames for data in images.delivered().values())


def test_a_photograph_with_more_pictures_inside_is_the_jpeg_that_viewers_show() -> None:
    out = io.BytesIO()
    first = Image.new("RGB", (40, 20), "red")
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), "blue")])
    picture = decoded(out.getvalue())
    assert (picture.format, len(picture.frames)) == ("JPEG", 1)
    assert picture.frames[0].getpixel((5, 5)) == (254, 0, 0)


@pytest.mark.parametrize(("depth", "grey"), [(0, 0), (30_000, 117), (65_535, 255)])
def test_sixteen_bits_become_eight_of_the_same_brightness(depth: int, grey: int) -> None:
    out = io.BytesIO()
    Image.new("I;16", (4, 4), depth).save(out, "PNG")
    assert decoded(out.getvalue()).frames[0].getpixel((1, 1)) == grey


def test_a_clear_grey_of_sixteen_bits_stays_clear() -> None:
    out = io.BytesIO()
    picture = Image.new("I;16", (4, 4), 30_000)
    picture.putpixel((0, 0), 500)
    picture.save(out, "PNG")
    frame = decoded(with_chunk(b"tRNS", struct.pack(">H", 500), out.getvalue())).frames[0]
    assert (frame.getpixel((0, 0)), frame.getpixel((1, 1))) == ((2, 0), (117, 255))


@pytest.mark.parametrize(("gamma", "grey"), [(100_000, 167), (45_455, 100), (22_727, 39), (0, 100), (4_000_000, 100)])
def test_the_gamma_of_a_file_is_in_its_pixels(gamma: int, grey: int) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (100, 100, 100, 77)).save(out, "PNG")
    frame = decoded(with_chunk(b"gAMA", struct.pack(">I", gamma), out.getvalue())).frames[0]
    assert frame.getpixel((1, 1)) == (grey, grey, grey, 77)


def test_a_profile_that_fits_stays_and_one_that_cannot_be_read_is_ignored() -> None:
    assert decoded(image("PNG", icc_profile=SRGB)).profile == SRGB
    assert decoded(image("PNG", icc_profile=b"no profile")).profile is None
    assert decoded(image("PNG", mode="L", icc_profile=SRGB)).profile is None


def test_the_colours_of_a_profile_that_is_too_large_are_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_decoding, "MAX_PROFILE", len(SRGB))
    assert decoded(image("PNG", icc_profile=SRGB)).profile == SRGB
    monkeypatch.setattr(image_decoding, "MAX_PROFILE", len(SRGB) - 1)
    picture = decoded(image("PNG", icc_profile=SRGB))
    assert (picture.profile, picture.frames[0].mode) == (None, "RGB")


def test_the_colours_of_print_become_those_of_a_screen() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (None, SRGB, lab):
        picture = decoded(image("JPEG", mode="CMYK", icc_profile=profile))
        assert (picture.frames[0].mode, picture.profile) == ("RGB", None)


def test_the_limits_are_those_that_the_rule_says() -> None:
    assert (MAX_SIDE, image_decoding.MAX_PIXELS, MAX_FRAMES, MAX_BYTES) == (10_000, 16_000_000, 200, 20_000_000)
