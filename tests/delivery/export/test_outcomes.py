"""Which variants an export holds: all that somebody can get in its time, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.delivery.export import outcomes
from assembler.delivery.export.outcomes import (
    Chosen,
    Period,
    TooManyTokens,
    at_instant,
    by_cell,
    by_key,
    first_difference,
)
from assembler.runtime.moment import Moment
from tests.authoring.builders import MOMENT, campaign, component, project as files, settings
from tests.delivery.export.cases import until

TOKEN = re.compile(r"v[0-9a-f]{12}")
INSTANT = Moment.of(MOMENT).instant


@pytest.fixture(scope="module")
def library() -> Library:
    """The sample, in which a title ends on 31 January 2027 and another begins on 1 March."""
    ends = component("title/sweet", valid_until="2027-01-31")
    begins = component("title/late", segments=["sweet_tooth"], valid_from="2027-03-01")
    return Project.from_files(files(ends, begins)).compile(MOMENT)


def held(library: Library, period: Period) -> set[str]:
    plan = library.plan("back", channel="email", locale="en")
    return {str(chosen.slots["title"]) for chosen in by_key(plan, library.content, period, None).values()}


def test_by_key_it_has_what_a_build_writes_and_what_begins_later(library: Library) -> None:
    plan = library.plan("back", channel="email", locale="en")
    tokens = by_key(plan, library.content, Period(start=MOMENT), None)
    built = {
        variant.key
        for variant in enumerate_variants(library, MOMENT)
        if (variant.plan.campaign, variant.plan.channel, variant.plan.locale) == ("back", "email", "en")
    }
    keys = {chosen.key for chosen in tokens.values()}
    assert built < keys
    assert all(TOKEN.fullmatch(token) and tokens[token].key.endswith(token[1:]) for token in tokens)
    assert library.default("back", channel="email", locale="en").key in keys


def test_an_export_has_nothing_that_begins_after_its_last_day(library: Library) -> None:
    assert "title/late" in held(library, Period(start=MOMENT))
    assert "title/late" in held(library, until(2027, 3, 2))
    assert "title/late" not in held(library, until(2027, 3, 1))
    assert "title/sweet" not in held(library, Period(start=at_instant(Moment.of(until(2027, 2, 1).until).instant)))  # type: ignore[arg-type]  # it has an end


def test_a_new_edition_has_other_tokens(library: Library) -> None:
    plan = library.plan("back", channel="email", locale="en")
    plain, spring, autumn = (
        by_key(plan, library.content, Period(start=MOMENT), word) for word in (None, "spring", "autumn")
    )
    assert list(spring) == [f"spring-{token}" for token in plain]
    assert {*spring}.isdisjoint([*plain, *autumn])


def test_by_cell_each_cell_has_what_the_runtime_decides_for_somebody_of_whom_nothing_else_is_known(
    library: Library,
) -> None:
    plan = library.plan("back", channel="email", locale="en")
    tokens = by_cell(plan, library.content, INSTANT, None)
    assert len(tokens) == 9
    for token, chosen in tokens.items():
        segment, stage = (None if name == "-" else name for name in token.split("."))
        context = {"segment": segment, "stage": stage}
        decided = library.decide("back", channel="email", context=context, at=MOMENT)
        assert (chosen.cell, chosen.key) == ((segment, stage), decided.key), token


def test_by_cell_it_holds_until_somebody_gets_something_else(library: Library) -> None:
    plan = library.plan("back", channel="email", locale="en")
    end = first_difference(plan, library.content, Period(start=MOMENT))
    assert end == Moment.of(until(2027, 2, 1).until).instant  # type: ignore[arg-type]  # it has an end
    assert first_difference(plan, library.content, until(2027, 2, 1)) is None
    assert first_difference(plan, library.content, until(2027, 2, 2)) == end


def test_the_end_of_a_endingthat_nobody_gets_changes_nothing() -> None:
    library = Project.from_files(files(component("title/sweet_away", valid_until="2027-01-31"))).compile(MOMENT)
    (ending,) = (one for one in library.content.components if one.address == "title/sweet_away")
    assert ending.needs == ("first_name",)
    plan = library.plan("back", channel="email", locale="en")
    assert len(until(2027, 2, 15).changes(plan, library.content)) == 2
    assert first_difference(plan, library.content, until(2027, 2, 15)) is None


def test_no_more_tokens_than_a_template_can_have(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = library.plan("back", channel="email", locale="en")
    period = Period(start=MOMENT)
    makers: tuple[Callable[[], Mapping[str, Chosen]], ...] = (
        lambda: by_key(plan, library.content, period, None),
        lambda: by_cell(plan, library.content, INSTANT, None),
    )
    for make in makers:
        count = len(make())
        monkeypatch.setattr(outcomes, "MOST_TOKENS", count)
        assert len(make()) == count
        monkeypatch.setattr(outcomes, "MOST_TOKENS", count - 1)
        with pytest.raises(TooManyTokens):
            make()
        monkeypatch.undo()


def test_without_a_holdout_the_default_is_there_all_the_same() -> None:
    files_ = files(settings(holdout=None), campaign("back", holdout=None))
    library = Project.from_files(files_).compile(MOMENT)
    plan = library.plan("back", channel="page", locale="fr")
    keys = {chosen.key for chosen in by_key(plan, library.content, Period(start=MOMENT), None).values()}
    assert library.default("back", channel="page", locale="fr").key in keys
