"""L01, L03, L04: translations that are more, or other, than the words of their original."""

from __future__ import annotations

from tests.authoring.builders import Files, component, component_type, mail, strings, translation
from tests.authoring.check.cases import failing, findings, judged, passing

SETTINGS, STRINGS, LAYOUT = "assembler.yaml", "templates/strings.yaml", "templates/email/note.html.j2"
PLAIN, STORY, TEA = "components/title/plain.fr.md", "components/story/plain.fr.md", "components/offer/tea.fr.md"
LINK = "https://www.sample.example/in?a=1&b=2"

CASES: list[tuple[Files, list[str]]] = [
    # L01: a translation sets what is not its own
    (translation("offer/tea", segments=["a"]), [f"{TEA}:2:1 L01 a translation sets 'segments', a tag"]),
    (
        translation("offer/tea", ends="2027-01-01"),
        [f"{TEA}:2:1 L01 a translation sets 'ends', a field of kind date"],
    ),
    (
        translation("story/plain", url="https://www.sample.example/fr"),
        [f"{STORY}:2:1 L01 a translation sets 'url', a field of kind url"],
    ),
    (
        translation("story/plain", picture="{file: logo.png, alt: 'La {{ first_name | default: \"x\" }}'}"),
        [f"{STORY}:2:11 L01 a translation sets the file of 'picture'"],
    ),
    # L03: merge fields and links
    (
        translation("title/plain", "Bonjour"),
        [f"{PLAIN}:1:1 L03 the translation of body lacks the merge field first_name"],
    ),
    (
        translation(
            "title/plain",
            ('Bon {{ unsubscribe_url | default: "https://www.sample.example/u" }}, {{ first_name | default: "vous" }}'),
        ),
        [f"{PLAIN}:1:5 L03 the translation of body adds the merge field unsubscribe_url"],
    ),
    (
        translation(
            "story/plain",
            (
                "Votre *place*. [Venez](https://www.sample.example/fr)\n\n- thé\n"
                '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})'
            ),
        ),
        [f"{STORY}:1:24 L03 the translation of body has the link https://www.sample.example/fr, the original {LINK}"],
    ),
    (
        translation(
            "story/plain",
            (
                "Votre *place*. Venez\n\n- thé\n"
                '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})'
            ),
        ),
        [f"{STORY}:1:1 L03 the translation of body lacks the link {LINK}"],
    ),
    (
        translation(
            "story/plain",
            (
                "Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n"
                "- [thé](https://www.sample.example/the)\n"
                '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})'
            ),
        ),
        [f"{STORY}:3:9 L03 the translation of body adds the link https://www.sample.example/the"],
    ),
    (
        translation("story/plain", picture={"alt": "La boutique"}),
        [f"{STORY}:2:16 L03 the translation of alt of picture lacks the merge field first_name"],
    ),
    (
        translation("offer/tea", terms="'Tant, {{ first_name | default: \"vous\" }}'"),
        [f"{TEA}:2:15 L03 the translation of terms adds the merge field first_name"],
    ),
    # L04: fixed words
    (strings(en={"more": "More"}), [f"{STRINGS}:2:1 L04 the word 'more' is missing in fr"]),
    (
        strings(fr={"more": "Se désinscrire", "leave": None}),
        [
            f"{STRINGS}:1:1 L04 the word 'more' is missing in en",
            f"{STRINGS}:2:1 L04 the word 'leave' is missing in fr",
        ],
    ),
    (strings(fr=None), [f"{SETTINGS}:4:15 L04 strings.yaml has no words in fr"]),
    (mail(leave="{{ strings.leav }}"), [f"{LAYOUT}:14:102 L04 no word 'leav' in strings.yaml"]),
    (mail(leave='{{ strings["leav"] }}'), [f"{LAYOUT}:14:111 L04 no word 'leav' in strings.yaml"]),
    (
        {STRINGS: None},
        [
            f"{LAYOUT}:14:102 L04 no word 'leave' in strings.yaml",
            "templates/page/board.html.j2:14:102 L04 no word 'leave' in strings.yaml",
        ],
    ),
]


@failing(CASES)
def test_a_fault_is_found_where_it_stands_and_is_the_only_error(code: str, files: Files, expected: list[str]) -> None:
    own, errors = judged(files, code)
    assert own == expected
    assert {code for code in errors if code[0] in "RLAS"} == {code}


@passing(
    [
        ("L01", translation("story/plain", picture="{alt: 'La {{ first_name | default: \"x\" }}'}")),
        (
            "L01",
            component_type("story", fields={"url": {"translatable": "true"}})
            | translation("story/plain", url="'https://www.sample.example/fr?n={{ first_name | default: \"x\" }}'"),
        ),
        (
            "L03",
            component_type("story", fields={"url": {"translatable": "true"}})
            | translation("story/plain", url="'https://www.sample.example/fr?n={{ first_name | default: \"x\" }}'"),
        ),
        ("L03", translation("title/plain", 'À vous, {{first_name|default:"toi"}} ({{ first_name | default: "toi" }})')),
        (
            "L03",
            translation(
                "story/plain",
                (
                    "Votre *place*. [Venez](https://www.sample.example/in?a=1&b=2)\n\n- thé\n"
                    '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u/fr" }})'
                ),
            ),
        ),
        (
            "L03",
            component("story/plain", status="draft")
            | translation(
                "story/plain",
                (
                    "Votre *place*. [Venez](https://www.sample.example/fr)\n\n- thé\n"
                    '- [partir]({{ unsubscribe_url | default: "https://www.sample.example/u" }})'
                ),
            ),
        ),
        ("L03", translation("title/plain", 'Bonjour, {{ frist_name | default: "vous" }}')),
        ("L04", strings(**{"fr-CA": {"leave": "Quitter"}})),
        ("L04", strings(en={"more": "More"}, fr={"more": "Plus"})),
        ("L04", strings(rf={"leave": "Se désinscrire"}, fr=None)),
        ("L04", {STRINGS: "en: {leave: [\n"}),
        (
            "L04",
            mail(
                html='<html lang="{% set strings_of = strings %}{{ locale }}" dir="ltr">',
                language='lang="{% set strings_of = strings %}{{ locale }}" dir="ltr"',
            ),
        ),
    ],
)
def test_a_near_miss_is_none(code: str, files: Files) -> None:
    assert findings(files, code) == []
