"""What is compiled with fragments that were made before is what is compiled without, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.compile.templates import Templates
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import DiskCache, InMemoryCache
from assembler.library.format import encode
from tests.authoring.sample import MOMENT, files, image

Files = dict[str, str | bytes]
Edit = Callable[[Files], None]


def written(path: str, old: str, new: str) -> Edit:
    def edit(found: Files) -> None:
        if path in found:
            found[path] = str(found[path]).replace(old, new)

    return edit


def put(path: str, content: str | bytes) -> Edit:
    return lambda found: found.update({path: content})


def removed(path: str) -> Edit:
    return lambda found: void(found.pop(path, None))


def both(*edits: Edit) -> Edit:
    def edit(found: Files) -> None:
        for each in edits:
            each(found)

    return edit


def void(_: object) -> None:
    pass


OTHER_HOSTS = written("assembler.yaml", "link_hosts: [www.sample.example]", "link_hosts: [www.other.example]")
PARAMETERS = written(
    "assembler.yaml", "policy: {link_hosts", "policy: {link_parameters: {email: {a: '{component}'}}, link_hosts"
)
TITLE, STORY = "components/title/plain.md", "components/story/plain.md"
EDITS: dict[str, Edit] = {
    "words": written(TITLE, "Good to see you", "Nice to see you"),
    "words of a field": written(TITLE, "lead: Come in", "lead: Do come in"),
    "a fallback": written(TITLE, 'default: "friend"', 'default: "you"'),
    "words moved to another line": written(TITLE, "---\nGood", "---\n\n\nGood"),
    "a new field of a component": written(TITLE, "lead:", "kicker: Now\nlead:"),
    "a tag": written(TITLE, "campaigns: [back]", "campaigns: [back]\nowner: crm@sample.example"),
    "another channel": written("components/title/sweet.md", "---\n", "---\nchannels: [page]\n"),
    "retired": written("components/title/sweet.md", "---\n", "---\nstatus: retired\nlearnt: it did not help\n"),
    "a translation": put("components/title/plain.fr.md", "Bonjour, bonjour\n"),
    "a translation of a field": put("components/title/plain.fr.md", "---\nlead: Entrez donc\n---\nBonjour\n"),
    "no translation": removed("components/title/plain.fr-CA.md"),
    "a translation more": put("components/story/plain.fr-CA.md", "Votre *place* vous attend.\n"),
    "a component more": put("components/title/new.md", "---\ncampaigns: [back]\nstages: [here]\n---\nBrand new\n"),
    "a component less": removed("components/title/sweet_away.md"),
    "a picture with other words": written(STORY, "The shop", "Our shop"),
    "another image": put("assets/shop.png", image(colour="#ff0000")),
    "a larger image": put("assets/shop.png", image(size=(41, 20))),
    "another image in layouts": put("assets/logo.png", image(size=(31, 30))),
    "no image": removed("assets/shop.png"),
    "overlay": written(STORY, "alt: 'The shop, {{ first_name | default: \"you\" }}'", "overlay: The shop"),
    "a rendition": written("templates/email/components/title.html.j2", "<b>", '<b class="x">'),
    "a rendition that shows more": put("templates/email/components/title.html.j2", "<b>{{ body }} {{ campaign }}</b>"),
    "a layout": written("templates/email/note.html.j2", "<h1>", "<h1 lang='en'>"),
    "another layout of a part": written("templates/email/note.text.j2", "-- {{", "-- by {{"),
    "a call more": written(
        "templates/email/note.text.j2", '{{ slot("story") }}', '{{ slot("title") }} {{ slot("story") }}'
    ),
    "calls in another order": written(
        "templates/email/note.text.j2",
        '{{ slot("story") }}\n{{ slot("aside") }}',
        '{{ slot("aside") }}\n{{ slot("story") }}',
    ),
    "a template for a part": put("templates/page/components/title.subject.j2", "{{ body | plain | upper }}"),
    "a broken template": written("templates/email/components/story.html.j2", "{{ body }}", "{{ bodi }}"),
    "an unsafe place": written("templates/email/components/title.html.j2", "<b>{{ body }}", "<b title={{ body }}>x"),
    "an included template": put("templates/email/components/title.html.j2", '{% include "email/_t.j2" %}'),
    "what is included": put("templates/email/_t.j2", "<b>{{ body }}!</b>"),
    "what is included otherwise": put("templates/email/_t.j2", "<b>{{ body }}?</b>"),
    "inlined css": written("templates/email/inline.css", "14px", "15px"),
    "css of the head": written("templates/email/head.css", "light dark", "light"),
    "css of renditions": written("templates/email/inline.css", "td.offer > p, .frame b", ".frame p"),
    "brand": written("assembler.yaml", "#102030", "#203040"),
    "the name of the brand": written("assembler.yaml", "{name: Sample & Sons", "{name: Simple & Sons"),
    "words of templates": written("templates/strings.yaml", "Leave", "Go away"),
    "other words of templates": written("templates/strings.yaml", "Se désinscrire", "Partir"),
    "the address": written("assembler.yaml", "1 Quay Street", "2 Quay Street"),
    "another envelope": written("assembler.yaml", "page: {envelope: web}", "page: {envelope: none}"),
    "an image for pages": lambda found: found.update(
        {"assets/shop.webp": image("WEBP"), STORY: str(found[STORY]).replace("shop.png", "shop.webp")}
    ),
    "where images are": written("assembler.yaml", "cdn.sample.example/a", "cdn.sample.example/b"),
    "hosts of links": OTHER_HOSTS,
    "parameters of links": PARAMETERS,
    "parameters of links of other hosts": both(PARAMETERS, OTHER_HOSTS),
    "a field less": written("assembler.yaml", "  first_name: {kind: name, example: Maya, max_length: 20}\n", ""),
    "locales in another order": written("assembler.yaml", "[en, fr, fr-CA]", "[en, fr-CA, fr]"),
    "a locale less": written("assembler.yaml", "[en, fr, fr-CA]", "[en, fr]"),
    "another default": written("campaigns/back.yaml", "default: title/plain", "default: title/here"),
    "another type of body": written("components/story/_type.yaml", "body: markdown", "body: text"),
    "a field of another kind": written("components/title/_type.yaml", "lead: {kind: text", "lead: {kind: markdown"),
}
KEPT = InMemoryCache()
"""What all examples below have made: nothing in it may ever be wrong."""


def project(found: Files, disk: DiskCache | None = None) -> Project:
    return Project.from_files(found, cache=BuildCache(disk=disk or InMemoryCache()))


def outcome(found: Project) -> tuple[bytes, Any, dict[str, bytes]]:
    compiled = found.compiled
    findings = {code: set(compiled.findings.of(code)) for code in compiled.findings.codes()}
    return encode(compiled.content, compiled.texts), findings, compiled.images.delivered()


@given(names=st.lists(st.sampled_from(sorted(EDITS)), max_size=5))
@settings(max_examples=15)
def test_a_project_after_any_edits_compiles_as_if_nothing_were_kept(names: list[str]) -> None:
    found = files()
    for name in names:
        EDITS[name](found)
    assert outcome(project(found, KEPT)) == outcome(project(found))


def smaller() -> Files:
    """The sample with one campaign, and a rendition that shows all that templates see."""
    found = files()
    del found["campaigns/start.yaml"]
    shown = "{{ brand.name }} {{ strings.leave }} {{ address }} {{ campaign }} {{ channel }} {{ locale }}"
    found["templates/email/components/title.html.j2"] = f'<b title="{shown}">{{{{ body }}}}</b>'
    return found


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_counts(name: str) -> None:
    found = smaller()
    EDITS[name](found)
    kept, fresh, again = (outcome(project(found, cache)) for cache in (KEPT, None, KEPT))
    assert kept == fresh == again


def test_what_is_fine_on_a_page_is_not_cache_for_other_envelopes() -> None:
    cache, found = InMemoryCache(), files()
    EDITS["an image for pages"](found)
    for name in ("an image for pages", "another envelope"):
        EDITS[name](found)
        assert outcome(project(found, cache)) == outcome(project(found))


def test_only_what_an_edit_concerns_is_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = Templates.render

    def counted(self: Templates, path: str, context: Any) -> Any:
        rendered.append(path)
        return render(self, path, context)

    monkeypatch.setattr(Templates, "render", counted)
    cache, found = InMemoryCache(), files()
    project(found, cache).render()
    layouts = [path for path in rendered if "/components/" not in path]
    rendered.clear()
    project(found, cache).render()
    skeletons = sorted(rendered)
    assert len(skeletons) == len(set(layouts)) * 3 + 3, (
        "each layout once for each campaign and locale, and nothing else"
    )
    rendered.clear()
    EDITS["words"](found)
    project(found, cache).render()
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
    disk, found = CountingCache(), files()
    cache = BuildCache(disk=disk)
    first = Project.from_files(found, cache=cache).compiled
    assert disk.asked
    disk.asked.clear()
    second = Project.from_files(found, cache=cache).compiled
    assert not disk.asked
    assert encode(first.content, first.texts) == encode(second.content, second.texts)


@pytest.mark.parametrize(
    ("name", "code"), [("a broken template", "R03"), ("an unsafe place", "S02"), ("no image", "A01")]
)
def test_what_is_faulty_is_told_each_time_and_gone_when_mended(name: str, code: str) -> None:
    cache, found = InMemoryCache(), files()
    EDITS[name](found)
    told = [set(project(found, cache).compiled.findings.of(code)) for _ in range(2)]
    assert told[0] == told[1] != set()
    assert not list(project(files(), cache).compiled.findings.of(code))


def test_a_fault_of_a_shared_template_is_told_when_only_one_component_shows_it() -> None:
    cache = InMemoryCache()
    faulty = "<b>{% if kicker %}{{ nothing }}{% endif %}{{ body }}</b>"
    path, other = "templates/email/components/title.html.j2", "components/title/sweet_away.md"
    found = {**files(), path: faulty}
    for each in (TITLE, other):
        found[each] = str(found[each]).replace("---\n", "---\nkicker: Now\n", 1)
    assert list(project(found, cache).compiled.findings.of("R03"))
    found[TITLE] = files()[TITLE]
    assert list(project(found, cache).compiled.findings.of("R03"))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"x": 1}', b'{"0 x": [["\xff"], []]}'])
def test_what_cannot_be_read_is_made_again(damage: bytes) -> None:
    cache = InMemoryCache()
    first = project(smaller(), cache).compiled
    cache.entries = dict.fromkeys(cache.entries, damage)
    second = project(smaller(), cache).compiled
    assert encode(first.content, first.texts) == encode(second.content, second.texts)


@pytest.mark.parametrize("names", [(), ("a broken template", "no image", "a field less")])
def test_several_processes_make_the_same(names: tuple[str, ...]) -> None:
    found = files()
    for name in names:
        EDITS[name](found)
    alone, shared = project(found), project(found)
    shared.render(jobs=3)
    assert outcome(shared) == outcome(alone)
    assert shared.check(MOMENT, jobs=3) == alone.check(MOMENT)
