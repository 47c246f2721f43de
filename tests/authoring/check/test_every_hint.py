"""Projects in which much is wrong, as they are shown: each message with its line and hint."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.findings import render
from tests.authoring.builders import (
    Files,
    campaign,
    component,
    component_type,
    head_css,
    inline_css,
    settings,
    strings,
    without,
)
from tests.authoring.check.cases import diagnostics

MAIL = """\
<html dir="sideways"><head><meta name="color-scheme" content="light"><meta name="viewport" content="x">
<link rel="stylesheet" href="https://www.sample.example/a.css"><script>x</script></head>
<body>{{ slot("story") }}<table><tr><td>{{ slot("title") }}</td></tr></table>
<img src="x.svg"><img src="data:image/png;base64,x" srcset="y 1x"><iframe></iframe>
<a href="https://www.sample.example/x" class="btn" style="line-height: 10px; padding: 1px">here</a>
<p style="position: fixed; --x: 1; background: url(data:image/png;base64,x)">null</p>
<!--[if mso]><v:rect></v:rect><table></td></table><![endif]--><!--[if mso]>
</body></html>
"""
PAGE = """\
<html lang="xx"><head><meta name="viewport" content="width=device-width, maximum-scale=1">
<meta property="og:image" content="/x.png"><title> </title></head>
<body><a href="#main"></a><main id="main"><h3>x</h3>{{ slot("story") }}<h1>{{ slot("title") }}</h1></main><main></main>
<a href="javascript:x()" onclick="x()">more</a><img src="x"><script>x()</script>
<script type="application/ld+json">{"@type": "Offer"}</script></body></html>
"""

BROKEN: dict[str, Files] = {
    "a bare mail": {
        "templates/email/note.html.j2": MAIL,
        "templates/email/note.text.j2": None,
        "templates/email/note.subject.j2": None,
        **inline_css(small="font-size: 9px; font-family: Arial;", sheet="display: flex; margin: -1px;"),
        **head_css(
            dark="@media print { @supports (x: y) { b { color: #fff!important; } } }", root=".frame { color: red; }"
        ),
    },
    "a bare page": {
        "templates/page/board.html.j2": PAGE,
        "templates/page/head.css": "@media (max-width: 9px) { b { top: 0; } }\nb { color: red; }\n",
    },
    "an offer and a button told wrongly": {
        **component_type("cta", body="text"),
        **component("cta/go", "Go on"),
        **campaign("back", slots={"cta": {"type": "cta", "default": "cta/go"}}),
        "templates/email/components/cta.html.j2": "<p>{{ body }}</p>\n",
        "templates/email/components/cta.text.j2": "{{ body }}\n",
        "templates/page/components/cta.html.j2": "<p>{{ body }}</p>\n",
        "templates/page/components/offer.html.j2": '<p>{{ body }}</p><script type="application/ld+json">'
        '{"@type": "Offer"}</script>\n',
    },
    "no paperwork": {
        **settings(
            owner=None,
            signals={"taste": dict.fromkeys(["source", "max_age", "consent", "owner", "response", "fallback"])},
            segments={"sweet_tooth": {"owner": None, "hypothesis": None, "review_by": None}},
            policy={"max_segments": "1", "max_signals": "1", "link_parameters": {"email": {"a": "b"}}},
            holdout={"until": "2026-11-01"},
        ),
        **campaign("back", owner=None, objective=None, decide_by="2026-01-01", outcome=None, hypothesis=None),
        **component("story/away", status="retired"),
        **component("offer/tea", valid_until="2026-01-01", terms=None),
    },
    "copy with everything": {
        **component(
            "story/away",
            "Hi {{ first_name }}, {x} }} {# y #} TODO we noticed you, ends Friday [here](https://www.sample.example/q)",
        ),
        **component("title/sweet", "Something\u202e cafÃ©", kicker='" "'),
        **strings(en={"leave": "'Leave {{ x }} **now**'"}, fr={"leave": None}),
    },
    "tags that cannot be": {
        **component("title/plain", segments=["sweet_tooth"], valid_until="2027-01-01", requires=["offer/tea"]),
        **component("title/aside", status="draft", fr=None, channels=["page"]),
        **component("title/test_a", needs=["first_name"], test={"id": "tone", "share": "90%"}),
        **component("title/test_b", fr=None, excludes=["title/plain", "story/away"]),
        **component("story/away", campaigns=[]),
        **without("title/here"),
    },
}


@pytest.mark.parametrize("files", BROKEN.values(), ids=[name.replace(" ", "_") for name in BROKEN])
def test_a_broken_project_is_shown_with_hints(files: Files, words: SnapshotAssertion) -> None:
    assert f"{render(diagnostics(settings() | files))}\n" == words
