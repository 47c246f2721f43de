"""The variants of one campaign, channel and locale."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from tests.authoring.builders import Files, campaign, component, in_memory, project as files, settings
from tests.review.gallery.conftest import gallery_of

Card = Mapping[str, Any]


def cards(contents: Mapping[str, Any], campaign: str, channel: str, locale: str = "en") -> list[Card]:
    """The cards of a place, the default first."""
    groups = contents["groups"]
    place = {"campaign": campaign, "channel": channel, "locale": locale}
    (number,) = (number for number, group in enumerate(groups) if place.items() <= group.items())
    return sorted((card for card in contents["cards"] if card["group"] == number), key=lambda card: not card["default"])


def in_notes(text: str) -> Files:
    """A channel of text alone, to which the campaign goes too."""
    return (
        settings(channels={"sms": {"envelope": "none"}})
        | campaign("back", channels={"sms": "note"})
        | {
            "templates/sms/note.text.j2": text,
            "templates/sms/components/title.text.j2": "{{ body }}\n",
            "templates/sms/components/story.text.j2": "{{ body }}\n",
        }
    )


@pytest.fixture(scope="module")
def notes() -> Mapping[str, Any]:
    """The contents of a gallery with a channel of text alone."""
    text = files(in_notes('{{ slot("title") }}\nMore: {{ slot("story") }}\n'))
    return gallery_of(in_memory(text), Path("nowhere")).contents


def test_the_default_is_like_itself(contents: Mapping[str, Any]) -> None:
    for campaign_, channel in (("back", "email"), ("start", "page")):
        default = cards(contents, campaign_, channel)[0]
        assert (default["differs"], default["changed"]) == ("like the default", [])


def test_what_differs_is_told_by_slots_in_reading_order(contents: Mapping[str, Any]) -> None:
    told = {card["differs"] for card in cards(contents, "back", "email")}
    assert "other title; added: offer" in told
    assert all(differs.split(" ")[0] in {"like", "other", "added:", "no"} for differs in told)


def test_a_slot_that_differs_only_where_nobody_sees_it_is_no_difference(notes: Mapping[str, Any]) -> None:
    """The channel shows titles and stories alone, so another offer is nothing to see there."""
    changed = {slot for card in cards(notes, "back", "sms") for slot in card["changed"]}
    assert changed == {"title", "story"}


@pytest.mark.parametrize(
    ("campaign_", "channel", "title"),
    [("back", "email", "Good to see you, friend"), ("back", "page", "Good to see you, friend")],
)
def test_a_variant_is_known_by_its_subject_or_the_title_of_its_page(
    contents: Mapping[str, Any], campaign_: str, channel: str, title: str
) -> None:
    assert cards(contents, campaign_, channel)[0]["title"] == title


def test_a_text_is_known_by_how_it_begins_and_its_size_is_told(notes: Mapping[str, Any]) -> None:
    default = cards(notes, "back", "sms")[0]
    assert default["title"] == "Good to see you, friend"
    text = "Good to see you, friend\n\nMore: "
    assert default["size"].startswith(tuple(f"{number} characters; as SMS" for number in range(len(text), 200)))


def test_a_picture_has_no_size_as_a_message(contents: Mapping[str, Any]) -> None:
    assert all("size" not in card for card in contents["cards"])


def test_what_changed_since_is_told_by_slots(sample: Library) -> None:
    changed = component("title/plain", 'Great to see you, {{ first_name | default: "friend" }}')
    contents = gallery_of(in_memory(files(changed)), Path("nowhere"), sample).contents
    default = cards(contents, "back", "email")[0]
    assert (default["changed"], default["changed_since"]) == ([], ["title"])
    other = cards(contents, "start", "page")[0]
    assert other["changed_since"] == []


def test_every_cell_of_the_table_is_a_variant_that_its_people_get(contents: Mapping[str, Any]) -> None:
    """A cell that begins a rectangle shows the card of the first segment and stage there, where one is known."""
    for number, group in enumerate(contents["groups"]):
        shown = {contents["cards"][cell[0]]["key"] for cell in group["matrix"]["cells"]}
        got = {card["key"] for card in contents["cards"] if card["group"] == number and card["cells"]}
        assert shown == got
