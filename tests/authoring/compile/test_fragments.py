"""What is compiled with fragments that were made before is what is compiled without, byte for byte."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings as profile, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.report import Report
from assembler.authoring.compile.templates import Templates
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import DiskCache, InMemoryCache
from assembler.library.format import encode
from tests.authoring.builders import (
    MOMENT,
    Files,
    campaign,
    component,
    component_type,
    head_css,
    image,
    inline_css,
    mail,
    project,
    put,
    rendition,
    settings,
    strings,
    text_part,
)
from tests.examples import examples

TITLE = "components/title/plain.md"
EDITS: dict[str, Files] = {
    "words": component("title/plain", 'Nice to see you, {{ first_name | default: "friend" }}'),
    "words of a field": component("title/plain", lead="Do come in"),
    "a fallback": component("title/plain", 'Good to see you, {{ first_name | default: "you" }}'),
    "words moved to another line": component(
        "title/plain", '\n\nGood to see you, {{ first_name | default: "friend" }}'
    ),
    "a new field of a component": component("title/plain", kicker="Now"),
    "a tag": component("title/plain", owner="crm@sample.example"),
    "another channel": component("title/sweet", channels=["page"]),
    "retired": component("title/sweet", status="retired", learnt="it did not help"),
    "a translation": {"components/title/plain.fr.md": "Bonjour, bonjour\n"},
    "a translation of a field": {"components/title/plain.fr.md": "---\nlead: Entrez donc\n---\nBonjour\n"},
    "no translation": {"components/title/plain.fr-CA.md": None},
    "a translation more": {"components/story/plain.fr-CA.md": "Votre *place* vous attend.\n"},
    "a component more": {"components/title/new.md": "---\ncampaigns: [back]\nstages: [here]\n---\nBrand new\n"},
    "a component less": {"components/title/sweet_away.md": None},
    "a picture with other words": component(
        "story/plain", picture={"alt": "'Our shop, {{ first_name | default: \"you\" }}'"}
    ),
    "another image": {"assets/shop.png": image(colour="#ff0000")},
    "a larger image": {"assets/shop.png": image(size=(41, 20))},
    "another image in layouts": {"assets/logo.png": image(size=(31, 30))},
    "no image": {"assets/shop.png": None},
    "overlay": component("story/plain", picture={"overlay": "The shop", "alt": None}),
    "a rendition": rendition("email/title.html", body='<b class="x">{{ body }}</b>'),
    "a rendition that shows more": {"templates/email/components/title.html.j2": "<b>{{ body }} {{ campaign }}</b>"},
    "a layout": mail(heading="<h1 lang='en'>{{ slot(\"title\") }}</h1>"),
    "another layout of a part": text_part(foot="by "),
    "a call more": text_part(story='{{ slot("title") }} {{ slot("story") }}'),
    "calls in another order": text_part(story='{{ slot("aside") }}', aside='{{ slot("story") }}'),
    "a template for a part": {"templates/page/components/title.subject.j2": "{{ body | plain | upper }}"},
    "a broken template": rendition("email/story.html", body="{{ bodi }}"),
    "an unsafe place": rendition("email/title.html", body="<b title={{ body }}>x</b>"),
    "an included template": {"templates/email/components/title.html.j2": '{% include "email/_t.j2" %}'},
    "what is included": {"templates/email/_t.j2": "<b>{{ body }}!</b>"},
    "what is included otherwise": {"templates/email/_t.j2": "<b>{{ body }}?</b>"},
    "inlined css": inline_css(small="font-size: 15px;"),
    "css of the head": head_css(root=":root { color-scheme: light; }"),
    "css of renditions": inline_css(more=".frame p { color: #102030; }\n"),
    "brand": settings(brand={"colour": {"ink": '"#203040"'}}),
    "the name of the brand": settings(brand={"name": "Simple & Sons"}),
    "words of templates": strings(en={"leave": "Go away"}),
    "other words of templates": strings(fr={"leave": "Partir"}),
    "the address": settings(channels={"email": {"address": '"Sample & Sons, 2 Quay Street"'}}),
    "another envelope": settings(channels={"page": {"envelope": "none"}}),
    "an image for pages": component("story/plain", picture={"file": "shop.webp"}) | {"assets/shop.webp": image("WEBP")},
    "where images are": settings(assets={"base_url": '"https://cdn.sample.example/b"'}),
    "hosts of links": settings(policy={"link_hosts": ["www.other.example"]}),
    "parameters of links": settings(policy={"link_parameters": "{email: {a: '{component}'}}"}),
    "parameters of links of other hosts": settings(
        policy={"link_parameters": "{email: {a: '{component}'}}", "link_hosts": ["www.other.example"]}
    ),
    "a field less": settings(fields={"first_name": None}),
    "locales in another order": settings(locales=["en", "fr-CA", "fr"]),
    "a locale less": settings(locales=["en", "fr"]),
    "another default": campaign("back", slots={"title": {"default": "title/here"}}),
    "another type of body": component_type("story", body="text"),
    "a field of another kind": component_type("title", fields={"lead": {"kind": "markdown"}}),
}
KEPT = InMemoryCache()
"""What all examples below have made: nothing in it may ever be wrong."""


def loaded(sources: Mapping[str, str | bytes], disk: DiskCache | None = None) -> Project:
    return Project.from_files(sources, cache=BuildCache(disk=disk or InMemoryCache()))


def outcome(loading: Project) -> tuple[bytes, Any, dict[str, bytes]]:
    compiled = loading.compiled
    findings = {code: set(compiled.findings.of(code)) for code in compiled.findings.codes()}
    return encode(compiled.content, compiled.texts), findings, compiled.images.delivered()


@given(names=st.lists(st.sampled_from(sorted(EDITS)), max_size=5))
@profile(max_examples=examples(15))
def test_a_project_after_any_edits_compiles_as_if_nothing_were_kept(names: list[str]) -> None:
    sources = project()
    for name in names:
        sources = put(sources, EDITS[name])
    assert outcome(loaded(sources, KEPT)) == outcome(loaded(sources))


def smaller() -> dict[str, str | bytes]:
    """The project with one campaign, and a rendition that shows all that templates see."""
    shown = "{{ brand.name }} {{ strings.leave }} {{ address }} {{ campaign }} {{ channel }} {{ locale }}"
    rendition = f'<b title="{shown}">{{{{ body }}}}</b>'
    return project({"campaigns/start.yaml": None, "templates/email/components/title.html.j2": rendition})


@functools.cache
def fresh_look(name: str) -> tuple[tuple[bytes, Any, dict[str, bytes]], Report]:
    """What comes of the smaller project after an edit, and what is found in it, where nothing is kept."""
    fresh = Project.from_files(put(smaller(), EDITS[name]))
    return outcome(fresh), fresh.check(MOMENT)


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_counts(name: str) -> None:
    sources = put(smaller(), EDITS[name])
    kept, again = (outcome(loaded(sources, KEPT)) for _ in range(2))
    assert kept == fresh_look(name)[0] == again


def test_what_is_fine_on_a_page_is_not_kept_for_other_envelopes() -> None:
    cache, sources = InMemoryCache(), project()
    sources = put(sources, EDITS["an image for pages"])
    for name in ("an image for pages", "another envelope"):
        sources = put(sources, EDITS[name])
        assert outcome(loaded(sources, cache)) == outcome(loaded(sources))


def test_only_what_an_edit_concerns_is_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = Templates.render

    def counted(self: Templates, path: str, context: Any) -> Any:
        rendered.append(path)
        return render(self, path, context)

    monkeypatch.setattr(Templates, "render", counted)
    cache, sources = InMemoryCache(), project()
    loaded(sources, cache).render()
    layouts = [path for path in rendered if "/components/" not in path]
    rendered.clear()
    loaded(sources, cache).render()
    skeletons = sorted(rendered)
    assert len(skeletons) == len(set(layouts)) * 3 + 3, (
        "each layout once for each campaign and locale, and nothing else"
    )
    rendered.clear()
    sources = put(sources, EDITS["words"])
    loaded(sources, cache).render()
    extra = len(rendered) - len(skeletons)
    assert 0 < extra < (len(layouts) - len(skeletons)) / 4


class CountingCache(InMemoryCache):
    """Counts what is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def get(self, key: str) -> bytes | None:
        self.asked.append(key)
        return super().get(key)


def test_in_one_process_nothing_is_read_again() -> None:
    disk, sources = CountingCache(), project()
    cache = BuildCache(disk=disk)
    first = Project.from_files(sources, cache=cache).compiled
    assert disk.asked
    disk.asked.clear()
    second = Project.from_files(sources, cache=cache).compiled
    assert not disk.asked
    assert encode(first.content, first.texts) == encode(second.content, second.texts)


@pytest.mark.parametrize(
    ("name", "code"), [("a broken template", "R03"), ("an unsafe place", "S02"), ("no image", "A01")]
)
def test_what_is_faulty_is_told_each_time_and_gone_when_mended(name: str, code: str) -> None:
    cache, sources = InMemoryCache(), project()
    sources = put(sources, EDITS[name])
    told = [set(loaded(sources, cache).compiled.findings.of(code)) for _ in range(2)]
    assert told[0] == told[1] != set()
    assert not list(loaded(project(), cache).compiled.findings.of(code))


def test_a_fault_of_a_shared_template_is_told_when_only_one_component_shows_it() -> None:
    cache = InMemoryCache()
    faulty = "<b>{% if kicker %}{{ nothing }}{% endif %}{{ body }}</b>"
    template: Files = {"templates/email/components/title.html.j2": faulty}
    sources = project(template, component("title/plain", kicker="Now"), component("title/sweet_away", kicker="Now"))
    assert list(loaded(sources, cache).compiled.findings.of("R03"))
    assert list(loaded(put(sources, component("title/plain")), cache).compiled.findings.of("R03"))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"x": 1}', b'{"0 x": [["\xff"], []]}'])
def test_what_cannot_be_read_is_made_again(damage: bytes) -> None:
    cache = InMemoryCache()
    first = loaded(smaller(), cache).compiled
    cache.entries = dict.fromkeys(cache.entries, damage)
    second = loaded(smaller(), cache).compiled
    assert encode(first.content, first.texts) == encode(second.content, second.texts)


def test_a_small_project_is_made_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def shared(tasks: Sequence[object], work: object, jobs: int) -> list[object]:
        assert not tasks, "some are left to other processes"
        return []

    for module in ("compile.missing_fragments", "check.run"):
        monkeypatch.setattr(f"assembler.authoring.{module}.shared", shared)
    project = loaded(smaller())
    project.render(jobs=2)
    assert project.check(MOMENT, jobs=2) == loaded(smaller()).check(MOMENT)


@pytest.mark.usefixtures("work_is_shared")
@pytest.mark.parametrize("names", [(), ("a broken template", "no image", "a field less")])
def test_several_processes_make_the_same(names: tuple[str, ...]) -> None:
    sources = project()
    for name in names:
        sources = put(sources, EDITS[name])
    alone, shared = loaded(sources), loaded(sources)
    shared.render(jobs=3)
    assert outcome(shared) == outcome(alone)
    assert shared.check(MOMENT, jobs=3) == alone.check(MOMENT)
