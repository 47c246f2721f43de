"""Copy: C01, C02, C03, C05, C07, C08."""

from __future__ import annotations

from tests.authoring.builders import Files, component, component_type, page, settings, strings, translation
from tests.authoring.clean import Value


def long(place: str, words: str) -> list[str]:
    """The finding of one text that is too long."""
    return [f"components/{place} C05 {words} are allowed"]


def story(words: str) -> Files:
    """A component whose Markdown is these words."""
    return component("story/away", words)


def title(words: str) -> Files:
    """A component whose one line is these words."""
    return component("title/sweet", words)


def kicker(written: str) -> Files:
    """A component with a field that is written so."""
    return component("title/sweet", kicker=written)


_SAY: Value = {"kind": "text", "max_length": {"sms": "9"}}


def lengths(**by_channel: str) -> Files:
    """A type whose bodies may have so many characters in some channels."""
    return component_type("title", max_length=by_channel)


CASES: dict[str, tuple[Files, list[str]]] = {
    "too long in one of two channels": (
        title("x" * 46) | lengths(email="46", page="45"),
        long("title/sweet.md:6:1", "body has 46 characters; 45 in page"),
    ),
    "too long in both channels": (
        title("x" * 46) | lengths(page="40", email="45"),
        long("title/sweet.md:6:1", "body has 46 characters; 45 in email and 40 in page"),
    ),
    "a translation that is too long in one channel": (
        translation("title/sweet", "x" * 41) | lengths(email="40"),
        long("title/sweet.fr.md:1:1", "body has 41 characters; 40 in email"),
    ),
    "a field that is too long in one channel": (
        kicker("Sweet as can be") | component_type("title", fields={"kicker": {"max_length": {"page": "14"}}}),
        long("title/sweet.md:4:9", "kicker has 15 characters; 14 in page"),
    ),
    "a long value in one channel": (
        title('Something for {{ first_name | default: "you" }}, today') | lengths(email="41", page="40"),
        long("title/sweet.md:6:1", "body may reach 41 characters with the longest first_name; 40 in page"),
    ),
    "a length in an unknown channel": (
        lengths(emial="40"),
        ["components/title/_type.yaml:2:14 R03 no channel 'emial'"],
    ),
    "a length of a field of records in an unknown channel": (
        component_type("title", fields={"steps": {"kind": "list", "of": {"say": _SAY}}}),
        ["components/title/_type.yaml:6:59 R03 no channel 'sms'"],
    ),
    "a length that is no number": (
        lengths(email="long"),
        ["components/title/_type.yaml:2:21 R02 expected a whole number, got 'long'"],
    ),
    "a length of nothing in a channel": (
        lengths(email="0"),
        ["components/title/_type.yaml:2:21 R02 expected a number above 0, got the number 0"],
    ),
    "a merge field without fallback": (
        story("Much is new,\n  {{ first_name }}"),
        ["components/story/away.md:6:3 C01 merge field 'first_name' has no fallback"],
    ),
    "a blank fallback": (
        story('Hi {{ first_name | default: " " }}'),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a blank fallback"],
    ),
    "single quotes": (
        story("Hi {{ first_name | default: 'you' }}"),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a fallback that cannot be read"],
    ),
    "curly quotes": (
        story("Hi {{ first_name | default: “you” }}"),
        ["components/story/away.md:5:4 C01 merge field 'first_name' has a fallback that cannot be read"],
    ),
    "an unknown merge field": (
        story('Hi {{ first_nam | default: "you" }}'),
        ["components/story/away.md:5:7 C01 no merge field 'first_nam'"],
    ),
    "the second of a quoted field": (
        kicker("'{{ first_name | default: \"x\" }} {{ first_name }}'"),
        ["components/title/sweet.md:4:42 C01 merge field 'first_name' has no fallback"],
    ),
    "a field whose quotes are escaped": (
        kicker('"To {{ first_name | default: \\"\\" }}"'),
        ["components/title/sweet.md:4:13 C01 merge field 'first_name' has a blank fallback"],
    ),
    "the second line of a folded field": (
        kicker(">-\n  For you,\n  {{ first_name }}"),
        ["components/title/sweet.md:6:3 C01 merge field 'first_name' has no fallback"],
    ),
    "an alt text": (
        component("story/plain", picture={"alt": "'The shop of {{ first_name }}'"}),
        ["components/story/plain.md:3:45 C01 merge field 'first_name' has no fallback"],
    ),
    "a link": (
        component("story/plain", url="'https://www.sample.example/s?n={{ last_name }}'"),
        [
            "components/story/plain.md:4:38 C01 merge field 'last_name' is no field of assembler.yaml, "
            "and has no fallback",
        ],
    ),
    "a translation": (
        translation("title/sweet", "Une {{ first_name }}"),
        ["components/title/sweet.fr.md:1:5 C01 merge field 'first_name' has no fallback"],
    ),
    "a template": (
        page(unsubscribe='{{ field("unsub", default="") }}'),
        [
            "templates/page/board.html.j2:14:30 C01 merge field 'unsub' has a blank fallback",
            "templates/page/board.html.j2:14:30 C01 no merge field 'unsub'",
        ],
    ),
    "a template without fallback": (
        page(unsubscribe='{{ field("unsubscribe_url") }}'),
        ["templates/page/board.html.j2:14:30 C01 merge field 'unsubscribe_url' without a fallback"],
    ),
    "a merge field and logic in a string, which is literal": (
        strings(en={"leave": "'{{ leave }} {% leave %}'"}),
        [
            f"templates/strings.yaml:1:13 C02 {call} is shown as it is: a string is the same for everybody"
            for call in ("{% leave %}", "{{ leave }}")
        ],
    ),
    "logic": (
        story("Hi {% if new %}you{% endif %}"),
        [
            "components/story/away.md:5:4 C02 {% if new %} is not a merge field",
        ],
    ),
    "an expression": (
        story("Hi {{ first_name.upper() }}"),
        ["components/story/away.md:5:4 C02 {{ first_name.upper() }} is not a merge field"],
    ),
    "loose braces": (
        title("So {sweet}}"),
        [
            "components/title/sweet.md:6:4 C02 { is not a merge field",
            "components/title/sweet.md:6:10 C02 }} is not a merge field",
        ],
    ),
    "raw HTML in a line": (
        kicker("For <b>you</b>"),
        [
            "components/title/sweet.md:4:13 C02 copy has raw HTML",
        ],
    ),
    "raw HTML in Markdown": (
        story("Much\nis <b>new</b>\n\n<div>x</div>"),
        [
            "components/story/away.md:6:4 C02 copy has raw HTML",
            "components/story/away.md:8:1 C02 copy has raw HTML",
        ],
    ),
    "foreign Markdown": (
        story("# New\n\n![a](b.png) and `c`, ![d](e.png)\n\n---\n\n> f\n\n```\ng\n```"),
        [
            "components/story/away.md:5:1 C02 copy has a heading",
            "components/story/away.md:7:1 C02 copy has an image",
            "components/story/away.md:7:17 C02 copy has code",
            "components/story/away.md:7:22 C02 copy has an image",
            "components/story/away.md:9:1 C02 copy has a rule across",
            "components/story/away.md:11:1 C02 copy has a quotation",
            "components/story/away.md:13:1 C02 copy has a code block",
        ],
    ),
    "marks that Markdown does not take": (
        story("**Much**\n  is [new] (https://www.sample.example/a), ~~old~~"),
        [
            "components/story/away.md:6:6 C02 [new] (https://www.sample.example/a) is no link:"
            " a blank stands before its (",
            "components/story/away.md:6:44 C02 copy strikes nothing through: ~~old~~ is shown with its tildes",
        ],
    ),
    "marks in a text, which is literal": (
        kicker("'Really **good**'") | strings(en={"leave": "'Please **leave**'"}),
        [
            "components/title/sweet.md:4:17 C02 **good** is shown with its signs",
            "templates/strings.yaml:1:13 C02 **leave** is shown with its signs",
        ],
    ),
    "a list in a folded field": (
        component_type("story", fields={"more": {"kind": "markdown"}})
        | component("story/away", more=">\n  One\n\n  1. a\n  2. b\n"),
        ["components/story/away.md:6:3 C02 the lines of more are joined into one, and make no list"],
    ),
    "marks in a fallback": (
        story('Hi {{ first_name | default: "**you**" }}'),
        ["components/story/away.md:5:30 C02 **you** is shown with its signs"],
    ),
    "a placeholder as a fallback": (
        story('Hi {{ first_name | default: "[Name]" }}'),
        ["components/story/away.md:5:30 C03 '[Name]' is a leftover"],
    ),
    "a leftover in a field": (kicker('"Hi [FNAME]"'), ["components/title/sweet.md:4:13 C03 '[FNAME]' is a leftover"]),
    "placeholders in copy": (
        story("Hi [First Name], your [Product Name] of %DATE%"),
        [
            "components/story/away.md:5:4 C03 '[First Name]' is a leftover",
            "components/story/away.md:5:23 C03 '[Product Name]' is a leftover",
            "components/story/away.md:5:41 C03 '%DATE%' is a leftover",
        ],
    ),
    "placeholders around copy": (
        strings(en={"leave": "'Leave {first_name}'"})
        | page(address="[Company Name] {{ address }}</p><style>a[title] { top: 0 }</style><p>")
        | settings(brand={"name": '"[Company Name]"'}, channels={"email": {"address": '"Sample & Sons, XXX Street"'}}),
        [
            "assembler.yaml:5:15 C03 '[Company Name]' is a leftover",
            "assembler.yaml:8:67 C03 'XXX' is a leftover",
            "templates/page/board.html.j2:14:4 C03 '[Company Name]' is a leftover",
            "templates/strings.yaml:1:13 C03 '{first_name}' is a leftover",
        ],
    ),
    "a note to oneself in small letters": (
        story("todo: more"),
        ["components/story/away.md:5:1 C03 'todo' is a leftover"],
    ),
    "a leftover in strings": (strings(en={"leave": "TODO"}), ["templates/strings.yaml:1:13 C03 'TODO' is a leftover"]),
    "a leftover in a template": (
        page(address="Lorem ipsum {{ address }}"),
        ["templates/page/board.html.j2:14:4 C03 'Lorem ipsum' is a leftover"],
    ),
    "a leftover as a fallback": (
        kicker("'To {{ first_name | default: \"None\" }}'"),
        ["components/title/sweet.md:4:39 C03 'None' is a leftover"],
    ),
    "too long a body": (title("x" * 61), long("title/sweet.md:6:1", "body has 61 characters; 60")),
    "too long with its fallback": (
        kicker("'{{ first_name | default: \"the best of all neighbours here\" }}'"),
        long("title/sweet.md:4:9", "kicker has 31 characters; 30"),
    ),
    "too long with a long name": (
        kicker("'Especially {{ first_name | default: \"you\" }}'"),
        long("title/sweet.md:4:9", "kicker may reach 31 characters with the longest first_name; 30"),
    ),
    "too long a translation": (
        translation("title/sweet", "é" * 61),
        long("title/sweet.fr.md:1:1", "body has 61 characters; 60"),
    ),
    "too many words of Markdown": (
        story("*" + "x" * 301 + "*"),
        long("story/away.md:5:1", "body has 301 characters; 300"),
    ),
    "no body": (story(""), ["components/story/away.md:4:1 C07 body of story/away is blank"]),
    "an invisible body": (title("\u200b\u00ad"), ["components/title/sweet.md:6:1 C07 body of title/sweet is blank"]),
    "an invisible translation": (
        translation("title/sweet", "\u2060"),
        ["components/title/sweet.fr.md:1:1 C07 body of title/sweet is blank"],
    ),
    "a blank field": (kicker('" \\u200b"'), ["components/title/sweet.md:4:9 C07 kicker of title/sweet is blank"]),
    "a link without words": (
        story("[](https://www.sample.example/q)"),
        ["components/story/away.md:5:1 C07 body of story/away is blank"],
    ),
    "words that run backwards": (
        story("Much\u202e is &#x202E;new \x07"),
        [
            "components/story/away.md:5:5 C08 a character that cannot be seen: U+202E, right-to-left override",
            "components/story/away.md:5:10 C08 a character that cannot be seen: U+202E, right-to-left override",
            "components/story/away.md:5:22 C08 a character that cannot be seen: U+0007",
        ],
    ),
    "an escape in a field": (
        kicker('"For\\u2066 you"'),
        ["components/title/sweet.md:4:13 C08 a character that cannot be seen: U+2066, left-to-right isolate"],
    ),
    "a wrong encoding": (
        story("Itâ€™s the\ncafÃ© \ufffd\ufffd and &#65533;") | kicker("'The cafÃ©'"),
        [
            "components/story/away.md:5:1 C08 'Itâ€™s' is 'It’s', saved in one encoding and read in another",
            "components/story/away.md:6:1 C08 'cafÃ©' is 'café', saved in one encoding and read in another",
            "components/story/away.md:6:7 C08 U+FFFD stands for a character that was lost in a wrong encoding",
            "components/story/away.md:6:14 C08 a character that cannot be seen: U+FFFD, replacement character",
            "components/title/sweet.md:4:14 C08 'cafÃ©' is 'café', saved in one encoding and read in another",
        ],
    ),
    "a wrong encoding around copy": (
        strings(en={"leave": "LÃ©ave"})
        | page(address="Â© {{ address }}")
        | settings(brand={"name": "CafÃ©"}, channels={"email": {"address": '"Sample & Sons, 1 RÃ¼ck Street"'}}),
        [
            "assembler.yaml:5:15 C08 'CafÃ©' is 'Café', saved in one encoding and read in another",
            "assembler.yaml:8:67 C08 'RÃ¼ck' is 'Rück', saved in one encoding and read in another",
            "templates/page/board.html.j2:14:4 C08 'Â©' is '©', saved in one encoding and read in another",
            "templates/strings.yaml:1:13 C08 'LÃ©ave' is 'Léave', saved in one encoding and read in another",
        ],
    ),
    "strings and templates": (
        strings(en={"leave": '"Lea\\u0000ve"'}) | page(address="\u202a&#8238;{{ address }}"),
        [
            "templates/page/board.html.j2:14:4 C08 a character that cannot be seen: U+202A, left-to-right embedding",
            "templates/page/board.html.j2:14:5 C08 a character that cannot be seen: U+202E, right-to-left override",
            "templates/strings.yaml:1:13 C08 a character that cannot be seen: U+0000",
        ],
    ),
    "a field that a comment ends": (
        kicker("Our #1 shop"),
        ["components/title/sweet.md:4:13 C09 kicker ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "a field that is nothing but a comment": (
        kicker("#1 shop"),
        ["components/title/sweet.md:4:9 C09 kicker ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "an alt text that a comment ends": (
        component("story/plain", picture="\n  file: shop.png # ours\n  alt: Our #1 shop"),
        ["components/story/plain.md:5:12 C09 alt ends here: what follows ` #` is a comment, and is not shown"],
    ),
    "strings and the brand": (
        strings(en="\n  leave: Leave #now", fr={"leave": "Partir, vite"})
        | settings(brand="\n  motto: We #1\n  ink: #123"),
        [
            "assembler.yaml:6:13 C09 motto ends here: what follows ` #` is a comment, and is not shown",
            "assembler.yaml:7:8 C09 ink ends here: what follows ` #` is a comment, and is not shown",
            "templates/strings.yaml:2:16 C09 leave ends here: what follows ` #` is a comment, and is not shown",
            "templates/strings.yaml:3:21 C09 a comma ends leave, and what follows it is read as a key",
        ],
    ),
    "a brand in braces": (
        settings(brand={"name": "Sample, Sons & Co"}),
        ["assembler.yaml:5:23 C09 a comma ends name, and what follows it is read as a key"],
    ),
}

NEAR_MISSES: dict[str, tuple[str, Files]] = {
    "a list in a block of lines": (
        "C02",
        component_type("story", fields={"more": {"kind": "markdown"}})
        | component("story/away", more="|\n  One\n\n  1. a\n  2. b\n"),
    ),
    "records of a list": (
        "C02",
        component_type(
            "story",
            fields={"steps": {"kind": "list", "most": "2", "of": "{title: {kind: text}, more: {kind: markdown}}"}},
        )
        | component("story/away", steps="\n  - title: a\n    more: b\n  - title: c\n    more: d\n"),
    ),
    "comments beside tags, quoted words and values of the brand": (
        "C09",
        component("title/sweet", hypothesis="x # y", segments="[sweet_tooth] # z", lead="'a' # b")
        | settings(brand="\n  motto: We    # say"),
    ),
    "a merge field, tightly written": ("C01", story('Hi {{first_name|default:"you"}}')),
    "a template may take a longer way": ("C01", page(address="{# {{ first_name }} #}{{ address }}")),
    "signs that are no markup": ("C02", title("2 < 3 > 1 & *so* _on_ # 5 <3")),
    "all that Markdown may": (
        "C02",
        story("*a* **b** [c](https://www.sample.example/c)\\\nd &amp; e \\# f <https://www.sample.example/g>\n\n1. h"),
    ),
    "drafts may have anything": ("C02", component("story/away", "# {Much} <b> is **new**.", status="draft")),
    "a list of what to do": ("C03", story("Your todo list, and a Todo app")),
    "a note in a comment of Jinja": ("C03", page(address="{# TODO #}{{ address }}")),
    "a conditional comment": ("C03", page(address="<!--[IF MSO]>x<![ENDIF]-->{{ address }}")),
    "as long as may be": ("C05", title("x" * 60)),
    "as long as may be in each channel": ("C05", lengths(email="47", page="47")),
    "too long in a channel to which its campaign does not go": (
        "C05",
        component("title/here", "x" * 41, fr="x" * 41) | lengths(email="40"),
    ),
    "too long in a channel in which it is not shown": (
        "C05",
        component("title/sweet", "x" * 41, channels=["page"]) | lengths(email="40"),
    ),
    "a family is one character": ("C05", title("👩‍👩‍👧" * 60)),
    "signs of Markdown do not count": ("C05", story("**" + "x" * 295 + "** [yz](https://www.sample.example/a)")),
    "a picture says it": (
        "C07",
        component("story/plain", "", picture={"alt": "The shop"}, url=None)
        | translation("story/plain", "", picture={"alt": "La boutique"}),
    ),
    "a translation that inherits": ("C07", translation("title/sweet", "", kicker="Pour vous")),
    "a merge field alone": ("C07", title('{{ first_name | default: "friend" }}')),
    "tabs and marks of direction": ("C08", title("Some\tthing\u200f")),
}
