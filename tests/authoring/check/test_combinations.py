"""What is proven slot by slot is what judging every variant whole shows: headings and size."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.pages.page import Page, Pages
from assembler.authoring.check.pages.sizes import largest
from tests.authoring.builders import MOMENT, Files, in_memory, mail, page, project
from tests.authoring.compile.reference import whole
from tests.examples import examples

TITLE_CALL = '<h1>{{ slot("title") }}</h1>'


def variants(authored: Project, judged: Page) -> Iterator[str]:
    """The html of every combination of what the slots can hold, each made at once, without fragments."""
    options: dict[str, list[str | None]] = {}
    for insert in judged.html.inserts:
        options[insert.slot] = [address for address, _ in insert.options()]
    for chosen in itertools.product(*options.values()):
        slots = dict(zip(options, chosen, strict=True))
        yield whole(authored, judged.campaign, judged.channel_name, judged.locale, "html", slots, {})


def is_in_order(html: str) -> bool:
    """The plain judgement of one document: exactly one h1, and no heading more than one level below the last."""
    levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", html)]
    return levels.count(1) == 1 and all(later <= before + 1 for before, later in itertools.pairwise([0, *levels]))


def agrees(authored: Project) -> None:
    codes = {"email": "E04", "page": "P02"}
    told = {finding.code for finding in authored.check(MOMENT).diagnostics}
    wrong: dict[str, bool] = dict.fromkeys(codes.values(), False)
    for judged in Pages(authored.loaded, authored.compiled).of("email", "web"):
        if judged.locale != "en":
            continue  # headings are the same in every locale of this project
        documents = list(variants(authored, judged))
        wrong[codes[judged.channel_name]] |= not all(map(is_in_order, documents))
        assert largest(judged).size == max(len(document.encode()) for document in documents)
    assert {code: code in told for code in wrong} == wrong


@st.composite
def headings(draw: st.DrawFn, condition: str) -> str:
    """Headings before a rendition, some only under a condition."""
    levels = draw(st.lists(st.integers(1, 4), max_size=2))
    tags = "".join(f"<h{level}>x</h{level}>" for level in levels)
    return f"{{% if {condition} %}}{tags}{{% endif %}}" if draw(st.booleans()) else tags


@pytest.mark.slow
@settings(max_examples=examples(8), deadline=None)
@given(
    title=headings("kicker"),
    story=headings("picture"),
    offer=headings("ends"),
    call=st.sampled_from([TITLE_CALL, '<h2>{{ slot("title") }}</h2>', '<div>{{ slot("title") }}</div>']),
)
def test_rules_of_headings_and_sizes_agree_with_every_variant(title: str, story: str, offer: str, call: str) -> None:
    if title:
        call = '<div>{{ slot("title") }}</div>'
    files = mail(heading=call) | page(heading=call)
    for channel in ("email", "page"):
        at = f"templates/{channel}/components"
        files[f"{at}/title.html.j2"] = f"{title}<b>{{{{ body }}}}</b>\n"
        files[f"{at}/story.html.j2"] = f"<div>{story}{{{{ body }}}}</div>\n"
        files[f"{at}/offer.html.j2"] = f"<div>{offer}{{{{ body }}}} {{{{ terms }}}}</div>\n"
    agrees(in_memory(project(files)))


CASES: dict[str, Files] = {
    "as it is": {},
    "an h1 only in the filled offer": {
        **mail(heading='{{ slot("title") }}'),
        "templates/email/components/offer.html.j2": "<h1>{{ body }} {{ terms }} {{ ends }}</h1>\n",
    },
    "a level skipped only where the offer is empty": {
        **mail(heading=f"{TITLE_CALL}<h3>x</h3>"),
        "templates/email/components/offer.html.j2": "<h2>{{ body }} {{ terms }} {{ ends }}</h2>\n",
    },
    "h3 after the h2 that every story has": {
        **mail(aside='<h3>{{ slot("aside") }}</h3>'),
        "templates/email/components/story.html.j2": "<h2>x</h2>{{ body }}\n",
    },
}


@pytest.mark.parametrize("files", CASES.values(), ids=CASES)
def test_rules_agree_where_one_slot_depends_on_another(files: Files) -> None:
    agrees(in_memory(project(files)))
