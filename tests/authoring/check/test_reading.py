"""R01 to R09: what cannot be read, does not fit, or names what is not there."""

from __future__ import annotations

from pathlib import Path

from assembler.authoring import Project
from tests.authoring.builders import (
    MOMENT,
    Files,
    campaign,
    component,
    component_type,
    image,
    inline_css,
    mail,
    page,
    project,
    rendition,
    settings,
    strings,
    without,
)
from tests.authoring.check.cases import diagnostics, failing, findings, judged, passing

SETTINGS = "assembler.yaml"
BACK, START = "campaigns/back.yaml", "campaigns/start.yaml"
SWEET, STORY, TEA = "components/title/sweet.md", "components/story/plain.md", "components/offer/tea.md"
LAYOUT, RENDITION = "templates/email/note.html.j2", "templates/email/components/title.html.j2"
INLINE, HEAD, STRINGS = "templates/email/inline.css", "templates/email/head.css", "templates/strings.yaml"


def parameters(written: str) -> Files:
    return settings(policy={"link_parameters": written})


CASES: list[tuple[Files, list[str]]] = [
    # R01: cannot be read
    (component("title/sweet", campaigns="[back"), [f"{SWEET}:2:12 R01 a list or mapping in brackets that never ends"]),
    (
        component("title/sweet", campaigns="[back]\ncampaigns: [start]"),
        [f"{SWEET}:3:1 R01 the key 'campaigns' stands twice"],
    ),
    ({SWEET: "---\ncampaigns: [back]\n\nSomething\n"}, [f"{SWEET}:1:1 R01 front matter that never ends"]),
    ({SWEET: "Something\n"}, [f"{SWEET}:1:1 R01 a component begins with front matter"]),
    (
        {SWEET: "—-\ncampaigns: [back]\n---\nSomething\n"},
        [f"{SWEET}:1:1 R01 front matter stands between two lines of ---"],
    ),
    (
        {SWEET: "\n+++\ncampaigns: [back]\n---\nSomething\n"},
        [f"{SWEET}:2:1 R01 front matter stands between two lines of ---"],
    ),
    ({SWEET: "---\ncampaigns: [back]\n——\nSomething\n"}, [f"{SWEET}:1:1 R01 front matter that never ends"]),
    (
        {SWEET: "\n \n---\ncampaigns: [back]\nsegment: [sweet_tooth]\n---\nSomething\n"},
        [f"{SWEET}:5:1 R02 unknown key 'segment'"],
    ),
    (component("title/sweet", campaigns="&b [back]"), [f"{SWEET}:2:12 R01 an anchor, &b"]),
    (campaign("back", owner="*crm@sample.example"), [f"{BACK}:1:8 R01 an alias, *crm"]),
    (campaign("back", owner="!crm@sample.example"), [f"{BACK}:1:8 R01 a tag, !crm@sample.example"]),
    ({BACK: "\towner: crm@sample.example\n"}, [f"{BACK}:1:1 R01 a tab in the indentation"]),
    ({STRINGS: b"en: {leave: \xff}\n"}, [f"{STRINGS}:1:13 R01 not UTF-8"]),
    (
        component("title/sweet", campaigns="[" * 20 + "]" * 20),
        [f"{SWEET}:2:31 R01 more than 20 levels deep"],
    ),
    (component("title/sweet", "x" * 262_144), [f"{SWEET}:1:1 R01 the file is larger than 256 kB"]),
    (
        rendition("email/title.html", kicker="{% if kicker %}<i>{{ kicker }}</i> {% endfi %}"),
        [f"{RENDITION}:1:1 R01 not a template: Encountered unknown tag 'endfi'"],
    ),
    (
        rendition("email/title.html", kicker="{% if kicker %}<i>{{ kicker }}</i> "),
        [f"{RENDITION}:1:1 R01 not a template: Unexpected end of template"],
    ),
    # R02: unknown keys, missing keys, wrong types
    (
        campaign("back", hypotesis="a reason brings more people back than a discount", hypothesis=None),
        [f"{BACK}:13:1 R02 unknown key 'hypotesis'"],
    ),
    (
        component("title/sweet", kiker="'For {{ first_name | default: \"you\" }}'", kicker=None),
        [f"{SWEET}:3:1 R02 unknown key 'kiker'"],
    ),
    (component("title/sweet", campaigns=None), [f"{SWEET}:1:1 R02 missing key 'campaigns'"]),
    (component("title/sweet", "Something\nsweet"), [f"{SWEET}:7:1 R02 body is more than one line"]),
    (
        component_type("offer", fields={"badge": {"kind": "text", "required": "true"}}),
        [f"{TEA}:1:1 R02 missing key 'badge'"],
    ),
    (
        component_type("story", fields={"more": {"kind": "text", "most": "3"}}),
        ["components/story/_type.yaml:6:22 R02 `most` is for a list; 'more' is of kind text"],
    ),
    (component("offer/tea", valid_until="2027-02-30"), [f"{TEA}:6:14 R02 2027-02-30 is not a day of the calendar"]),
    (
        campaign("back", holdout={"share": "10"}),
        [
            f"{BACK}:7:18 R02 a share is a percentage from 0% to 100% with at most two decimals, such as 12.5%",
        ],
    ),
    (campaign("back", slots={"aside": {"constant": "yes"}}), [f"{BACK}:13:56 R02 expected true or false, got 'yes'"]),
    (
        settings(signals={"taste": {"kind": "chioce"}}),
        [f"{SETTINGS}:25:11 R02 expected one of integer, number, boolean, text, choice, date, got 'chioce'"],
    ),
    (
        settings(signals={"taste": {"values": None}}),
        [f"{SETTINGS}:24:3 R02 the choice 'taste' has no values"],
    ),
    (
        settings(signals={"taste": {"kind": "text"}}),
        [f"{SETTINGS}:26:5 R02 values are for a choice; 'taste' is of kind text"],
    ),
    (
        settings(signals={"taste": {"range": ["0", "9"]}}),
        [f"{SETTINGS}:34:5 R02 a range is for numbers; 'taste' is of kind choice"],
    ),
    (
        settings(signals={"months_away": {"range": ["600", "0"]}}),
        [f"{SETTINGS}:16:12 R02 the range of 'months_away' ends before it begins"],
    ),
    # R03: unknown names
    (component("title/sweet", segments=["sweet_toth"]), [f"{SWEET}:3:12 R03 no segment 'sweet_toth'"]),
    (component("title/sweet", stages=["awya"], segments=None), [f"{SWEET}:3:10 R03 no stage 'awya'"]),
    (
        parameters("{email: {a: '{b}}'}}"),
        [f"{SETTINGS}:51:73 R02 a brace without the other; write a name in braces, such as {{campaign}}"],
    ),
    (parameters("{email: {a: ' '}}"), [f"{SETTINGS}:51:73 R02 a parameter has a value"]),
    (parameters("{email: {a: 7}}"), [f"{SETTINGS}:51:73 R02 expected text, got the number 7"]),
    (
        parameters("{email: {a b: c}}"),
        [f"{SETTINGS}:51:70 R02 'a b' is no name for a parameter; it has letters, digits, `.`, `_`, `~` and `-`"],
    ),
    (
        settings(policy={"link_parameters": "{email: {a: b}}", "link_hosts": None}),
        [f"{SETTINGS}:51:10 R02 link_parameters are added to links of link_hosts, and there are none"],
    ),
    (component("title/sweet", channels=["page", "emial"]), [f"{SWEET}:3:18 R03 no channel 'emial'"]),
    (component("title/sweet", campaigns=["back", "bakc"]), [f"{SWEET}:2:19 R03 no campaign 'bakc'"]),
    (component("title/sweet", needs=["tatse"]), [f"{SWEET}:3:9 R03 no field or signal 'tatse'"]),
    (component("title/sweet", requires=["offer/te"]), [f"{SWEET}:3:12 R03 no component 'offer/te'"]),
    (component("title/sweet", excludes=["offer/te"]), [f"{SWEET}:3:12 R03 no component 'offer/te'"]),
    (
        component("titel/sweet", fr=None) | without("title/sweet"),
        ["components/titel/sweet.md:1:1 R03 no component type 'titel'"],
    ),
    ({"components/title/plain.de.md": "Hallo\n"}, ["components/title/plain.de.md:1:1 R03 no locale 'de'"]),
    (
        {"components/title/none.fr.md": "Rien\n"},
        ["components/title/none.fr.md:1:1 R03 a translation of none, which does not exist"],
    ),
    (
        component("story/x", status="draft", picture={"file": "shpo.png", "alt": "x"}),
        ["components/story/x.md:4:17 R03 no image 'shpo.png'"],
    ),
    (campaign("back", channels={"email": "noet"}), [f"{BACK}:8:19 R03 no layout 'noet' in the channel email"]),
    (campaign("back", channels={"pgae": "board", "page": None}), [f"{BACK}:8:25 R03 no channel 'pgae'"]),
    (campaign("back", slots={"offer": {"type": "offre"}}), [f"{BACK}:10:17 R03 no component type 'offre'"]),
    (campaign("back", slots={"title": {"default": "title/plian"}}), [f"{BACK}:11:33 R03 no component 'title/plian'"]),
    (campaign("back", slots={"offer": {"default": "none"}}), [f"{BACK}:10:33 R03 no component 'none'"]),
    (
        campaign("back", slots={"title": {"default": "story/plain"}}),
        [f"{BACK}:11:33 R03 slot 'title' takes the type title; story/plain is of another"],
    ),
    (parameters("{emial: {a: b}}"), [f"{SETTINGS}:51:62 R03 no channel 'emial'"]),
    (parameters("{email: {a: 'x{campain}'}}"), [f"{SETTINGS}:51:73 R03 no value '{{campain}}'"]),
    (parameters("{email: {a: '{}'}}"), [f"{SETTINGS}:51:73 R03 no value '{{}}'"]),
    (settings(channels={"email": {"unsubscribe": "leave"}}), [f"{SETTINGS}:8:41 R03 no field 'leave'"]),
    (
        settings(channels={"email": {"unsubscribe": "first_name"}}),
        [f"{SETTINGS}:8:41 R03 no url field 'first_name'"],
    ),
    (strings(rf={"leave": "Se désinscrire"}, fr=None), [f"{STRINGS}:2:1 R03 no locale 'rf'"]),
    (rendition("email/title.html", body="<b>{{ boddy }}</b>"), [f"{RENDITION}:1:53 R03 no variable 'boddy'"]),
    (
        rendition("email/title.html", kicker="{% if kiker %}<i>{{ kicker }}</i> {% endif %}"),
        [f"{RENDITION}:1:7 R03 no variable 'kiker'"],
    ),
    (
        rendition("email/story.html", before="{{ picture.hight }}"),
        ["templates/email/components/story.html.j2:1:12 R03 no field 'hight' in picture"],
    ),
    (mail(html='<html lang="{{ title }}" dir="ltr">'), [f"{LAYOUT}:2:16 R03 no variable 'title'"]),
    (
        mail(html='<html lang="{{ brand.nmae }}" dir="ltr">'),
        [f"{LAYOUT}:2:1 R03 the brand has no nmae"],
    ),
    (
        mail(address='{% include "email/_foot.j2" %}') | {"templates/email/_foot.j2": "{{ adress }}\n"},
        ["templates/email/_foot.j2:1:4 R03 no variable 'adress'"],
    ),
    (
        mail(body='<body data-say="{{ slot("title", part="subjet") }}">'),
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
    (
        component("title/con")
        | {"assets/aux.old.png": image(), "assets/PRN/x.png": image(), "assets/PRN/y.png": image()}
        | {"assets/what?.png": image(), "assets/dot./x.png": image(), "templates/page/components/_nul.j2": "x"}
        | {"templates/page/_aux.j2": "", "templates/page/nul.html.j2": page()["templates/page/board.html.j2"]},
        [
            "assets/PRN/x.png:1:1 R04 Windows keeps the name 'PRN' for a device",
            "assets/aux.old.png:1:1 R04 Windows keeps the name 'aux' for a device",
            "assets/dot./x.png:1:1 R04 Windows has no name that ends as 'dot.' does",
            "assets/what?.png:1:1 R04 Windows has no name with '?' in it",
            "components/title/con.md:1:1 R04 Windows keeps the name 'con' for a device",
            "templates/page/nul.html.j2:1:1 R04 Windows keeps the name 'nul' for a device",
        ],
    ),
    ({"components/title/Bad.md": "x\n"}, ["components/title/Bad.md:1:1 R04 'Bad' is no id"]),
    ({"campaigns/a-b.yaml": "slots: {}\n"}, ["campaigns/a-b.yaml:1:1 R04 not the path of a campaign"]),
    ({"templates/note.html.j2": "x\n"}, ["templates/note.html.j2:1:1 R04 not the path of a template"]),
    ({"templates/email/read.md": "x\n"}, ["templates/email/read.md:1:1 R04 not the path of a template"]),
    ({"components/title/plain.en.md": "x\n"}, ["components/title/plain.en.md:1:1 R04 en is the default locale"]),
    (
        settings(
            stages="[{id: away, when: months_away >= 6}, {id: here, when: months_away < 6},"
            " {id: away, when: months_away > 9}]"
        ),
        [f"{SETTINGS}:34:86 R04 a second stage 'away'"],
    ),
    (settings(locales=["en", "fr", "fr-CA", "fr"]), [f"{SETTINGS}:4:26 R04 a second locale 'fr'"]),
    (
        settings(
            signals={
                "known": "{kind: boolean, source: x, max_age: none, consent: none, owner: x, response: x, fallback: x}"
            }
        ),
        [f"{SETTINGS}:34:3 R04 'known' is a word of the rule language"],
    ),
    (
        component("title/test_a", test={"id": "Tone"}) | component("title/test_b", test={"id": "Tone"}),
        [f"components/title/test_{arm}.md:4:12 R04 'Tone' is no id of a test" for arm in "ab"],
    ),
    # R05: no template
    (
        {"templates/email/components/story.text.j2": None},
        ["templates/email/note.text.j2:7:10 R05 no template for story in the part text of email"],
    ),
    # R06: paths that leave
    (
        component("story/plain", picture={"file": "../shop.png"}),
        [f"{STORY}:3:17 R06 the path '../shop.png' leaves assets/"],
    ),
    (
        component("story/plain", picture={"file": "/etc/shop.png"}),
        [f"{STORY}:3:17 R06 the path '/etc/shop.png' leaves assets/"],
    ),
    ({"components/../../x.md": "x"}, ["components/../../x.md:1:1 R06 a path that leaves the project"]),
    # R07: a component that no campaign can use
    (component("title/sweet", campaigns=[]), [f"{SWEET}:2:12 R07 title/sweet names no campaign"]),
    (
        component("title/x", campaigns=["start"], channels=["email"]),
        ["components/title/x.md:3:11 R07 none of the campaigns of title/x goes to its channels"],
    ),
    (
        component_type("note") | component("note/x", campaigns=["back", "start"]),
        ["components/note/x.md:2:12 R07 no slot takes the type note in the campaigns of note/x: back, start"],
    ),
    (
        component_type("note") | component("note/x", campaigns=["back"], channels=["email", "page"]),
        ["components/note/x.md:2:12 R07 no slot takes the type note in the campaigns of note/x: back"],
    ),
    # R08: slots and layouts
    (mail(aside='{{ slot("asid") }}'), [f"{LAYOUT}:11:18 R08 no slot 'asid' in the campaign back"]),
    (
        campaign("back", slots={"extra": {"type": "title", "default": "empty"}}),
        [f"{BACK}:14:3 R08 no layout of back calls the slot 'extra'"],
    ),
    (
        mail(aside='{{ slot("aside") }}{{ slot("aside") }}'),
        [f"{LAYOUT}:11:18 R08 slot 'aside' stands twice in this part"],
    ),
    (
        mail(aside='{% if locale %}{{ slot("aside") }}{% endif %}'),
        [f"{LAYOUT}:11:33 R08 slot 'aside' is called in a loop or condition"],
    ),
    (
        mail(aside='{% for name in ["aside"] %}{{ slot(name) }}{% endfor %}'),
        [f"{LAYOUT}:11:39 R08 a slot is called by name"],
    ),
    (
        rendition("email/title.html", body='<b>{{ body }}{{ slot("title") }}</b>'),
        [f"{RENDITION}:1:69 R08 slot 'title' is called in the template of a component"],
    ),
    # R09: CSS and markup that is not local
    ({INLINE: "b, #frame { width: 100%; }\n"}, [f"{INLINE}:1:4 R09 '#frame' cannot be inlined slot by slot"]),
    ({INLINE: ".frame:hover { width: 100%; }\n"}, [f"{INLINE}:1:1 R09 '.frame:hover' cannot be inlined slot by slot"]),
    ({INLINE: "@media print { b { top: 0 } }\n"}, [f"{INLINE}:1:1 R09 '@media print' cannot be inlined slot by slot"]),
    (
        inline_css(ink="color: var(--brand-color-ink);"),
        [f"{INLINE}:2:33 R09 the brand has no value 'color-ink'"],
    ),
    ({INLINE: "b { i { top: 0; } }\n"}, [f"{INLINE}:1:7 R09 '{{' cannot be inlined slot by slot"]),
    ({INLINE: "b { top: 0; }\ni\n"}, [f"{INLINE}:2:1 R09 'i' cannot be inlined slot by slot"]),
    ({INLINE: "b { top: 0;\n"}, [f"{INLINE}:1:3 R09 a rule that does not end"]),
    ({INLINE: "b { top: 0;\ni { top: 0; }\n"}, [f"{INLINE}:1:3 R09 a rule that does not end"]),
    ({INLINE: "b { top: 0; }}\n"}, [f"{INLINE}:1:14 R09 a }} that ends no rule"]),
    ({INLINE: "/* { */ b { top: 0; } /* i\n"}, [f"{INLINE}:1:23 R09 a comment that does not end"]),
    (
        {RENDITION: '<b>{{ body }}</b><p title="'},
        [f'{RENDITION}:1:18 R09 the tag <p title=" never ends'],
    ),
    ({RENDITION: "<b>{{ body }}</b><p"}, [f"{RENDITION}:1:18 R09 the tag <p never ends"]),
    (
        mail(before_sheet="\n<p", end='{% include "email/_end.j2" %}')
        | page(before_header="\n<p title='x")
        | {"templates/email/_end.j2": "</div><p"},
        [
            "templates/email/_end.j2:1:7 R09 the tag <p never ends",
            f"{LAYOUT}:6:1 R09 the tag <p never ends",
            "templates/page/board.html.j2:6:1 R09 the tag <p title='x never ends",
        ],
    ),
    ({HEAD: "@media print { b { top: 0 }\n"}, [f"{HEAD}:1:14 R09 a rule that does not end"]),
    ({HEAD: "b { top: 0 }</style>\n"}, [f"{HEAD}:1:13 R09 '</' in CSS ends the style element early"]),
    (
        mail(before_sheet='<table><tr><td>{{ slot("story") }}</td></tr></table>', story=""),
        [f"{LAYOUT}:5:890 R09 a table with a slot in it has no tbody"],
    ),
    (mail(tbody="", frame_end="</table>"), [f"{LAYOUT}:7:1 R09 a table with a slot in it has no tbody"]),
    (
        rendition("email/title.html", body="<p><b>{{ body }}</b></p><td>x</td>"),
        [f"{RENDITION}:1:1 R09 parsing changes the rendition of title where slot 'aside' stands"],
    ),
]


@failing(CASES)
def test_a_fault_is_found_where_it_stands_and_not_reported_as_many(
    code: str, files: Files, expected: list[str]
) -> None:
    own, errors = judged(files, code)
    assert own == expected
    assert {code for code in errors if code[0] in "RLAS" or code == "T01"} <= {code}


@passing(
    [
        ("R01", {SWEET: "---\r\ncampaigns: [back]\nsegments: [sweet_tooth]\n---\nSomething sweet\n"}),
        ("R01", {SWEET: "\n\n---\ncampaigns: [back]\nsegments: [sweet_tooth]\n---\nSomething sweet\n"}),
        ("R01", component("title/sweet", "Something sweet: a --- and a &name *starred*")),
        ("R01", component("title/sweet", kicker='"a: b"', lead="'For {{ first_name | default: \"you\" }}'")),
        ("R01", {STRINGS: "\ufeffen: {leave: Leave}\nfr: {leave: Partir}\n"}),
        ("R02", component("offer/tea", valid_until='"2027-05-01"')),
        ("R02", campaign("back", holdout={"share": "12.25%"})),
        ("R02", component("title/sweet", "\n\nSomething sweet\n\n")),
        ("R02", settings(signals={"months_away": {"range": ["0", "0"]}})),
        ("R03", component("title/sweet", campaigns="all")),
        ("R03", component("title/sweet", needs=["taste", "first_name"], requires=["offer/tea"])),
        (
            "R03",
            rendition(
                "email/title.html",
                body="<b>{% set rest = body %}{% for x in [rest] %}{{ x }}{{ loop.index }}{% endfor %}</b>",
            ),
        ),
        (
            "R03",
            mail(address='{% set foot = address %}{% include "email/_foot.j2" %}')
            | {"templates/email/_foot.j2": "{{ foot }} {{ strings.leave }}\n"},
        ),
        (
            "R03",
            rendition("email/title.html", body='<b>{% include "email/_title.j2" %}</b>')
            | {"templates/email/_title.j2": "{{ kicker }} {{ body }}\n"},
        ),
        (
            "R03",
            rendition(
                "email/title.html", body="<b>{{ body }}{{ lead }}{% if lead is defined %}{{ campaign }}{% endif %}</b>"
            ),
        ),
        (
            "R03",
            mail(html='<html lang="{{ locale }}{% if brand.motto %}{{ brand.motto }}{% endif %}" dir="ltr">'),
        ),
        ("R03", {"templates/email/components/_shared.j2": "x\n"}),
        ("R03", settings() | strings(**{"fr-CA": {"leave": "Quitter"}})),
        ("R04", component("title/a1_b", status="draft")),
        ("R04", component("title/console") | {"assets/con1.png": image(), "assets/a con.png": image()}),
        ("R09", rendition("email/title.html", body="<b{% if kicker %} title='{{ kicker }}'{% endif %}>{{ body }}</b>")),
        ("R09", rendition("email/title.html", body="<b{% if kicker %}><i>{% else %}><i>{% endif %}{{ body }}</i></b>")),
        ("R05", {"templates/email/components/offer.text.j2": "{{ body }}\n"}),
        ("R06", component("story/plain", picture={"file": "./shop.png"})),
        (
            "R07",
            component_type("note") | component("note/x", status="retired", learnt="nothing"),
        ),
        ("R07", component("title/sweet", channels=["page"])),
        ("R07", {"campaigns/back.yaml": None, "campaigns/start.yaml": None}),
        ("G02", {"campaigns/back.yaml": None}),
        (
            "R08",
            mail(aside=('{{ slot("aside") }}{{ slot("aside", part="subject") }}{{ slot("aside", part="subject") }}')),
        ),
        (
            "R08",
            mail(
                aside="",
                frame_end='<tr>{% call(inner) slot("aside") %}<td>{{ inner }}</td>{% endcall %}</tr></tbody></table>',
            ),
        ),
        (
            "R08",
            mail(aside='{% include "email/_aside.html.j2" %}')
            | {"templates/email/_aside.html.j2": '{{ slot("aside") }}'},
        ),
        ("R09", inline_css(more="/* #frame */ td.a.b > p b, .frame { width: 100%; }\n")),
        ("R09", {HEAD: "#a:hover, b[href] { color: var( --brand-colour-ink ) }\n@media print { b { top: 0 } }\n"}),
        ("R09", mail(before_sheet='<table><tr><td>x</td></tr></table>{{ slot("story") }}', story="")),
        ("R09", mail(foot="<table><tr><td>x</td></tr></table>")),
        ("R09", mail(tbody='<thead><tr><th>a</th></tr></thead><tbody data-x="{{ locale }}">')),
        ("R09", rendition("email/title.html", body="<table><tr><td>{{ body }}<br></td></tr></table>")),
    ],
)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []


def test_r03_hints_name_what_was_meant_or_list_what_there_is() -> None:
    files = component("title/sweet", segments=["sweet_toth", "zzz"]) | mail(html='<html lang="{{ story }}" dir="ltr">')
    hints = [finding.hint for finding in diagnostics(files) if finding.code == "R03"]
    assert hints == [
        "did you mean sweet_tooth?",
        "known segments: salty_tooth, sweet_tooth",
        'write {{ slot("story") }}',
    ]


def test_symbolic_links_are_refused_and_not_followed(tmp_path: Path) -> None:
    for path, content in project().items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    (tmp_path / "secret.md").write_text("---\ncampaigns: [back]\n---\nx\n")
    (tmp_path / "components/title/linked.md").symlink_to(tmp_path / "secret.md")
    loaded = Project.load(tmp_path)
    errors = [f"{finding.path} {finding.code}" for finding in loaded.check(MOMENT).errors]
    assert errors == ["components/title/linked.md R06"]
    assert "title/linked" not in loaded.loaded.components


def test_braces_in_strings_and_comments_end_no_rule() -> None:
    files: Files = {HEAD: "b::after { content: '}' } i::after { content: \"/*\" } /* ' */\n"}
    assert findings(files, "R09") == []
