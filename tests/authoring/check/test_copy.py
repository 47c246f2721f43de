"""Copy: C01, C02, C03, C05, C07, C08."""

from __future__ import annotations

import pytest

from tests.authoring.check.cases import Edit, diagnostics, found

AWAY, SWEET, PAGE = "components/story/away.md", "components/title/sweet.md", "templates/page/board.html.j2"
STRINGS = "templates/strings.yaml"


def long(place: str, words: str) -> list[str]:
    """The finding of one text that is too long."""
    return [f"components/{place} C05 {words} are allowed"]


def story(words: str) -> dict[str, Edit]:
    """The edit that gives a Markdown body these words."""
    return {AWAY: ("Much is **new**.", words)}


def title(words: str) -> dict[str, Edit]:
    """The edit that gives a body of one line these words."""
    return {SWEET: ("Something sweet", words)}


def kicker(words: str) -> dict[str, Edit]:
    """The edit that writes the value of a field so."""
    return {SWEET: ("kicker: 'For {{ first_name | default: \"you\" }}'", f"kicker: {words}")}


CASES: dict[str, tuple[str, dict[str, Edit], list[str]]] = {
    "a merge field without fallback": (
        "C01",
        story("Much is new,\n  {{ first_name }}"),
        ["components/story/away.md:6:3 C01 merge field 'first_name' has no fallback"],
    ),
    "a blank fallback": (
        "C01",
        story('Hi {{ first_name | default: " " }}'),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a blank fallback"],
    ),
    "single quotes": (
        "C01",
        story("Hi {{ first_name | default: 'you' }}"),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a fallback that cannot be read"],
    ),
    "curly quotes": (
        "C01",
        story("Hi {{ first_name | default: “you” }}"),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a fallback that cannot be read"],
    ),
    "an unknown merge field": (
        "C01",
        story('Hi {{ first_nam | default: "you" }}'),
        ["components/story/away.md:5:7 C01 no merge field 'first_nam'"],
    ),
    "the second of a quoted field": (
        "C01",
        kicker("'{{ first_name | default: \"x\" }} {{ first_name }}'"),
        ["components/title/sweet.md:4:42 C01 merge field 'first_name' has no fallback"],
    ),
    "a field whose quotes are escaped": (
        "C01",
        kicker('"To {{ first_name | default: \\"\\" }}"'),
        ["components/title/sweet.md:4:13 C01 merge field 'first_name' has a blank fallback"],
    ),
    "the second line of a folded field": (
        "C01",
        kicker(">-\n  For you,\n  {{ first_name }}"),
        ["components/title/sweet.md:6:3 C01 merge field 'first_name' has no fallback"],
    ),
    "an alt text": (
        "C01",
        {"components/story/plain.md": ('The shop, {{ first_name | default: "you" }}', "The shop of {{ first_name }}")},
        ["components/story/plain.md:3:45 C01 merge field 'first_name' has no fallback"],
    ),
    "a link": (
        "C01",
        {"components/story/plain.md": ('{{ first_name | default: "x" }}', "{{ last_name }}")},
        [
            "components/story/plain.md:4:38 C01 merge field 'last_name' has no fallback",
            "components/story/plain.md:4:38 C01 no merge field 'last_name'",
        ],
    ),
    "a translation": (
        "C01",
        {"components/title/sweet.fr.md": "Une {{ first_name }}\n"},
        ["components/title/sweet.fr.md:1:5 C01 merge field 'first_name' has no fallback"],
    ),
    "a template": (
        "C01",
        {PAGE: ('field("unsubscribe_url", default="https://www.sample.example/u")', 'field("unsub", default="")')},
        [
            "templates/page/board.html.j2:14:30 C01 merge field 'unsub' has a blank fallback",
            "templates/page/board.html.j2:14:30 C01 no merge field 'unsub'",
        ],
    ),
    "a template without fallback": (
        "C01",
        {PAGE: (', default="https://www.sample.example/u"', "")},
        ["templates/page/board.html.j2:14:30 C01 merge field 'unsubscribe_url' without a fallback"],
    ),
    "logic": (
        "C02",
        story("Hi {% if new %}you{% endif %}"),
        [
            "components/story/away.md:5:19 C02 {% endif %} is not a merge field",
            "components/story/away.md:5:4 C02 {% if new %} is not a merge field",
        ],
    ),
    "an expression": (
        "C02",
        story("Hi {{ first_name.upper() }}"),
        ["components/story/away.md:5:4 C02 {{ first_name.upper() }} is not a merge field"],
    ),
    "loose braces": (
        "C02",
        title("So {sweet}}"),
        [
            "components/title/sweet.md:6:10 C02 }} is not a merge field",
            "components/title/sweet.md:6:4 C02 { is not a merge field",
        ],
    ),
    "raw HTML in a line": (
        "C02",
        kicker("For <b>you</b>"),
        [
            "components/title/sweet.md:4:13 C02 copy has raw HTML",
            "components/title/sweet.md:4:19 C02 copy has raw HTML",
        ],
    ),
    "raw HTML in Markdown": (
        "C02",
        story("Much\nis <b>new</b>\n\n<div>x</div>"),
        [
            "components/story/away.md:6:10 C02 copy has raw HTML",
            "components/story/away.md:6:4 C02 copy has raw HTML",
            "components/story/away.md:8:1 C02 copy has raw HTML",
        ],
    ),
    "foreign Markdown": (
        "C02",
        story("# New\n\n![a](b.png) and `c`, ![d](e.png)\n\n---\n\n> f\n\n```\ng\n```"),
        [
            "components/story/away.md:11:1 C02 copy has a quotation",
            "components/story/away.md:13:1 C02 copy has a code block",
            "components/story/away.md:5:1 C02 copy has a heading",
            "components/story/away.md:7:1 C02 copy has an image",
            "components/story/away.md:7:17 C02 copy has code",
            "components/story/away.md:7:22 C02 copy has an image",
            "components/story/away.md:9:1 C02 copy has a rule across",
        ],
    ),
    "marks that Markdown does not take": (
        "C02",
        story("**Much**\n  is [new] (https://www.sample.example/a), ~~old~~"),
        [
            "components/story/away.md:6:44 C02 copy strikes nothing through: ~~old~~ is shown with its tildes",
            "components/story/away.md:6:6 C02 [new] (https://www.sample.example/a) is no link:"
            " a blank stands before its (",
        ],
    ),
    "marks in a text, which is literal": (
        "C02",
        kicker("'Really **good**'") | {STRINGS: ("en: {leave: Leave}", "en: {leave: 'Please **leave**'}")},
        [
            "components/title/sweet.md:4:17 C02 **good** is shown with its signs",
            "templates/strings.yaml:1:13 C02 **leave** is shown with its signs",
        ],
    ),
    "a list in a folded field": (
        "C02",
        {
            "components/story/_type.yaml": ("fields:", "fields:\n  more: {kind: markdown}"),
            AWAY: ("campaigns: [back]", "campaigns: [back]\nmore: >\n  One\n\n  1. a\n  2. b\n"),
        },
        ["components/story/away.md:6:3 C02 the lines of more are joined into one, and make no list"],
    ),
    "a list in a block of lines": (
        "C02",
        {
            "components/story/_type.yaml": ("fields:", "fields:\n  more: {kind: markdown}"),
            AWAY: ("campaigns: [back]", "campaigns: [back]\nmore: |\n  One\n\n  1. a\n  2. b\n"),
        },
        [],
    ),
    "records of a list": (
        "C02",
        {
            "components/story/_type.yaml": (
                "fields:",
                "fields:\n  steps: {kind: list, most: 2, of: {title: {kind: text}, more: {kind: markdown}}}",
            ),
            AWAY: (
                "campaigns: [back]",
                "campaigns: [back]\nsteps:\n  - title: a\n    more: b\n  - title: c\n    more: d\n",
            ),
        },
        [],
    ),
    "marks in a fallback": (
        "C02",
        story('Hi {{ first_name | default: "**you**" }}'),
        ["components/story/away.md:5:30 C02 **you** is shown with its signs"],
    ),
    "a placeholder as a fallback": (
        "C03",
        story('Hi {{ first_name | default: "[Name]" }}'),
        ["components/story/away.md:5:30 C03 '[Name]' is a leftover"],
    ),
    "a leftover in a field": (
        "C03",
        kicker('"Hi [FNAME]"'),
        ["components/title/sweet.md:4:13 C03 '[FNAME]' is a leftover"],
    ),
    "placeholders in copy": (
        "C03",
        story("Hi [First Name], your [Product Name] of %DATE%"),
        [
            "components/story/away.md:5:23 C03 '[Product Name]' is a leftover",
            "components/story/away.md:5:4 C03 '[First Name]' is a leftover",
            "components/story/away.md:5:41 C03 '%DATE%' is a leftover",
        ],
    ),
    "placeholders around copy": (
        "C03",
        {
            STRINGS: ("en: {leave: Leave}", "en: {leave: 'Leave {first_name}'}"),
            PAGE: ("<p>{{ address }}", "<p>[Company Name] {{ address }}</p><style>a[title] { top: 0 }</style><p>"),
            "assembler.yaml": [("name: Sample & Sons", 'name: "[Company Name]"'), ("1 Quay Street", "XXX Street")],
        },
        [
            "assembler.yaml:5:15 C03 '[Company Name]' is a leftover",
            "assembler.yaml:8:67 C03 'XXX' is a leftover",
            "templates/page/board.html.j2:14:4 C03 '[Company Name]' is a leftover",
            "templates/strings.yaml:1:13 C03 '{first_name}' is a leftover",
        ],
    ),
    "a leftover in strings": (
        "C03",
        {STRINGS: ("en: {leave: Leave}", "en: {leave: TODO}")},
        ["templates/strings.yaml:1:13 C03 'TODO' is a leftover"],
    ),
    "a leftover in a template": (
        "C03",
        {PAGE: ("<p>{{ address }}", "<p>Lorem ipsum {{ address }}")},
        ["templates/page/board.html.j2:14:4 C03 'Lorem ipsum' is a leftover"],
    ),
    "a leftover as a fallback": (
        "C03",
        kicker("'To {{ first_name | default: \"None\" }}'"),
        ["components/title/sweet.md:4:39 C03 'None' is a leftover"],
    ),
    "too long a body": ("C05", title("x" * 61), long("title/sweet.md:6:1", "body has 61 characters; 60")),
    "too long with its fallback": (
        "C05",
        kicker("'{{ first_name | default: \"the best of all neighbours here\" }}'"),
        long("title/sweet.md:4:9", "kicker has 31 characters; 30"),
    ),
    "too long with a long name": (
        "C05",
        kicker("'Especially {{ first_name | default: \"you\" }}'"),
        long("title/sweet.md:4:9", "kicker may reach 31 characters with the longest first_name; 30"),
    ),
    "too long a translation": (
        "C05",
        {"components/title/sweet.fr.md": "é" * 61 + "\n"},
        long("title/sweet.fr.md:1:1", "body has 61 characters; 60"),
    ),
    "too many words of Markdown": (
        "C05",
        story("*" + "x" * 301 + "*"),
        long("story/away.md:5:1", "body has 301 characters; 300"),
    ),
    "no body": ("C07", story(""), ["components/story/away.md:4:1 C07 body of story/away is blank"]),
    "an invisible body": (
        "C07",
        title("\u200b\u00ad"),
        ["components/title/sweet.md:6:1 C07 body of title/sweet is blank"],
    ),
    "an invisible translation": (
        "C07",
        {"components/title/sweet.fr.md": "\u2060\n"},
        ["components/title/sweet.fr.md:1:1 C07 body of title/sweet is blank"],
    ),
    "a blank field": (
        "C07",
        kicker('" \\u200b"'),
        ["components/title/sweet.md:4:9 C07 kicker of title/sweet is blank"],
    ),
    "a link without words": (
        "C07",
        story("[](https://www.sample.example/q)"),
        ["components/story/away.md:5:1 C07 body of story/away is blank"],
    ),
    "words that run backwards": (
        "C08",
        story("Much\u202e is &#x202E;new \x07"),
        [
            "components/story/away.md:5:10 C08 a character that cannot be seen: U+202E, right-to-left override",
            "components/story/away.md:5:22 C08 a character that cannot be seen: U+0007",
            "components/story/away.md:5:5 C08 a character that cannot be seen: U+202E, right-to-left override",
        ],
    ),
    "an escape in a field": (
        "C08",
        kicker('"For\\u2066 you"'),
        ["components/title/sweet.md:4:13 C08 a character that cannot be seen: U+2066, left-to-right isolate"],
    ),
    "a wrong encoding": (
        "C08",
        story("Itâ€™s the\ncafÃ© \ufffd\ufffd and &#65533;") | kicker("'The cafÃ©'"),
        [
            "components/story/away.md:5:1 C08 'Itâ€™s' is 'It’s', saved in one encoding and read in another",
            "components/story/away.md:6:1 C08 'cafÃ©' is 'café', saved in one encoding and read in another",
            "components/story/away.md:6:14 C08 a character that cannot be seen: U+FFFD, replacement character",
            "components/story/away.md:6:7 C08 U+FFFD stands for a character that was lost in a wrong encoding",
            "components/title/sweet.md:4:14 C08 'cafÃ©' is 'café', saved in one encoding and read in another",
        ],
    ),
    "a wrong encoding around copy": (
        "C08",
        {
            STRINGS: ("en: {leave: Leave}", "en: {leave: LÃ©ave}"),
            PAGE: ("<p>{{ address }}", "<p>Â© {{ address }}"),
            "assembler.yaml": [("name: Sample & Sons", "name: CafÃ©"), ("1 Quay Street", "1 RÃ¼ck Street")],
        },
        [
            "assembler.yaml:5:15 C08 'CafÃ©' is 'Café', saved in one encoding and read in another",
            "assembler.yaml:8:67 C08 'RÃ¼ck' is 'Rück', saved in one encoding and read in another",
            "templates/page/board.html.j2:14:4 C08 'Â©' is '©', saved in one encoding and read in another",
            "templates/strings.yaml:1:13 C08 'LÃ©ave' is 'Léave', saved in one encoding and read in another",
        ],
    ),
    "strings and templates": (
        "C08",
        {STRINGS: ("Leave}", '"Lea\\u0000ve"}'), PAGE: ("<p>{{ address }}", "<p>\u202a&#8238;{{ address }}")},
        [
            "templates/page/board.html.j2:14:4 C08 a character that cannot be seen: U+202A, left-to-right embedding",
            "templates/page/board.html.j2:14:5 C08 a character that cannot be seen: U+202E, right-to-left override",
            "templates/strings.yaml:1:13 C08 a character that cannot be seen: U+0000",
        ],
    ),
    "a field that a comment ends": (
        "C09",
        kicker("Our #1 shop"),
        ["components/title/sweet.md:4:13 C09 kicker ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "a field that is nothing but a comment": (
        "C09",
        kicker("#1 shop"),
        ["components/title/sweet.md:4:9 C09 kicker ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "an alt text that a comment ends": (
        "C09",
        {
            "components/story/plain.md": (
                "{file: shop.png, alt: 'The shop, {{ first_name | default: \"you\" }}'}",
                "\n  file: shop.png # ours\n  alt: Our #1 shop",
            )
        },
        ["components/story/plain.md:5:12 C09 alt ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "strings and the brand": (
        "C09",
        {
            STRINGS: "en:\n  leave: Leave #now\nfr: {leave: Partir, vite}\n",
            "assembler.yaml": (
                "brand: {name: Sample & Sons",
                "brand:\n  motto: We #1\n  ink: #123\nx: {name: Sample, x & y",
            ),
        },
        [
            "assembler.yaml:6:13 C09 motto ends here: what follows ` #` is a comment, and is not shown",
            "assembler.yaml:7:8 C09 ink ends here: what follows ` #` is a comment, and is not shown",
            "templates/strings.yaml:2:16 C09 leave ends here: what follows ` #` is a comment, and is not shown",
            "templates/strings.yaml:3:21 C09 a comma ends leave, and what follows it is read as a key",
        ],
    ),
    "a brand in braces": (
        "C09",
        {"assembler.yaml": ("name: Sample & Sons", "name: Sample, Sons & Co")},
        ["assembler.yaml:5:23 C09 a comma ends name, and what follows it is read as a key"],
    ),
    # Near misses
    "comments beside tags, quoted words and values of the brand": (
        "C09",
        {
            SWEET: ("segments: [sweet_tooth]", "hypothesis: x # y\nsegments: [sweet_tooth] # z\nlead: 'a' # b"),
            "assembler.yaml": ("brand: {name: Sample & Sons", "brand:\n  motto: We    # say\nx: {name: Sample & Sons"),
        },
        [],
    ),
    "a merge field, tightly written": ("C01", story('Hi {{first_name|default:"you"}}'), []),
    "a template may take a longer way": (
        "C01",
        {PAGE: ("<p>{{ address }}", "<p>{# {{ first_name }} #}{{ address }}")},
        [],
    ),
    "signs that are no markup": ("C02", title("2 < 3 > 1 & *so* _on_ # 5 <3"), []),
    "all that Markdown may": (
        "C02",
        story("*a* **b** [c](https://www.sample.example/c)\\\nd &amp; e \\# f <https://www.sample.example/g>\n\n1. h"),
        [],
    ),
    "drafts may have anything": (
        "C02",
        {AWAY: [("campaigns: [back]", "campaigns: [back]\nstatus: draft"), ("Much is", "# {Much} <b> is")]},
        [],
    ),
    "a note in a comment of Jinja": ("C03", {PAGE: ("<p>{{ address }}", "<p>{# TODO #}{{ address }}")}, []),
    "a conditional comment": ("C03", {PAGE: ("<p>{{ address }}", "<p><!--[IF MSO]>x<![ENDIF]-->{{ address }}")}, []),
    "as long as may be": ("C05", title("x" * 60), []),
    "a family is one character": ("C05", title("👩‍👩‍👧" * 60), []),
    "signs of Markdown do not count": ("C05", story("**" + "x" * 295 + "** [yz](https://www.sample.example/a)"), []),
    "a picture says it": (
        "C07",
        {
            "components/story/plain.md": "---\ncampaigns: [back]\npicture: {file: shop.png, alt: The shop}\n---\n",
            "components/story/plain.fr.md": "---\npicture: {alt: La boutique}\n---\n",
        },
        [],
    ),
    "a translation that inherits": ("C07", {"components/title/sweet.fr.md": "---\nkicker: Pour vous\n---\n"}, []),
    "a merge field alone": ("C07", title('{{ first_name | default: "friend" }}'), []),
    "tabs and marks of direction": ("C08", title("Some\tthing\u200f"), []),
}


@pytest.mark.parametrize(("code", "edits", "expected"), CASES.values(), ids=CASES)
def test_copy(code: str, edits: dict[str, Edit], expected: list[str]) -> None:
    assert sorted(found(edits, code)) == expected


def test_long_values_are_a_warning() -> None:
    (finding,) = diagnostics(kicker("'Especially {{ first_name | default: \"you\" }}'"))
    assert (finding.code, finding.severity) == ("C05", "warning")


def test_the_hint_names_the_nearest_field() -> None:
    (finding,) = (each for each in diagnostics(story('Hi {{ fist_name | default: "you" }}')) if each.code == "C01")
    assert finding.hint == "did you mean first_name?"


@pytest.mark.parametrize(
    ("words", "leftover"),
    [
        ("Lorem Ipsum dolor", "Lorem Ipsum"), ("a todo: x", "todo"),
        ("xxx", "xxx"), ("Hi [FIRST NAME] x", "[FIRST NAME]"),
        ("*|FNAME|* x", "*|FNAME|*"), ("%%first%% x", "%%first%%"), ("None", "None"), ("undefined.", "undefined."),
        ("Hello None, hi", "None"), ("Dear undefined!", "undefined"), ("Thank you None", "None"), ("at £None", "None"),
        ("None% off", "None"), ("TBC", "TBC"), ("£XX now", "XX"), ("now X% off", "X"),
        ("Hello null,", "null"), ("NaN", "NaN"),
        ("0800 XXXX", "XXXX"), ("Dolor sit amet", "Dolor sit amet"), ("see www.yoursite.com", "yoursite.com"),
        ("https://www.sample.example/?n=undefined", "undefined"),
    ],
)  # fmt: skip
def test_leftovers(words: str, leftover: str) -> None:
    assert [each.partition("C03 ")[2] for each in found(story(words), "C03")] == [f"{leftover!r} is a leftover"]


@pytest.mark.parametrize(
    "words",
    [
        "None of our jackets leak", "Second to None", "None, and we mean none", "the undefined coast", "5%% and 6%%",
        "Size XXXL", "our todos", "[FAQ](https://www.sample.example/q)", "[A]", "lorem", "Nonesuch",
        "hello, none of these", "Danke, null Risiko", "Chapter XX", "[Name](https://www.sample.example/q)",
    ],
)  # fmt: skip
def test_words_that_are_no_leftovers(words: str) -> None:
    assert not found(story(words), "C03")


def test_the_hint_of_a_foreign_merge_tag_says_how_ours_is_written() -> None:
    found = [each.hint for each in diagnostics(story("Hi *|FNAME|*, lorem ipsum")) if each.code == "C03"]
    assert found == [
        'write what should stand there, or remove it; a personal value is written {{ first_name | default: "words" }}',
        "write what should stand there, or remove it",
    ]


def test_todo_is_a_word_of_spanish() -> None:
    spanish: dict[str, Edit] = {"assembler.yaml": ("[en, fr, fr-CA]", "[en, fr, fr-CA, es]")}
    assert not found(spanish | {"components/title/sweet.es.md": "Todo dulce\n"}, "C03")
    assert found(spanish | {"components/title/sweet.es.md": "TODO: dulce\n"}, "C03")
