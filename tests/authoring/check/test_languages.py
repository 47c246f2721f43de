"""L01, L03, L04: translations that are more, or other, than the words of their original."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.authoring.check.cases import Edit, found, judged

SETTINGS, STRINGS, LAYOUT = "assembler.yaml", "templates/strings.yaml", "templates/email/note.html.j2"
PLAIN, STORY, TEA = "components/title/plain.fr.md", "components/story/plain.fr.md", "components/offer/tea.fr.md"
LINK = "https://www.sample.example/in?a=1&b=2"

CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    # L01: a translation sets what is not its own
    ({TEA: ("---\nterms", "---\nsegments: [a]\nterms")}, [f"{TEA}:2:1 L01 a translation sets 'segments', a tag"]),
    (
        {TEA: ("---\nterms", "---\nends: 2027-01-01\nterms")},
        [f"{TEA}:2:1 L01 a translation sets 'ends', a field of kind date"],
    ),
    (
        {STORY: ("Votre", "---\nurl: https://www.sample.example/fr\n---\nVotre")},
        [f"{STORY}:2:1 L01 a translation sets 'url', a field of kind url"],
    ),
    (
        {STORY: ("Votre", "---\npicture: {file: logo.png, alt: 'La {{ first_name | default: \"x\" }}'}\n---\nVotre")},
        [f"{STORY}:2:11 L01 a translation sets the file of 'picture'"],
    ),
    # L03: merge fields and links
    ({PLAIN: "Bonjour\n"}, [f"{PLAIN}:1:1 L03 the translation of body lacks the merge field first_name"]),
    (
        {PLAIN: ("Bonjour", 'Bon {{ unsubscribe_url | default: "https://www.sample.example/u" }}')},
        [f"{PLAIN}:1:5 L03 the translation of body adds the merge field unsubscribe_url"],
    ),
    (
        {STORY: (LINK, "https://www.sample.example/fr")},
        [f"{STORY}:1:24 L03 the translation of body has the link https://www.sample.example/fr, the original {LINK}"],
    ),
    ({STORY: (f"[Venez]({LINK})", "Venez")}, [f"{STORY}:1:1 L03 the translation of body lacks the link {LINK}"]),
    (
        {STORY: ("thé", "[thé](https://www.sample.example/the)")},
        [f"{STORY}:3:9 L03 the translation of body adds the link https://www.sample.example/the"],
    ),
    (
        {STORY: ("Votre", "---\npicture: {alt: La boutique}\n---\nVotre")},
        [f"{STORY}:2:16 L03 the translation of alt of picture lacks the merge field first_name"],
    ),
    (
        {TEA: ("Tant que chante la bouilloire", "'Tant, {{ first_name | default: \"vous\" }}'")},
        [f"{TEA}:2:15 L03 the translation of terms adds the merge field first_name"],
    ),
    # L04: fixed words
    ({STRINGS: ("Leave}", "Leave, more: More}")}, [f"{STRINGS}:2:1 L04 the word 'more' is missing in fr"]),
    (
        {STRINGS: ("fr: {leave: Se", "fr: {more: Se")},
        [
            f"{STRINGS}:1:1 L04 the word 'more' is missing in en",
            f"{STRINGS}:2:1 L04 the word 'leave' is missing in fr",
        ],
    ),
    ({STRINGS: "en: {leave: Leave}\n"}, [f"{SETTINGS}:4:15 L04 strings.yaml has no words in fr"]),
    ({LAYOUT: ("strings.leave", "strings.leav")}, [f"{LAYOUT}:14:102 L04 no word 'leav' in strings.yaml"]),
    ({LAYOUT: ("strings.leave", 'strings["leav"]')}, [f"{LAYOUT}:14:111 L04 no word 'leav' in strings.yaml"]),
    (
        {STRINGS: None},
        [
            f"{LAYOUT}:14:102 L04 no word 'leave' in strings.yaml",
            "templates/page/board.html.j2:14:102 L04 no word 'leave' in strings.yaml",
        ],
    ),
]
IDS = [expected[0][:80] for _, expected in CASES]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=IDS)
def test_a_fault_is_found_where_it_stands_and_is_the_only_error(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    own, errors = judged(edits, code)
    assert own == expected
    assert {each for each in errors if each[0] in "RLAS"} == {code}


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        ("L01", {STORY: ("Votre", "---\npicture: {alt: 'La {{ first_name | default: \"x\" }}'}\n---\nVotre")}),
        (
            "L01",
            {
                "components/story/_type.yaml": ("{kind: url}", "{kind: url, translatable: true}"),
                STORY: (
                    "Votre",
                    "---\nurl: 'https://www.sample.example/fr?n={{ first_name | default: \"x\" }}'\n---\nVotre",
                ),
            },
        ),
        (
            "L03",
            {
                "components/story/_type.yaml": ("{kind: url}", "{kind: url, translatable: true}"),
                STORY: (
                    "Votre",
                    "---\nurl: 'https://www.sample.example/fr?n={{ first_name | default: \"x\" }}'\n---\nVotre",
                ),
            },
        ),
        ("L03", {PLAIN: 'À vous, {{first_name|default:"toi"}} ({{ first_name | default: "toi" }})\n'}),
        ("L03", {STORY: ("www.sample.example/u", "www.sample.example/u/fr")}),
        (
            "L03",
            {
                "components/story/plain.md": ("campaigns: [back]", "campaigns: [back]\nstatus: draft"),
                STORY: (LINK, "https://www.sample.example/fr"),
            },
        ),
        ("L03", {PLAIN: 'Bonjour, {{ frist_name | default: "vous" }}\n'}),
        ("L04", {STRINGS: "en: {leave: Leave}\nfr: {leave: Partir}\nfr-CA: {leave: Quitter}\n"}),
        ("L04", {STRINGS: "en: {leave: Leave, more: More}\nfr: {leave: Partir, more: Plus}\n"}),
        ("L04", {STRINGS: ("fr:", "rf:")}),
        ("L04", {STRINGS: "en: {leave: [\n"}),
        ("L04", {LAYOUT: ("{{ locale }}", "{% set strings_of = strings %}{{ locale }}")}),
    ],
)
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []
