"""What is proven slot by slot is what judging every variant whole shows: headings and size."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.pages.page import Page, Pages
from assembler.authoring.check.pages.sizes import largest
from tests.authoring.check.cases import Edit, edited
from tests.authoring.compile.reference import whole
from tests.authoring.sample import MOMENT

MAIL, PAGE = "templates/email/note.html.j2", "templates/page/board.html.j2"
TITLE_CALL = '<h1>{{ slot("title") }}</h1>'


def variants(project: Project, page: Page) -> Iterator[str]:
    """The html of every combination of what the slots can hold, each made at once, without fragments."""
    options: dict[str, list[str | None]] = {}
    for insert in page.html.inserts:
        options[insert.slot] = [address for address, _ in insert.options()]
    for chosen in itertools.product(*options.values()):
        slots = dict(zip(options, chosen, strict=True))
        yield whole(project, page.campaign, page.channel_name, page.locale, "html", slots, {})


def is_in_order(html: str) -> bool:
    """The plain judgement of one document: exactly one h1, and no heading more than one level below the last."""
    levels = [int(each) for each in re.findall(r"<h([1-6])[\s>]", html)]
    return levels.count(1) == 1 and all(later <= before + 1 for before, later in itertools.pairwise([0, *levels]))


def agrees(project: Project) -> None:
    codes = {"email": "E04", "page": "P02"}
    told = {each.code for each in project.check(MOMENT).diagnostics}
    wrong: dict[str, bool] = dict.fromkeys(codes.values(), False)
    for page in Pages(project.loaded, project.compiled).of("email", "web"):
        if page.locale != "en":
            continue  # headings are the same in every locale of the sample
        documents = list(variants(project, page))
        wrong[codes[page.channel_name]] |= not all(map(is_in_order, documents))
        assert largest(page).size == max(len(each.encode()) for each in documents)
    assert {code: code in told for code in wrong} == wrong


@st.composite
def headings(draw: st.DrawFn, condition: str) -> str:
    """Headings before a rendition, some only under a condition."""
    levels = draw(st.lists(st.integers(1, 4), max_size=2))
    tags = "".join(f"<h{level}>x</h{level}>" for level in levels)
    return f"{{% if {condition} %}}{tags}{{% endif %}}" if draw(st.booleans()) else tags


@settings(max_examples=8, deadline=None)
@given(
    title=headings("kicker"),
    story=headings("picture"),
    offer=headings("ends"),
    call=st.sampled_from([TITLE_CALL, '<h2>{{ slot("title") }}</h2>', '<div>{{ slot("title") }}</div>']),
)
def test_rules_of_headings_and_sizes_agree_with_every_variant(title: str, story: str, offer: str, call: str) -> None:
    edits: dict[str, Edit] = dict.fromkeys((MAIL, PAGE), (TITLE_CALL, call))
    for channel in ("email", "page"):
        at = f"templates/{channel}/components"
        edits[f"{at}/title.html.j2"] = f"{title}<b>{{{{ body }}}}</b>\n"
        edits[f"{at}/story.html.j2"] = f"<div>{story}{{{{ body }}}}</div>\n"
        edits[f"{at}/offer.html.j2"] = f"<div>{offer}{{{{ body }}}} {{{{ terms }}}}</div>\n"
    if title and call != '<div>{{ slot("title") }}</div>':
        edits |= dict.fromkeys((MAIL, PAGE), (TITLE_CALL, '<div>{{ slot("title") }}</div>'))
    agrees(Project.from_files(edited(edits)))


CASES: dict[str, Mapping[str, Edit]] = {
    "as it is": {},
    "an h1 only in the filled offer": {
        MAIL: (TITLE_CALL, '{{ slot("title") }}'),
        "templates/email/components/offer.html.j2": "<h1>{{ body }} {{ terms }} {{ ends }}</h1>\n",
    },
    "a level skipped only where the offer is empty": {
        MAIL: (TITLE_CALL, f"{TITLE_CALL}<h3>x</h3>"),
        "templates/email/components/offer.html.j2": "<h2>{{ body }} {{ terms }} {{ ends }}</h2>\n",
    },
    "h3 after the h2 that every story has": {
        MAIL: ('{{ slot("aside") }}', '<h3>{{ slot("aside") }}</h3>'),
        "templates/email/components/story.html.j2": "<h2>x</h2>{{ body }}\n",
    },
}


@pytest.mark.parametrize("edits", CASES.values(), ids=CASES)
def test_rules_agree_where_one_slot_depends_on_another(edits: Mapping[str, Edit]) -> None:
    agrees(Project.from_files(edited(edits)))
