"""R01 to R09: what cannot be read, does not fit, or names what is not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembler.authoring import Project
from tests.authoring.check.cases import Edit, found, judged
from tests.authoring.sample import MOMENT, files

SETTINGS = "assembler.yaml"
BACK, START = "campaigns/back.yaml", "campaigns/start.yaml"
SWEET, STORY, TEA = "components/title/sweet.md", "components/story/plain.md", "components/offer/tea.md"
LAYOUT, RENDITION = "templates/email/note.html.j2", "templates/email/components/title.html.j2"
INLINE, HEAD, STRINGS = "templates/email/inline.css", "templates/email/head.css", "templates/strings.yaml"


def parameters(written: str) -> Mapping[str, Edit]:
    return {SETTINGS: ("policy: {", f"policy: {{link_parameters: {written}, ")}


# Edits of the sample, and what is found.
CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    # R01: cannot be read
    ({SWEET: ("[back]", "[back")}, [f"{SWEET}:2:12 R01 a list or mapping in brackets that never ends"]),
    ({SWEET: ("segments:", "campaigns:")}, [f"{SWEET}:3:1 R01 the key 'campaigns' stands twice"]),
    ({SWEET: ("---\nSomething", "\nSomething")}, [f"{SWEET}:1:1 R01 front matter that never ends"]),
    ({SWEET: "Something\n"}, [f"{SWEET}:1:1 R01 a component begins with front matter"]),
    ({SWEET: ("---\ncampaigns", "—-\ncampaigns")}, [f"{SWEET}:1:1 R01 front matter stands between two lines of ---"]),
    (
        {SWEET: ("---\ncampaigns", "\n+++\ncampaigns")},
        [f"{SWEET}:2:1 R01 front matter stands between two lines of ---"],
    ),
    ({SWEET: ("---\nSomething", "——\nSomething")}, [f"{SWEET}:1:1 R01 front matter that never ends"]),
    (
        {SWEET: [("---\ncampaigns", "\n \n---\ncampaigns"), ("segments", "segment")]},
        [f"{SWEET}:5:1 R02 unknown key 'segment'"],
    ),
    ({SWEET: ("[back]", "&b [back]")}, [f"{SWEET}:2:12 R01 an anchor, &b"]),
    ({BACK: ("owner: crm", "owner: *crm")}, [f"{BACK}:1:8 R01 an alias, *crm"]),
    ({BACK: ("owner: crm", "owner: !crm")}, [f"{BACK}:1:8 R01 a tag, !crm@sample.example"]),
    ({BACK: ("owner: crm", "\towner: crm")}, [f"{BACK}:1:1 R01 a tab in the indentation"]),
    ({STRINGS: b"en: {leave: \xff}\n"}, [f"{STRINGS}:1:13 R01 not UTF-8"]),
    ({SWEET: ("[back]", "[" * 20 + "]" * 20)}, [f"{SWEET}:2:31 R01 more than 20 levels deep"]),
    ({SWEET: ("Something", "x" * 262_144)}, [f"{SWEET}:1:1 R01 the file is larger than 256 kB"]),
    (
        {RENDITION: ("{% endif %}", "{% endfi %}")},
        [f"{RENDITION}:1:1 R01 not a template: Encountered unknown tag 'endfi'"],
    ),
    ({RENDITION: ("{% endif %}", "")}, [f"{RENDITION}:1:1 R01 not a template: Unexpected end of template"]),
    # R02: unknown keys, missing keys, wrong types
    ({BACK: ("hypothesis:", "hypotesis:")}, [f"{BACK}:5:1 R02 unknown key 'hypotesis'"]),
    ({SWEET: ("kicker:", "kiker:")}, [f"{SWEET}:4:1 R02 unknown key 'kiker'"]),
    ({SWEET: ("campaigns: [back]\n", "")}, [f"{SWEET}:1:1 R02 missing key 'campaigns'"]),
    ({SWEET: ("Something sweet", "Something\nsweet")}, [f"{SWEET}:7:1 R02 body is more than one line"]),
    (
        {"components/offer/_type.yaml": ("fields:", "fields:\n  badge: {kind: text, required: true}")},
        [f"{TEA}:1:1 R02 missing key 'badge'"],
    ),
    ({TEA: ("until: 2027-05-01", "until: 2027-02-30")}, [f"{TEA}:6:14 R02 2027-02-30 is not a day of the calendar"]),
    (
        {BACK: ("share: 10%", "share: 10")},
        [
            f"{BACK}:7:18 R02 a share is a percentage from 0% to 100% with at most two decimals, such as 12.5%",
        ],
    ),
    ({BACK: ("constant: true", "constant: yes")}, [f"{BACK}:13:56 R02 expected true or false, got 'yes'"]),
    (
        {SETTINGS: ("kind: choice", "kind: chioce")},
        [f"{SETTINGS}:25:11 R02 expected one of integer, number, boolean, text, choice, date, got 'chioce'"],
    ),
    (
        {SETTINGS: ("    values: [sweet, salty]\n", "")},
        [f"{SETTINGS}:24:3 R02 the choice 'taste' has no values"],
    ),
    (
        {SETTINGS: ("kind: choice", "kind: text")},
        [f"{SETTINGS}:26:5 R02 values are for a choice; 'taste' is of kind text"],
    ),
    (
        {SETTINGS: ("kind: choice", "range: [0, 9]\n    kind: choice")},
        [f"{SETTINGS}:25:5 R02 a range is for numbers; 'taste' is of kind choice"],
    ),
    (
        {SETTINGS: ("[0, 600]", "[600, 0]")},
        [f"{SETTINGS}:16:12 R02 the range of 'months_away' ends before it begins"],
    ),
    # R03: unknown names
    ({SWEET: ("[sweet_tooth]", "[sweet_toth]")}, [f"{SWEET}:3:12 R03 no segment 'sweet_toth'"]),
    ({SWEET: ("segments: [sweet_tooth]", "stages: [awya]")}, [f"{SWEET}:3:10 R03 no stage 'awya'"]),
    (
        parameters("{email: {a: '{b}}'}}"),
        [f"{SETTINGS}:51:39 R02 a brace without the other; write a name in braces, such as {{campaign}}"],
    ),
    (parameters("{email: {a: ' '}}"), [f"{SETTINGS}:51:39 R02 a parameter has a value"]),
    (parameters("{email: {a: 7}}"), [f"{SETTINGS}:51:39 R02 expected text, got the number 7"]),
    (
        parameters("{email: {a b: c}}"),
        [f"{SETTINGS}:51:36 R02 'a b' is no name for a parameter; it has letters, digits, `.`, `_`, `~` and `-`"],
    ),
    (
        {SETTINGS: ("{link_hosts: [www.sample.example]}", "{link_parameters: {email: {a: b}}}")},
        [f"{SETTINGS}:51:10 R02 link_parameters are added to links of link_hosts, and there are none"],
    ),
    ({SWEET: ("segments:", "channels: [page, emial]\nsegments:")}, [f"{SWEET}:3:18 R03 no channel 'emial'"]),
    ({SWEET: ("[back]", "[back, bakc]")}, [f"{SWEET}:2:19 R03 no campaign 'bakc'"]),
    ({SWEET: ("segments:", "needs: [tatse]\nsegments:")}, [f"{SWEET}:3:9 R03 no field or signal 'tatse'"]),
    ({SWEET: ("segments:", "requires: [offer/te]\nsegments:")}, [f"{SWEET}:3:12 R03 no component 'offer/te'"]),
    ({SWEET: ("segments:", "excludes: [offer/te]\nsegments:")}, [f"{SWEET}:3:12 R03 no component 'offer/te'"]),
    (
        {
            SWEET: None,
            "components/title/sweet.fr.md": None,
            "components/titel/sweet.md": "---\ncampaigns: [back]\n---\nx\n",
        },
        ["components/titel/sweet.md:1:1 R03 no component type 'titel'"],
    ),
    ({"components/title/plain.de.md": "Hallo\n"}, ["components/title/plain.de.md:1:1 R03 no locale 'de'"]),
    (
        {"components/title/none.fr.md": "Rien\n"},
        ["components/title/none.fr.md:1:1 R03 a translation of none, which does not exist"],
    ),
    (
        {"components/story/x.md": "---\ncampaigns: all\nstatus: draft\npicture: {file: shpo.png, alt: x}\n---\nx\n"},
        ["components/story/x.md:4:17 R03 no image 'shpo.png'"],
    ),
    ({BACK: ("email: note", "email: noet")}, [f"{BACK}:8:19 R03 no layout 'noet' in the channel email"]),
    ({BACK: ("page: board", "pgae: board")}, [f"{BACK}:8:25 R03 no channel 'pgae'"]),
    ({BACK: ("type: offer", "type: offre")}, [f"{BACK}:10:17 R03 no component type 'offre'"]),
    ({BACK: ("title/plain", "title/plian")}, [f"{BACK}:11:33 R03 no component 'title/plian'"]),
    ({BACK: ("default: empty", "default: none")}, [f"{BACK}:10:33 R03 no component 'none'"]),
    (
        {BACK: ("title/plain", "story/plain")},
        [f"{BACK}:11:33 R03 slot 'title' takes the type title; story/plain is of another"],
    ),
    (parameters("{emial: {a: b}}"), [f"{SETTINGS}:51:28 R03 no channel 'emial'"]),
    (parameters("{email: {a: 'x{campain}'}}"), [f"{SETTINGS}:51:39 R03 no value '{{campain}}'"]),
    (parameters("{email: {a: '{}'}}"), [f"{SETTINGS}:51:39 R03 no value '{{}}'"]),
    ({SETTINGS: ("unsubscribe: unsubscribe_url", "unsubscribe: leave")}, [f"{SETTINGS}:8:41 R03 no field 'leave'"]),
    (
        {SETTINGS: ("unsubscribe: unsubscribe_url", "unsubscribe: first_name")},
        [f"{SETTINGS}:8:41 R03 no url field 'first_name'"],
    ),
    ({STRINGS: ("fr:", "rf:")}, [f"{STRINGS}:2:1 R03 no locale 'rf'"]),
    ({RENDITION: ("{{ body }}", "{{ boddy }}")}, [f"{RENDITION}:1:53 R03 no variable 'boddy'"]),
    ({RENDITION: ("{% if kicker %}", "{% if kiker %}")}, [f"{RENDITION}:1:7 R03 no variable 'kiker'"]),
    ({LAYOUT: ('<html lang="{{ locale }}"', '<html lang="{{ title }}"')}, [f"{LAYOUT}:2:16 R03 no variable 'title'"]),
    ({LAYOUT: ("{{ locale }}", "{{ brand.nmae }}")}, [f"{LAYOUT}:2:1 R03 nothing has the name 'nmae' here"]),
    (
        {LAYOUT: ("{{ address }}", '{% include "email/_foot.j2" %}'), "templates/email/_foot.j2": "{{ adress }}\n"},
        ["templates/email/_foot.j2:1:4 R03 no variable 'adress'"],
    ),
    (
        {LAYOUT: ('data-say="{{ slot("title", part="subject") }}"', 'data-say="{{ slot("title", part="subjet") }}"')},
        [f"{LAYOUT}:5:40 R03 no part 'subjet'"],
    ),
    (
        {"templates/email/components/titel.html.j2": "{{ body }}\n"},
        ["templates/email/components/titel.html.j2:1:1 R03 no component type 'titel'"],
    ),
    ({"templates/emial/note.html.j2": "x\n"}, ["templates/emial/note.html.j2:1:1 R03 no channel 'emial'"]),
    ({"templates/email/note.htm.j2": "x\n"}, ["templates/email/note.htm.j2:1:1 R03 no part 'htm'"]),
    ({"templates/email/main.css": "b {}\n"}, ["templates/email/main.css:1:1 R03 no style sheet 'email/main.css'"]),
    # R04: bad ids
    ({"components/title/Bad.md": "x\n"}, ["components/title/Bad.md:1:1 R04 'Bad' is no id"]),
    ({"campaigns/a-b.yaml": "slots: {}\n"}, ["campaigns/a-b.yaml:1:1 R04 not the path of a campaign"]),
    ({"templates/note.html.j2": "x\n"}, ["templates/note.html.j2:1:1 R04 not the path of a template"]),
    ({"templates/email/read.md": "x\n"}, ["templates/email/read.md:1:1 R04 not the path of a template"]),
    ({"components/title/plain.en.md": "x\n"}, ["components/title/plain.en.md:1:1 R04 en is the default locale"]),
    (
        {SETTINGS: ("segments:", "  - {id: away, when: months_away > 9}\nsegments:")},
        [f"{SETTINGS}:39:10 R04 a second stage 'away'"],
    ),
    ({SETTINGS: ("fr-CA]", "fr-CA, fr]")}, [f"{SETTINGS}:4:26 R04 a second locale 'fr'"]),
    (
        {
            SETTINGS: (
                "stages:",
                "  known: {kind: boolean, source: x, max_age: none, consent: none, owner: x, response: x, fallback: x}"
                "\nstages:",
            )
        },
        [f"{SETTINGS}:34:3 R04 'known' is a word of the rule language"],
    ),
    (
        {f"components/title/test_{each}.md": ("id: tone", "id: Tone") for each in "ab"},
        [f"components/title/test_{each}.md:4:12 R04 'Tone' is no id of a test" for each in "ab"],
    ),
    # R05: no template
    (
        {"templates/email/components/story.text.j2": None},
        ["templates/email/note.text.j2:7:10 R05 no template for story in the part text of email"],
    ),
    # R06: paths that leave
    ({STORY: ("file: shop", "file: ../shop")}, [f"{STORY}:3:17 R06 the path '../shop.png' leaves assets/"]),
    ({STORY: ("file: shop", "file: /etc/shop")}, [f"{STORY}:3:17 R06 the path '/etc/shop.png' leaves assets/"]),
    ({"components/../../x.md": "x"}, ["components/../../x.md:1:1 R06 a path that leaves the project"]),
    # R07: a component that no campaign can use
    ({SWEET: ("[back]", "[]")}, [f"{SWEET}:2:12 R07 title/sweet names no campaign"]),
    (
        {"components/title/x.md": "---\ncampaigns: [start]\nchannels: [email]\n---\nx\n"},
        ["components/title/x.md:3:11 R07 none of the campaigns of title/x goes to its channels"],
    ),
    (
        {
            "components/note/_type.yaml": "body: text\n",
            "components/note/x.md": "---\ncampaigns: [back, start]\n---\nx\n",
        },
        ["components/note/x.md:2:12 R07 no slot takes the type note in the campaigns of note/x: back, start"],
    ),
    # R08: slots and layouts
    ({LAYOUT: ('slot("aside")', 'slot("asid")')}, [f"{LAYOUT}:11:18 R08 no slot 'asid' in the campaign back"]),
    (
        {BACK: ("  aside:", "  extra: {type: title, default: empty}\n  aside:")},
        [f"{BACK}:13:3 R08 no layout of back calls the slot 'extra'"],
    ),
    (
        {LAYOUT: ('{{ slot("aside") }}', '{{ slot("aside") }}{{ slot("aside") }}')},
        [f"{LAYOUT}:11:18 R08 slot 'aside' stands twice in this part"],
    ),
    (
        {LAYOUT: ('{{ slot("aside") }}', '{% if locale %}{{ slot("aside") }}{% endif %}')},
        [f"{LAYOUT}:11:33 R08 slot 'aside' is called in a loop or condition"],
    ),
    (
        {LAYOUT: ('{{ slot("aside") }}', '{% for name in ["aside"] %}{{ slot(name) }}{% endfor %}')},
        [f"{LAYOUT}:11:39 R08 a slot is called by name"],
    ),
    (
        {RENDITION: ("{{ body }}", '{{ body }}{{ slot("title") }}')},
        [f"{RENDITION}:1:69 R08 slot 'title' is called in the template of a component"],
    ),
    # R09: CSS and markup that is not local
    ({INLINE: (".frame {", "b, #frame {")}, [f"{INLINE}:1:4 R09 '#frame' cannot be inlined slot by slot"]),
    ({INLINE: (".frame {", ".frame:hover {")}, [f"{INLINE}:1:1 R09 '.frame:hover' cannot be inlined slot by slot"]),
    ({INLINE: "@media print { b { top: 0 } }\n"}, [f"{INLINE}:1:1 R09 '@media print' cannot be inlined slot by slot"]),
    (
        {INLINE: ("b { color: var(--brand-colour", "b { color: var(--brand-color")},
        [f"{INLINE}:2:33 R09 the brand has no value 'color-ink'"],
    ),
    ({HEAD: "b { top: 0 }</style>\n"}, [f"{HEAD}:1:13 R09 '</' in CSS ends the style element early"]),
    ({LAYOUT: [("<tbody>", ""), ("</tbody>", "")]}, [f"{LAYOUT}:7:1 R09 a table with a slot in it has no tbody"]),
    (
        {RENDITION: ("<b>{{ body }}</b>", "<p><b>{{ body }}</b></p><td>x</td>")},
        [
            f"{RENDITION}:1:1 R09 parsing changes the rendition of title where slot 'aside' stands",
            f"{RENDITION}:1:1 R09 parsing changes the rendition of title where slot 'title' stands",
        ],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[expected[0][:80] for _, expected in CASES])
def test_a_fault_is_found_where_it_stands_and_not_reported_as_many(
    edits: Mapping[str, Edit], expected: list[str]
) -> None:
    code = expected[0].split(" ")[1]
    own, errors = judged(edits, code)
    assert own == expected
    assert {each for each in errors if each[0] in "RLAS" or each == "T01"} <= {code}


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        ("R01", {SWEET: ("---\ncampaigns", "---\r\ncampaigns")}),
        ("R01", {SWEET: ("---\ncampaigns", "\n\n---\ncampaigns")}),
        ("R01", {SWEET: ("Something sweet", "Something sweet: a --- and a &name *starred*")}),
        ("R01", {SWEET: ("kicker: 'For", 'kicker: "a: b"\nlead: \'For')}),
        ("R01", {STRINGS: "\ufeffen: {leave: Leave}\nfr: {leave: Partir}\n"}),
        ("R02", {TEA: ("valid_until: 2027-05-01", 'valid_until: "2027-05-01"')}),
        ("R02", {BACK: ("share: 10%", "share: 12.25%")}),
        ("R02", {SWEET: ("Something sweet", "\n\nSomething sweet\n\n")}),
        ("R02", {SETTINGS: ("range: [0, 600]", "range: [0, 0]")}),
        ("R03", {SWEET: ("[back]", "all")}),
        ("R03", {SWEET: ("segments:", "needs: [taste, first_name]\nrequires: [offer/tea]\nsegments:")}),
        (
            "R03",
            {
                RENDITION: (
                    "{{ body }}",
                    "{% set rest = body %}{% for x in [rest] %}{{ x }}{{ loop.index }}{% endfor %}",
                )
            },
        ),
        (
            "R03",
            {
                LAYOUT: ("{{ address }}", '{% set foot = address %}{% include "email/_foot.j2" %}'),
                "templates/email/_foot.j2": "{{ foot }} {{ strings.leave }}\n",
            },
        ),
        (
            "R03",
            {
                RENDITION: ("{{ body }}", '{% include "email/_title.j2" %}'),
                "templates/email/_title.j2": "{{ kicker }} {{ body }}\n",
            },
        ),
        ("R03", {RENDITION: ("{{ body }}", "{{ body }}{{ lead }}{% if lead is defined %}{{ campaign }}{% endif %}")}),
        ("R03", {LAYOUT: ("{{ locale }}", "{{ locale }}{% if brand.motto %}{{ brand.motto }}{% endif %}")}),
        ("R03", {"templates/email/components/_shared.j2": "x\n"}),
        ("R03", {STRINGS: "en: {leave: Leave}\nfr: {leave: Partir}\nfr-CA: {leave: Quitter}\n"}),
        ("R04", {"components/title/a1_b.md": "---\ncampaigns: [back]\nstatus: draft\n---\nx\n"}),
        ("R05", {"templates/email/components/offer.text.j2": "{{ body }}\n"}),
        ("R06", {STORY: ("file: shop.png", "file: ./shop.png")}),
        (
            "R07",
            {
                "components/note/_type.yaml": "body: text\n",
                "components/note/x.md": "---\ncampaigns: [back]\nstatus: retired\nlearnt: nothing\n---\nx\n",
            },
        ),
        ("R07", {SWEET: ("segments:", "channels: [page]\nsegments:")}),
        (
            "R08",
            {
                LAYOUT: (
                    '{{ slot("aside") }}',
                    '{{ slot("aside") }}{{ slot("aside", part="subject") }}{{ slot("aside", part="subject") }}',
                )
            },
        ),
        (
            "R08",
            {
                LAYOUT: (
                    '<td>{{ slot("aside") }}</td>',
                    '{% call(inner) slot("aside") %}<td>{{ inner }}</td>{% endcall %}',
                )
            },
        ),
        (
            "R08",
            {
                LAYOUT: ('{{ slot("aside") }}', '{% include "email/_aside.html.j2" %}'),
                "templates/email/_aside.html.j2": '{{ slot("aside") }}',
            },
        ),
        ("R09", {INLINE: (".frame {", "/* #frame */ td.a.b > p b, .frame {")}),
        ("R09", {HEAD: "#a:hover, b[href] { color: var( --brand-colour-ink ) }\n@media print { b { top: 0 } }\n"}),
        ("R09", {LAYOUT: ("<p>{{ address }}", "<table><tr><td>x</td></tr></table><p>{{ address }}")}),
        ("R09", {LAYOUT: ("<tbody>", '<thead><tr><th>a</th></tr></thead><tbody data-x="{{ locale }}">')}),
        ("R09", {RENDITION: ("<b>{{ body }}</b>", "<table><tr><td>{{ body }}<br></td></tr></table>")}),
    ],
)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []


def test_hints_name_what_was_meant_or_list_what_there_is() -> None:
    edited = files()
    edited[SWEET] = str(edited[SWEET]).replace("[sweet_tooth]", "[sweet_toth, zzz]")
    edited[LAYOUT] = str(edited[LAYOUT]).replace("{{ locale }}", "{{ story }}", 1)
    hints = [each.hint for each in Project.from_files(edited).check(MOMENT).diagnostics if each.code == "R03"]
    assert hints == ["did you mean sweet_tooth?", "segments: salty_tooth, sweet_tooth", 'write {{ slot("story") }}']


def test_symbolic_links_are_refused_and_not_followed(tmp_path: Path) -> None:
    for path, content in files().items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "secret.md").write_text("---\ncampaigns: [back]\n---\nx\n")
    (tmp_path / "components/title/linked.md").symlink_to(tmp_path / "secret.md")
    project = Project.load(tmp_path)
    assert [f"{each.path} {each.code}" for each in project.check(MOMENT).errors] == ["components/title/linked.md R06"]
    assert "title/linked" not in project.loaded.components
