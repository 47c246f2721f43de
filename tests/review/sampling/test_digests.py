"""Digests: of content and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given, settings, strategies as st

from assembler import Library
from assembler.review.sampling.plan import ReviewPlan
from assembler.review.sampling.planner import make_plan
from tests.authoring.builders import (
    MOMENT,
    File,
    component,
    head_css,
    image,
    mail,
    project as files,
    strings,
    text_part,
    translation,
)
from tests.examples import examples
from tests.review.conftest import Files, compiled

Named = dict[tuple[str, str, str, str, tuple[tuple[str, str | None], ...]], str]
Kind = Literal["layout", "component", "pair"]


def named(plan: ReviewPlan) -> Named:
    """The digest of every subject of a plan, by where it stands."""
    return {
        (subject.kind, *group.digests.place, tuple(sorted(subject.slots.items()))): subject.digest
        for group in plan.groups
        for subject in group.subjects()
    }


def digests(library: Library) -> Named:
    return named(make_plan(library, MOMENT))


def voided(change: Files) -> set[tuple[str, str, str, str, tuple[tuple[str, str | None], ...]]]:
    before, after = digests(compiled(files())), digests(compiled(change))
    assert before.keys() == after.keys()
    return {name for name, digest in after.items() if before[name] != digest}


def test_a_changed_word_voids_exactly_the_subjects_that_hold_it() -> None:
    change = files(component("title/sweet", "Something sweeter"))
    names = digests(compiled(files()))
    holding = {name for name in names if name[3] == "en" and "title/sweet" in dict(name[4]).values()}
    assert voided(change) == holding
    assert {name[0] for name in holding} == {"component", "pair"}


def test_a_changed_word_of_a_default_voids_its_layouts_too() -> None:
    change = files(
        translation(
            "story/plain",
            "Ta *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n- thé\n"
            '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})',
        )
    )
    names = digests(compiled(files()))
    holding = {name for name in names if name[3] in ("fr", "fr-CA") and "story/plain" in dict(name[4]).values()}
    assert voided(change) == holding
    assert {name[0] for name in holding} == {"layout", "component", "pair"}


@pytest.mark.parametrize(
    "change",
    [
        strings(en={"leave": "Go away"}),
        head_css(dark="@media (prefers-color-scheme: dark) { b { color: #eee !important; } }"),
        text_part(foot="From "),
    ],
    ids=["strings", "style", "text"],
)
def test_a_change_of_the_layout_voids_layouts_alone(change: Mapping[str, File]) -> None:
    assert {name[0] for name in voided(files(change))} == {"layout"}


def test_a_layout_of_other_elements_voids_its_pairs() -> None:
    change = files(mail(frame_end="</tbody></table><hr>"))
    assert {name[0] for name in voided(change)} == {"layout", "pair"}
    assert {name[2] for name in voided(change)} == {"email"}


def test_a_fallback_is_content() -> None:
    change = files(component("title/sweet_away", 'Sweets again, {{ first_name | default: "dear friend" }}'))
    assert {dict(name[4])["title"] for name in voided(change)} == {"title/sweet_away"}


def test_tags_are_no_content() -> None:
    change = files(component("title/sweet", owner="b@sample.example"))
    assert voided(change) == set()


def test_the_order_of_files_is_no_content() -> None:
    backwards = dict(reversed(files().items()))
    assert digests(compiled(backwards)) == digests(compiled(files()))


def test_two_days_are_one() -> None:
    library = compiled(files())
    assert named(make_plan(library, MOMENT + timedelta(days=1))) == digests(library)


RENAMED = {
    "components/title/sweet.": "components/title/aaa_sweet.",
    "components/title/plain.": "components/title/zzz.",
    "components/story/": "components/tale/",
    "templates/email/components/story.": "templates/email/components/tale.",
    "templates/page/components/story.": "templates/page/components/tale.",
    "templates/email/note.": "templates/email/letter.",
    "assets/shop.png": "assets/our_shop.png",
}
WORDS = {
    "title/plain": "title/zzz",
    "type: story, default: story/": "type: tale, default: tale/",
    "email: note": "email: letter",
    "file: shop.png": "file: our_shop.png",
}


def renamed(sources: Files) -> Files:
    """The same project under other names: of components, a type, a layout and an image."""
    after: Files = {}
    for path, data in sources.items():
        words = _with(data, WORDS) if isinstance(data, str) else data
        after[_with(path, RENAMED)] = words
    return after


def _with(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def test_names_are_no_content() -> None:
    before, after = digests(compiled(files())), digests(compiled(renamed(files())))
    assert sorted(before.values()) == sorted(after.values())


def test_a_picture_is_known_by_what_it_shows() -> None:
    changed = voided({**files(), "assets/shop.png": image(size=(40, 20), colour="#901020")})
    assert changed
    assert all(name[0] == "layout" or "story/plain" in dict(name[4]).values() for name in changed)


@given(number=st.integers(0, 10), word=st.sampled_from(["kettle", "& co", "Ω", "{", '"']))
@settings(max_examples=examples(11), deadline=None)
def test_any_word_anywhere_voids_what_holds_its_component(number: int, word: str) -> None:
    sources = files()
    paths = sorted(
        path for path in sources if path.startswith("components/") and path.endswith(".md") and "." not in path[11:-3]
    )
    path = paths[number % len(paths)]
    address = path.removeprefix("components/").removesuffix(".md")
    word = word.replace("{", "curly")
    changed = voided({**sources, path: str(sources[path]).rstrip("\n") + f" {word}\n"})
    assert changed
    defaults = {"title/plain", "title/aside", "story/plain", "title/first", "story/first", "title/first_aside"}
    kinds = {name[0] for name in changed}
    assert kinds <= {"layout", "component", "pair"}
    assert ("layout" in kinds) == (address in defaults)
    assert all(name[0] == "layout" or address in dict(name[4]).values() for name in changed)


def test_words_that_look_like_a_pictures_name_are_words() -> None:
    def with_words(words: str) -> Named:
        return digests(compiled(files(component("title/plain", lead=words))))

    before, after = with_words("See men/m-2026112200.jpg"), with_words("See men/w-2026112200.jpg")
    assert {digest for digest in before if before[digest] != after[digest]}
