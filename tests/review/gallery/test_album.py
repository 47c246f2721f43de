"""Pictures beside the page of a gallery."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assembler import Library
from assembler.review.gallery.gallery import Gallery
from assembler.review.pictures.chromium import NoBrowser
from tests.authoring.builders import component, in_memory, project as files
from tests.review.gallery.conftest import contents_of_page, gallery_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS = ["desktop-dark", "desktop-light", "mobile-dark", "mobile-light"]


@pytest.fixture
def one_card(sample: Library) -> Gallery:
    """A gallery of one card, whose words have changed."""
    edits = files(component("title/plain", 'How very good that you are back, {{ first_name | default: "friend" }}'))
    gallery = gallery_of(in_memory(edits), Path("nowhere"), sample)
    cards: Any = gallery.contents["cards"]
    return dataclasses.replace(
        gallery, contents={**gallery.contents, "cards": [card for card in cards if card["causes"]][:1]}
    )


def test_every_look_and_what_changed(browser: Browser, one_card: Gallery, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    page = one_card.write(tmp_path / "gallery", pictures=True, progress=lambda done, all_: seen.append((done, all_)))
    text = page.read_text()
    (files,) = contents_of_page(text)["pictures"].values()
    assert sorted(label for label in files if "," not in label) == LOOKS
    assert sorted(label.partition(",")[0] for label in files if "changed region" in label) == LOOKS
    assert sorted(label.partition(",")[0] for label in files if label.endswith("before")) == LOOKS
    assert all((page.parent / path).is_file() for path in files.values())
    assert sorted(path.name for path in page.parent.iterdir()) == ["index.html", "pictures"]
    assert seen[-1] == (8, 8)


@pytest.mark.parametrize("asked", ["pictures", "pdf"])
def test_where_there_is_no_browser_nothing_is_written(
    one_card: Gallery, asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("playwright", reason="playwright is not installed")
    monkeypatch.setenv("ASSEMBLER_CHROMIUM", str(tmp_path / "no-such-program"))
    with pytest.raises(NoBrowser):
        one_card.write(tmp_path / "gallery", pictures=asked == "pictures", pdf=asked == "pdf")
    assert list(tmp_path.iterdir()) == []
