"""What the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assembler import Library
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.review.approvals.decision import CardDigests
from assembler.review.approvals.decision_files import write_decision
from assembler.review.gallery.contents import first_view, joined
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import MOMENT, campaign, component, in_memory, project as files
from tests.authoring.clean import Value
from tests.review.conftest import compiled, verdict_on
from tests.review.gallery.conftest import gallery_of

Contents = Mapping[str, Any]


def test_every_variant_and_every_card_of_the_plan_is_there_once(contents: Contents) -> None:
    library = compiled(files())
    keys = [card["key"] for card in contents["cards"]]
    variants = {variant.key for variant in enumerate_variants(library, MOMENT)}
    planned = [planned.card.key for planned in make_plan(library, MOMENT).cards]
    assert len(set(keys)) == len(keys)
    assert set(keys) == {*variants, *planned}
    assert [card["key"] for card in contents["cards"] if card["why"] != "other"] == planned


def test_what_is_joined_is_what_the_runtime_returns(contents: Contents) -> None:
    library = compiled(files())
    cards = {card["key"]: card for card in contents["cards"]}
    for variant in enumerate_variants(library, MOMENT):
        parts = library.join(variant.plan, variant.choices)
        card = cards[variant.key]
        assert {part: joined(contents, card, part) for part in parts} == {
            part: data.decode() for part, data in parts.items()
        }
        assert [tuple(cell) for cell in card["cells"]] == list(variant.cells)


def test_the_first_view_joins_the_variants_of_the_first_group_without_the_rest(contents: Contents) -> None:
    first, rest = first_view(contents)
    shown = [card for card in contents["cards"] if card["group"] == 0]
    assert first["cards"] == shown
    for card in shown:
        for part in contents["groups"][0]["parts"]:
            assert joined(first, card, part) == joined(contents, card, part)
    assert "digests" not in first
    assert rest["texts"], "other groups have texts of their own"


def test_the_matrix_has_a_row_and_a_column_for_whom_the_campaign_is(tmp_path: Path) -> None:
    audience: dict[str, Value] = {"segments": ["sweet_tooth"], "stages": ["away"]}
    project = in_memory(files(campaign("back", audience=audience)))
    contents = gallery_of(project, tmp_path, campaign="back").contents
    for group in contents["groups"]:
        matrix = group["matrix"]
        assert [label for label, _ in matrix["rows"]] == ["sweet tooth", "everyone else"]
        assert [label for label, _ in matrix["columns"]] == ["any stage", "away"]
    cells = {tuple(cell) for card in contents["cards"] for cell in card["cells"]}
    assert cells == {("sweet_tooth", "away"), ("sweet_tooth", None), (None, "away"), (None, None)}


def test_a_text_is_there_once(contents: Contents) -> None:
    assert len(set(contents["texts"])) == len(contents["texts"])


def test_a_card_names_the_subjects_that_a_decision_about_it_names(contents: Contents) -> None:
    for planned in make_plan(compiled(files()), MOMENT).cards:
        card = next(card for card in contents["cards"] if card["key"] == planned.card.key)
        group = contents["groups"][card["group"]]
        digests, subjects = contents["digests"], group["subjects"]
        slot_of = dict(zip(card["values"], group["slots"], strict=True))
        card_digests = CardDigests.of(planned.card)
        assert {
            slot_of[value]: digests[subjects["components"][value]]
            for value in card["values"]
            if value in subjects["components"]
        } == card_digests.components
        pairs = {
            f"{slot_of[one]}+{slot_of[two]}": digests[subject]
            for one, two, subject in subjects["pairs"]
            if one in slot_of and two in slot_of
        }
        assert pairs == card_digests.pairs
        assert digests[subjects["layout"]] == planned.card.layout_digest


def test_where_nobody_stands_somebody_is_described() -> None:
    card = next(card for card in gallery_of(in_memory(files()), Path("nowhere")).contents["cards"] if not card["cells"])
    assert card["audience"][0]


def test_decisions_and_what_stands_of_them(tmp_path: Path) -> None:
    project = in_memory(files())
    default = next(planned for planned in make_plan(project.compile(MOMENT), MOMENT).cards if planned.card.is_default)
    write_decision(tmp_path, verdict_on(default.card, comment="Just right"))
    contents = gallery_of(project, tmp_path).contents
    card = next(card for card in contents["cards"] if card["key"] == default.card.key)
    assert [(decision["verdict"], decision["comment"], decision["whose"]) for decision in card["decisions"]] == [
        ("approve", "Just right", "Maya Lind <maya@sample.example>")
    ]
    letters = dict(zip(contents["digests"], contents["subjects"]["status"], strict=True))
    assert {letters[digest] for digest in default.card.required_digests} == {"a"}
    assert set(letters.values()) == {"a", "w"}


def test_owners_reviews_and_findings_of_components() -> None:
    text = files(component("title/plain", lead="Come in, we noticed you looked"))
    components = gallery_of(in_memory(text), Path("nowhere")).contents["components"]
    about = components["title/plain"]
    assert about["owner"] == "crm@sample.example"
    assert about["about"] == "components/title/plain.md · owner crm@sample.example · review by 2027-06-01"
    assert [finding.split(":")[0] for finding in about["findings"]] == ["C04 warning"]
    assert all(set(component) == {"owner", "hypothesis", "about", "findings"} for component in components.values())


def test_an_older_library_is_no_part_of_it_unless_it_is_asked_for(contents: Contents, sample: Library) -> None:
    assert contents["causes"] is None
    assert gallery_of(in_memory(files()), Path("nowhere"), sample).contents["causes"] == []
