"""What a fault entails is not told beside it: of each of these projects one thing is wrong, and one finding says so."""

from __future__ import annotations

import pytest

from assembler.errors import ProjectError
from tests.authoring.builders import MOMENT, Files, campaign, component, in_memory, mail, page, project, rules, settings

ONE_CAUSE: dict[str, tuple[Files, str]] = {
    "a subject that is not UTF-8": (
        {"templates/email/note.subject.j2": b"\xff"},
        "templates/email/note.subject.j2:1:1 R01 not UTF-8",
    ),
    "a text part that is not UTF-8": (
        {"templates/email/note.text.j2": b"\xff"},
        "templates/email/note.text.j2:1:1 R01 not UTF-8",
    ),
    "a layout that is not UTF-8": (
        {"templates/page/board.html.j2": b"\xff"},
        "templates/page/board.html.j2:1:1 R01 not UTF-8",
    ),
    "a rendition that is not UTF-8": (
        {"templates/email/components/story.html.j2": b"\xff"},
        "templates/email/components/story.html.j2:1:1 R01 not UTF-8",
    ),
    "a translation that is not UTF-8": (
        {"components/title/plain.fr.md": b"\xff"},
        "components/title/plain.fr.md:1:1 R01 not UTF-8",
    ),
    "a stage that takes everybody": (
        rules(away="months_away >= 0"),
        "assembler.yaml:36:11 T04 the rule of the stage 'away' is true whenever its signals are known",
    ),
    "a component that requires itself": (
        component("title/sweet", requires=["title/sweet"]),
        "components/title/sweet.md:3:12 T08 title/sweet requires title/sweet, which no earlier slot of its campaigns"
        " can hold",
    ),
    "settings that are not UTF-8": (
        {"assembler.yaml": b"name: a\nowner: \xff\n"},
        "assembler.yaml:2:8 R01 not UTF-8",
    ),
    "a style sheet that is not UTF-8": (
        {"templates/email/inline.css": b"a { }\n\xff"},
        "templates/email/inline.css:2:1 R01 not UTF-8",
    ),
    "a style sheet that is too long": (
        {"templates/email/inline.css": "a { color: #102030; }\n" * 4_000},
        "templates/email/inline.css:1:1 R10 this file could not be judged: a style sheet of more than 65,536"
        " characters",
    ),
    "a campaign that is empty": (
        {"campaigns/back.yaml": ""},
        "campaigns/back.yaml:1:1 R02 expected keys and values, got nothing",
    ),
    "a campaign that is a list": (
        {"campaigns/back.yaml": "[a]"},
        "campaigns/back.yaml:1:1 R02 expected keys and values, got a list",
    ),
    "a campaign without slots": (
        {"campaigns/back.yaml": str(project()["campaigns/back.yaml"]).partition("slots:")[0]},
        "campaigns/back.yaml:1:1 R02 missing key 'slots'",
    ),
    "a slot without a type": (
        campaign("back", slots={"title": "{default: title/plain}"}),
        "campaigns/back.yaml:11:3 R02 missing key 'type'",
    ),
    "a campaign without a hypothesis": (
        campaign("back", hypothesis=None),
        "campaigns/back.yaml:1:1 G02 campaign 'back' has no hypothesis",
    ),
    "a type that is empty": (
        {"components/title/_type.yaml": ""},
        "components/title/_type.yaml:1:1 R02 the type title has neither a body nor fields",
    ),
    "a type that is a list": (
        {"components/title/_type.yaml": "[a]"},
        "components/title/_type.yaml:1:1 R02 expected keys and values, got a list",
    ),
    "front matter that is a list": (
        {"components/title/sweet.md": "---\n[a]\n---\nSomething sweet\n"},
        "components/title/sweet.md:2:1 R02 front matter is keys and values",
    ),
    "strings that are a list": (
        {"templates/strings.yaml": "[a]"},
        "templates/strings.yaml:1:1 R02 expected words by locale",
    ),
    "YAML that is nested without end": (
        {"campaigns/back.yaml": "a: " + "[" * 50_000},
        "campaigns/back.yaml:1:1003 R01 far too many levels deep",
    ),
    "a text of two lines": (
        {"components/title/sweet.md": str(project()["components/title/sweet.md"]) + "and salty"},
        "components/title/sweet.md:7:1 R02 body is more than one line",
    ),
    "a host with a star": (
        settings(policy={"link_hosts": ['"*.sample.example"']}),
        "assembler.yaml:51:23 S01 '*.sample.example' is no host",
    ),
    "a merge field whose length is none": (
        settings(fields={"first_name": {"max_length": "0"}}),
        "assembler.yaml:11:55 R02 expected a number above 0, got the number 0",
    ),
    "a segment whose id is none": (
        {"assembler.yaml": str(project()["assembler.yaml"]).replace("id: sweet_tooth", "id: Sweet Tooth")},
        "assembler.yaml:40:9 R04 'Sweet Tooth' is no segment",
    ),
    "a segment that takes all of the next": (
        rules(sweet_tooth="known(taste)"),
        "assembler.yaml:46:11 T02 the segment 'salty_tooth' can never match: the earlier segment sweet_tooth takes"
        " everybody",
    ),
    "a rendition that is not there": (
        {"templates/email/components/story.text.j2": None},
        "templates/email/note.text.j2:7:10 R05 no template for story in the part text of email",
    ),
    "an image of a mail without alt": (
        mail(logo_alt=""),
        "templates/email/note.html.j2:15:1 A02 an image without alt text",
    ),
    "an image of a page without alt": (
        page(logo_alt=""),
        "templates/page/board.html.j2:15:1 A02 an image without alt text",
    ),
    "an image of a page in one density": (
        page(logo='src="{{ asset("logo.png").url }}"'),
        "templates/page/board.html.j2:15:1 P04 an image in one density only",
    ),
    "words that are blank": (
        component("story/away", "&nbsp;"),
        "components/story/away.md:5:1 C07 body of story/away is blank",
    ),
    "a slot in its own condition": (
        mail(story='{% if slot("story") %}{{ slot("story") }}{% endif %}'),
        "templates/email/note.html.j2:10:21 R08 slot 'story' is called in a loop or condition",
    ),
    "an address in angle brackets": (
        component("story/away", "Write to <help@sample.example>, much is **new**.", fr="Du **nouveau**."),
        "components/story/away.fr.md:1:1 L03 the translation of body lacks the link mailto:help@sample.example",
    ),
    "an audience of unknown names": (
        campaign("back", audience="{stages: [everyone]}"),
        "campaigns/back.yaml:14:21 R03 no stage 'everyone'",
    ),
    "an audience that is a number": (
        campaign("back", audience="{segments: [5]}"),
        "campaigns/back.yaml:14:23 R02 expected text, got the number 5",
    ),
    "a rule of inline.css that does not end": (
        {"templates/email/inline.css": ".frame { max-width: 600px;\nimg { display: block; }\n"},
        "templates/email/inline.css:1:8 R09 a rule that does not end",
    ),
    "a comment of inline.css that does not end": (
        {"templates/email/inline.css": "/* The frame\n.frame { max-width: 600px; }\n"},
        "templates/email/inline.css:1:1 R09 a comment that does not end",
    ),
    "a rule of head.css that does not end": (
        {"templates/email/head.css": ".frame { max-width: 600px;\n"},
        "templates/email/head.css:1:8 R09 a rule that does not end",
    ),
    "files for a locale that is none": (
        {f"components/title/{name}.pl.md": "Herbata" for name in ("sweet", "plain", "aside")},
        "components/title/aside.pl.md:1:1 R03 no locale 'pl', and 2 more files are for it",
    ),
}
"""Files of which one thing is wrong, and what alone is told of it."""


@pytest.mark.parametrize(("files", "told"), ONE_CAUSE.values(), ids=list(ONE_CAUSE))
def test_one_cause_is_one_finding(files: Files, told: str) -> None:
    try:
        findings = in_memory(project(files)).check(MOMENT).diagnostics
    except ProjectError as error:
        findings = tuple(error.diagnostics)
    assert [f"{one.path}:{one.line}:{one.column} {one.code} {one.message}" for one in findings] == [told]
    assert all(one.hint for one in findings)
