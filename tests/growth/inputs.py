"""Projects that grow: one as small as can be, with one thing in one file over and over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]

SETTINGS, CAMPAIGN, STRINGS = "assembler.yaml", "campaigns/c.yaml", "templates/strings.yaml"
MAIL, PAGE, STORY = (
    "templates/email/note.html.j2",
    "templates/page/board.html.j2",
    "templates/email/components/story.html.j2",
)
TITLE, WORDS = "components/title/one.md", "components/story/one.md"
BASE: Files = {
    SETTINGS: "name: one\nowner: a@x.example\nlocales: [en]\nchannels: {email: {envelope: email}}\n"
    "brand: {name: One}\nfields:\n  word: {kind: text}\nsignals:\n  away: {kind: choice, values: [yes]}\n"
    "stages:\n  - {id: gone, when: known(away)}\nsegments:\n  - {id: some, when: known(away)}\n"
    "policy: {link_hosts: [www.x.example]}\n",
    CAMPAIGN: "owner: a@x.example\nchannels: {email: note}\n"
    "slots:\n  title: {type: title, default: title/one}\n  story: {type: story, default: story/one}\n",
    STRINGS: "en: {a: b}\n",
    "components/title/_type.yaml": "body: text\nfields:\n  kicker: {kind: text}\n",
    TITLE: "---\ncampaigns: [c]\n---\nRight\n",
    "components/story/_type.yaml": "body: markdown\n",
    WORDS: "---\ncampaigns: [c]\n---\nMuch is **new**.\n",
    MAIL: "<!DOCTYPE html><html><head></head><body><table><tbody>\n"
    '<tr><td>{{ slot("title") }}{{ slot("story") }}</td></tr></tbody></table></body></html>\n',
    "templates/email/inline.css": "p { color: #111; }\n",
    "templates/email/head.css": ":root { color-scheme: light dark; }\n",
    "templates/email/components/title.html.j2": "<b>{{ body }}</b>\n",
    STORY: "<div>{{ body }}</div>\n",
}
"""Each kind of file, and nothing twice."""

_SIZE = 600
"""How many characters the largest of three inputs has more than the smallest project."""

_FEW = 48
"""How many things are in the largest input where each of them costs much."""


@dataclass(frozen=True, slots=True)
class Input:
    """Files that hold something `count` times; `most` is the largest count that is tried."""

    make: Callable[[int], Files]
    most: int


def _repeated(unit: str) -> Callable[[int], str]:
    """A text that holds a unit so many times; `{i}` in it counts them."""
    if "{i}" in unit:
        return lambda count: "".join(unit.replace("{i}", str(index)) for index in range(count))
    return lambda count: unit * count


def _at(path: str, mark: str, unit: str, *, most: int = 0) -> Input:
    """A unit over and over after something that stands in a file."""
    repeated, text = _repeated(unit), BASE[path]
    assert mark in text, f"{path} does not hold {mark!r}"
    return Input(lambda count: {path: text.replace(mark, mark + repeated(count), 1)}, most or _SIZE // len(unit))


def _file(path: str, before: str, unit: str, after: str = "", *, most: int = 0) -> Input:
    """A file that holds little but a unit over and over."""
    repeated = _repeated(unit)
    return Input(lambda count: {path: before + repeated(count) + after}, most or _SIZE // len(unit))


def _body(unit: str) -> Input:
    most = _SIZE // 4 if unit == "[" else 0  # what opens a link is read as often as links may stand in each other
    return _file(WORDS, "---\ncampaigns: [c]\n---\nMuch is new. ", unit, " so.\n", most=most)


def _title(unit: str) -> Input:
    return _file(TITLE, "---\ncampaigns: [c]\n---\nRight ", unit, " so.\n")


def _quoted(unit: str, quote: str = '"') -> Input:
    return _file(TITLE, f"---\ncampaigns: [c]\nkicker: {quote}Right ", unit, f" so.{quote}\n---\nRight\n")


def _page(unit: str) -> Input:
    """A unit over and over in the page of a channel of its own."""
    before, after = "<!DOCTYPE html><html><head></head><body>", '{{ slot("title") }}</body></html>\n'
    page = {
        SETTINGS: BASE[SETTINGS].replace("{email: {envelope: email}}", "{page: {envelope: web}}"),
        CAMPAIGN: BASE[CAMPAIGN].replace("{email: note}", "{page: board}"),
        "templates/page/components/title.html.j2": "<b>{{ body }}</b>\n",
    }
    return Input(lambda count: {**page, PAGE: before + unit * count + after}, _SIZE // len(unit))


def _components(front: str, words: str, *, most: int = _FEW // 2) -> Input:
    def make(count: int) -> Files:
        text = f"---\ncampaigns: [c]\n{front}---\n{words}\n"
        names = (f"{count}_{i}" for i in range(count))
        return {f"components/story/n{name}.md": text.replace("{i}", name) for name in names}

    return Input(make, most)


_MARKDOWN = (
    " ", "\n", "{{", "}}", "{{ a }} ", '{{ word | default: "x" }} ', "{%", "[", "[a](b)", "[é](https://a.b/é) ",
    "<", "<!--", "<b>", "&#8238;", "**a", "```\n", "- a\n", "1. a\n", "# a\n", "---\n", "https://a/None", "TODO ",
    "https://a ", "[FNAME] ", "%%a ", "until Monday ", "\\", "[click here](https://www.x.example) ",
)  # fmt: skip
_TEXT = (" ", "{{", "<!--", "TODO ", "hello   None ")
_QUOTED = ("a", "\\u00e9", "TODO ", "\\u202e")
_RULES = (' or away == "yes"', " and (", " not", " !")
_HTML = (
    '<p style="color:#eee">x</p>', "{{ x }}", "<!--", "<", '<a href="http://x">a</a> ', "TODO ",
    '<p title="t{i}" style="color:#eee">x</p>', '{{ field("zz", default="x") }}', "<a b='",
)  # fmt: skip
_CSS = (".a{color:red}", "a:hover{}", "/*", "a ", "p{x:(", "- ")

INPUTS: dict[str, Input] = {
    **{f"body {unit!r}": _body(unit) for unit in _MARKDOWN},
    **{f"text {unit!r}": _title(unit) for unit in _TEXT},
    **{f"quoted {unit!r}": _quoted(unit) for unit in _QUOTED},
    "apostrophes in a quoted text": _quoted("''", "'"),
    **{f"rule{unit}": _at(SETTINGS, "gone, when: known(away)", unit) for unit in _RULES},
    **{f"layout {unit!r}": _at(MAIL, "<tr><td>", unit) for unit in _HTML},
    # Looked for in the 2,000 characters that follow (`FARTHEST`): apart from each other.
    "layout strings far apart": _at(MAIL, "<tr><td>", "{{ strings . zz }}" + " " * 200, most=32),
    "page of paragraphs": _page('<p style="color:#eee">x</p>'),
    "page of headings": _page("<h5>x</h5>"),
    "rendition of paragraphs": _at(STORY, "{{ body }}", '<p style="color:#eee">x</p>'),
    "rendition of links": _at(STORY, "{{ body }}", '<a href="http://x">a</a>'),
    **{f"inlined {unit!r}": _at("templates/email/inline.css", "p { color: #111; }\n", unit) for unit in _CSS},
    **{f"styles {unit!r}": _at("templates/email/head.css", "light dark; }\n", unit) for unit in _CSS[::2]},
    "unknown keys of settings": _at(SETTINGS, "", "k{i}: 1\n"),
    "unknown keys of a campaign": _at(CAMPAIGN, "", "k{i}: 1\n"),
    "unknown keys of a component": _file(
        WORDS, "---\ncampaigns: [c]\n", "k{i}: 1\n", "---\nMuch is **new**.\n"
    ),
    "entries of a wrong kind": _at(SETTINGS, "segments:\n", "  - 1\n"),
    "unknown segments": _file(TITLE, "---\ncampaigns: [c]\nsegments: [", "s{i}, ", "]\n---\nRight\n"),
    "unknown components": _file(
        WORDS, "---\ncampaigns: [c]\nrequires: [", "story/x{i}, ", "]\n---\nMuch is **new**.\n"
    ),
    "unknown needs": _file(TITLE, "---\ncampaigns: [c]\nneeds: [", "n{i}, ", "]\n---\nRight\n"),
    "brand": _at(SETTINGS, "brand: {", "k{i}: v{i}, "),
    "hosts": _at(SETTINGS, "link_hosts: [", "h{i}.example, "),
    "choices": _at(SETTINGS, "values: [", "v{i}, "),
    "fields": _at(SETTINGS, "fields:\n", "  f{i}: {kind: text}\n", most=_FEW),
    "signals": _at(SETTINGS, "signals:\n", "  g{i}: {kind: integer}\n", most=_FEW),
    "stages with unknown signals": _at(SETTINGS, "stages:\n", "  - {id: t{i}, when: zz{i} > 1}\n", most=_FEW),
    "words": _at(STRINGS, "en: {", "w{i}: x, "),
    "words that are none": _at(STRINGS, "en: {", "w{i}: 1, "),
    "locales of words": _at(STRINGS, "", "x{i}: {a: b}\n"),
    "fields of a type": _at("components/title/_type.yaml", "fields:\n", "  t{i}: {kind: text}\n", most=_FEW),
    "components of equal words": _components("", "We kept a seat by the window for you"),
    "components of like words": _components("", "We kept a seat by the window for you {i} times"),
    "components of a test": _components("test: {id: t, share: 1%}\n", "a{i} b{i} c{i} d{i}", most=_FEW),
}  # fmt: skip
