"""Images: two densities, no metadata, and nothing that harms."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageFont

from assembler.authoring.compile.image_decoding import UnusableImage
from assembler.authoring.compile.images import Images
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import InMemoryCache
from tests.authoring.compile.image_samples import animation, image


def delivered(data: bytes, *, page: bool = True) -> list[Image.Image]:
    images = Images({"a.png": data}, "https://cdn.example/a")
    images.picture("a.png", page=page)
    return [Image.open(io.BytesIO(data)) for data in images.delivered().values()]


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "WEBP"])
def test_the_file_is_the_large_image_and_the_small_has_half_its_pixels_rounded_up(format_: str) -> None:
    images = Images({"Trail Head.png": image(format_)}, "https://cdn.example/a")
    picture = images.picture("Trail Head.png", "A trail", page=True)
    assert (picture.width, picture.height, picture.alt) == (11, 5, "A trail")
    names = list(images.delivered())
    assert [picture.url, picture.url_2x] == [f"https://cdn.example/a/{name}" for name in names]
    assert names[0].startswith("trail-head-") and names[1] == names[0].replace(".", "@2x.")


def test_a_changed_image_has_a_new_address() -> None:
    urls = {
        Images({"a.png": image(size=size)}, "").picture("a.png", page=True).url
        for size in ((21, 10), (22, 10), (21, 10))
    }
    assert len(urls) == 2


def test_metadata_is_left_behind_and_orientation_is_kept() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home, 1 Quay Street"
    small, large = delivered(image("JPEG", (40, 20), exif=exif))
    assert (small.size, large.size) == ((10, 20), (20, 40))
    assert not large.getexif() and b"Quay" not in large.tobytes()


def test_webp_is_for_pages() -> None:
    with pytest.raises(UnusableImage) as caught:
        delivered(image("WEBP"), page=False)
    assert "WebP, which many e-mail programs do not show" in caught.value.message


def test_a_file_that_is_missing_has_its_nearest_name() -> None:
    with pytest.raises(UnusableImage) as caught:
        Images({"trail.jpg": image("JPEG")}, "").picture("trial.jpg", page=True)
    assert (caught.value.message, caught.value.hint) == ("no image assets/trial.jpg", "did you mean trail.jpg?")


def with_words(words: str, font: str | None = None, data: bytes | None = None, **files: bytes) -> Images:
    images = Images({"a.png": data or image("PNG", (400, 240)), **files}, "https://cdn.example", font)
    images.picture("a.png", page=True, overlay=words)
    return images


def test_words_are_drawn_onto_both_densities_and_make_a_new_address() -> None:
    plain, free = Images({"a.png": image("PNG", (400, 240))}, ""), with_words("Free repairs")
    plain.picture("a.png", page=True)
    assert not set(plain.delivered()) & set(free.delivered())
    assert not set(with_words("Free returns").delivered()) & set(free.delivered())
    for data in free.delivered().values():
        drawn = Image.open(io.BytesIO(data))
        assert drawn.getextrema() == ((0, 255),) * 3
        assert drawn.getpixel((0, 0)) == (0, 0, 0)
    assert free.delivered() == with_words("Free repairs").delivered()


@pytest.mark.parametrize(
    ("words", "font", "message"),
    [
        ("名前", None, "words cannot be drawn: the font has no 前 名"),
        ("word " * 80, None, "words cannot be drawn: 'word word"),
        ("Free", "none.ttf", "no font assets/none.ttf"),
        ("Free", "a.png", "words cannot be drawn: unknown file format"),
    ],
)
def test_words_that_cannot_be_drawn_say_why(words: str, font: str | None, message: str) -> None:
    with pytest.raises(UnusableImage) as caught:
        with_words(words, font)
    assert message in caught.value.message


def test_words_are_drawn_in_the_font_of_the_project() -> None:
    carried = ImageFont.load_default(10)
    assert isinstance(carried, ImageFont.FreeTypeFont) and isinstance(carried.path, io.BytesIO)
    own = with_words("Free repairs", "own.ttf", None, **{"own.ttf": carried.path.getvalue()})
    assert not set(own.delivered()) & set(with_words("Free repairs").delivered())
    assert Image.open(io.BytesIO(next(iter(own.delivered().values())))).getextrema() == ((0, 255),) * 3


@pytest.mark.parametrize("data", [image("GIF"), animation("GIF"), animation("PNG")], ids=len)
def test_words_on_a_gif_or_an_animation_are_refused(data: bytes) -> None:
    with pytest.raises(UnusableImage, match="GIF"):
        with_words("Free", data=data)


@pytest.mark.parametrize(("overlay", "file"), [("", "a.png"), ("Free repairs", "a.png"), ("", "logo.gif")])
def test_weights_are_those_of_the_delivered_files(overlay: str, file: str) -> None:
    images = Images({"a.png": image("PNG", (400, 240)), "logo.gif": image("GIF", (9, 9))}, "")
    images.picture(file, page=True, overlay=overlay)
    assert images.weights(file, overlay) == tuple(map(len, images.delivered().values()))


class CountingCache(InMemoryCache):
    """Keeps nothing, and counts what it was to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.puts = 0

    def put(self, key: str, data: bytes) -> None:
        self.puts += 1


def test_an_image_is_weighed_once_however_many_pages_show_it() -> None:
    disk = CountingCache()
    cache = BuildCache(disk=disk)
    for _ in range(2):
        images = Images({"a.png": image()}, "", cache=cache)
        assert images.weights("a.png", "") == images.weights("a.png", "")
    assert disk.puts == 2, "one for each density"


@pytest.mark.parametrize("overlay", ["", "One repair on us"])
def test_what_was_drawn_and_encoded_is_kept(overlay: str) -> None:
    disk, files = InMemoryCache(), {"a.png": image(size=(400, 200)), "b.png": image(size=(400, 202))}
    for file in files:
        caches = (None, BuildCache(disk=disk), BuildCache(disk=disk))
        fresh, first, second = (Images(files, "", cache=cache) for cache in caches)
        for look in (fresh, first, second):
            look.picture(file, page=True, overlay=overlay)
        assert fresh.delivered() == first.delivered() == second.delivered()
    assert len(disk.entries) == 4
    files["a.png"] = image(size=(400, 200), mode="L")
    changed = Images(files, "", cache=BuildCache(disk=disk))
    changed.picture("a.png", page=True, overlay=overlay)
    changed.delivered()
    assert len(disk.entries) == 6
