"""Lists of records in front matter: what is read, and what is wrong with them, at its place."""

from __future__ import annotations

import pytest

from assembler.authoring.project.component import FieldValue, Words
from assembler.authoring.project.component_type import MOST_RECORDS
from tests.authoring.builders import in_memory, project, settings
from tests.authoring.check.cases import findings
from tests.authoring.listed import AWAY, AWAY_FR, FRENCH, STEPS, TYPE, french, listed, typed


def words(steps: str, french: str = "", locale: str = "en", field: str | None = None) -> Words:
    files = listed(steps, french) if field is None else listed(steps, french, html="", text="", field=field)
    component = in_memory(project(files)).loaded.components["story/away"]
    said = component.in_locale((locale, "en") if locale != "en" else ("en",))
    assert said is not None
    return said


def named(words: Words) -> dict[str, FieldValue]:
    return {value.name: value for value in words.values.values() if value.path[0] == "steps"}


def test_every_value_of_a_record_has_its_path_and_its_place() -> None:
    read = words(STEPS)
    assert read.count("steps") == 3
    assert {name: (value.place.line, value.place.column) for name, value in named(read).items()} == {
        "steps[0].title": (5, 12),
        "steps[0].body": (6, 11),
        "steps[0].url": (7, 10),
        "file of steps[0].picture": (8, 21),
        "alt of steps[0].picture": (8, 36),
        "steps[1].title": (9, 12),
        "steps[2].title": (10, 12),
        "steps[2].body": (11, 11),
    }


def test_a_translation_inherits_what_it_leaves_out_record_by_record() -> None:
    inherited = words(STEPS, french({}, "{}"), "fr")
    assert {name: value.text for name, value in named(inherited).items()} == {
        "steps[0].title": "Faites bouillir",
        "steps[0].body": "Une eau fraîche, *toujours*",
        "steps[0].url": "https://www.sample.example/kettle",
        "file of steps[0].picture": "shop.png",
        "alt of steps[0].picture": "Une bouilloire",
        "steps[1].title": "Warm the pot",
        "steps[2].title": "Attendez",
        "steps[2].body": 'Pour {{ first_name | default: "vous" }}, quatre minutes',
    }
    assert {value.place.path for value in inherited.values.values() if value.text in ("shop.png", "Warm the pot")} == {
        AWAY
    }
    assert inherited.values["steps", 0, "picture", "alt"].place.path == AWAY_FR


@pytest.mark.parametrize("steps", ["", "steps: []\n", "steps:\n", "steps: null\n"])
def test_an_empty_list_is_an_absent_field(steps: str) -> None:
    assert words(steps).count("steps") == 0
    assert [finding for finding in findings(listed(steps, "")) if " D08 " not in finding] == findings({})


ORIGINALS: list[tuple[str, list[str]]] = [
    # The shape of the list
    ("steps: three of them\n", ["4:8 R02 expected a list of records, got 'three of them'"]),
    ("steps: {}\n", ["4:8 R02 expected a list of records, got keys and values"]),
    ("steps: 0\n", ["4:8 R02 expected a list of records, got the number 0"]),
    ("steps: 3\n", ["4:8 R02 expected a list of records, got the number 3"]),
    ("steps: {title: Wait}\n", ["4:8 R02 expected a list of records, got keys and values"]),
    ("steps:\n  title: Wait\n", ["5:3 R02 expected a list of records, got keys and values"]),
    # The shape of a record
    ("steps:\n  - Wait\n  - title: Pour\n", ["5:5 R02 expected keys and values, got 'Wait'"]),
    ("steps:\n  - title: Pour\n  -\n", ["6:4 R02 expected keys and values, got nothing"]),
    (
        "steps: [[{title: Wait}], 4]\n",
        ["4:9 R02 expected keys and values, got a list", "4:26 R02 expected keys and values, got the num"],
    ),
    ("steps: [{}]\n", ["4:9 R02 missing key 'title'"]),
    # What stands in it
    ("steps:\n  - titel: Wait\n    title: Wait\n", ["5:5 R02 unknown key 'titel'"]),
    ("steps:\n  - title: Wait\n    campaigns: all\n", ["6:5 R02 unknown key 'campaigns'"]),
    ("steps:\n  - title: Pour\n  - body: Slowly\n", ["6:5 R02 missing key 'title'"]),
    (
        "steps:\n  - title: 5\n  - title: Pour\n    url: [x]\n",
        ["5:12 R02 expected text, got the number 5", "7:10 R02 ex"],
    ),
    ("steps:\n  - title: null\n", ["5:12 R02 expected text, got nothing"]),
    ("steps:\n  - title: Wait\n    day: 2026-02-30\n", ["6:10 R02 2026-02-30 is not a day of the calendar"]),
    ("steps:\n  - title: Wait\n    picture: shop.png\n", ["6:14 R02 expected keys and values, got 'shop.png'"]),
    ("steps:\n  - title: Wait\n    picture: {alt: x}\n", ["6:5 R02 missing key 'file'"]),
    ('steps:\n  - title: "Wait\\nhere"\n', ["5:19 R02 steps[0].title is more than one line"]),
    ("steps:\n  - title: Wait\n    title: Pour\n", ["6:5 R01 the key 'title' stands twice"]),
    ("steps:\n  - title: &a Wait\n", ["5:12 R01 an anchor, &a"]),
    ("steps: " + "[" * 21 + "]" * 21 + "\n", ["4:27 R01 more than 20 levels deep"]),
    # How many there are
    ("steps:\n" + "  - title: Wait\n" * 4, []),
    ("steps:\n" + "  - title: Wait\n" * 5, ["9:5 R02 steps has 5 records, and may have 4"]),
    ("steps:\n" + "  - title: W\n" * 10_000, ["9:5 R02 steps has 10000 records, and may have 4"]),
    ("steps:\n" + "  - title: W\n" * 4 + "  - no\n" * 10_000, ["9:5 R02 steps has 10004 records, and may have 4"]),
]


@pytest.mark.parametrize(("steps", "expected"), ORIGINALS, ids=[steps[:60] for steps, _ in ORIGINALS])
def test_a_fault_of_a_list_is_found_where_it_stands(steps: str, expected: list[str]) -> None:
    own = [finding.removeprefix(f"{AWAY}:") for finding in findings(listed(steps, "")) if " R0" in finding]
    assert len(own) == len(expected), own
    assert all(finding.startswith(start) for finding, start in zip(own, expected, strict=True)), own


TRANSLATIONS: list[tuple[str, list[str]]] = [
    (FRENCH, []),
    ("steps: [{}, {}, {}]\n", []),
    ("steps: []\n", []),
    ("steps:\n", []),
    ("steps: [{title: Un}]\n", ["2:1 L03 the translation of steps has 1 record, the original 3"]),
    ("steps: [{}, {}, {}, {title: Quatre}]\n", ["2:21 L03 the translation of steps has 4 records, the original 3"]),
    ("steps:\n" + "  - title: U\n" * 10_000, ["6:5 L03 the translation of steps has 10000 records, the original 3"]),
    (
        french({"url": "/"}),
        ["6:5 L01 a translation sets 'steps[0].url', a field"],
    ),
    (french({"picture": {"file": "a.png"}}), ["5:36 L01 a translation sets the file of 'steps[0].picture'"]),
    (
        french({"day": "2027-01-01"}),
        ["6:5 L01 a translation sets 'steps[0].day'"],
    ),
    ("steps: trois\n", ["2:8 R02 expected a list of records, got 'trois'"]),
    (
        french({}, "Chauffez"),
        ["6:5 R02 expected keys and values, got 'Chauffez'"],
    ),
    (french({}, "titre: Ch"), ["6:5 R02 unknown key 'titre'"]),
    (french({}, "title: [Ch]"), ["6:12 R02 expected text, got a list"]),
]


@pytest.mark.parametrize(("french", "expected"), TRANSLATIONS, ids=[french[:60] for french, _ in TRANSLATIONS])
def test_a_fault_of_a_translated_list_is_found_where_it_stands(french: str, expected: list[str]) -> None:
    own = [
        finding.removeprefix(f"{AWAY_FR}:")
        for finding in findings(listed(french=french))
        if " R0" in finding or " L" in finding
    ]
    assert len(own) == len(expected), own
    assert all(finding.startswith(start) for finding, start in zip(own, expected, strict=True)), own


def test_a_translation_has_a_list_that_its_original_lacks() -> None:
    own = findings(listed("", "steps: [{title: Un}]\n"), "L03")
    assert own == [f"{AWAY_FR}:2:9 L03 the translation of steps has 1 record, the original 0"]


def test_a_list_in_which_nothing_is_translated_is_inherited_whole() -> None:
    links = "{kind: list, of: {to: {kind: url}}}"
    files = listed("steps: [{to: https://www.sample.example/}]\n", "steps: [{}]\n", html="", text="", field=links)
    assert [finding for finding in findings(files) if " L0" in finding] == [
        f"{AWAY_FR}:2:1 L01 a translation sets 'steps', a field of kind list"
    ]


@pytest.mark.parametrize("fixed", ["translatable: false", "most: 4, translatable: false"])
def test_a_list_may_be_the_same_in_every_locale(fixed: str) -> None:
    own = f"{{kind: list, {fixed}, of: {{title: {{kind: text}}}}}}"
    files = listed("steps: [{title: One}]\n", "steps: [{title: Un}, {title: Deux}]\n", html="", text="", field=own)
    assert [finding for finding in findings(files) if " L0" in finding] == [
        f"{AWAY_FR}:2:1 L01 a translation sets 'steps', a field of kind list"
    ]


def test_the_list_of_a_locale_of_a_locale_is_matched_with_the_original() -> None:
    files = settings() | listed(others={"components/story/away.fr-CA.md": "---\nsteps: [{title: Allô}]\n---\n"})
    assert findings(files, "L03") == [
        "components/story/away.fr-CA.md:2:1 L03 the translation of steps has 1 record, the original 3"
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [("", ["1:1 R02 missing key 'steps'"]), ("steps: []\n", ["4:8 R02 steps has no record"]), (STEPS, [])],
)
def test_a_required_list_holds_a_record(steps: str, expected: list[str]) -> None:
    needed = "{kind: list, required: true, of: {title: {kind: text}, body: {kind: markdown}, url: {kind: url},"
    needed += " picture: {kind: asset}}}"
    files = listed(steps, "", html="", text="", field=needed)
    assert [finding for finding in findings(files, "R02") if finding.startswith(AWAY)] == [
        f"{AWAY}:{line}" for line in expected
    ]


def test_a_record_says_something() -> None:
    free = "{kind: list, of: {title: {kind: text}, body: {kind: text}}}"
    files = listed("steps: [{title: One}, {}, {body: null}]\n", "", html="", text="", field=free)
    assert findings(files, "R02") == [
        f"{AWAY}:4:23 R02 steps[1] says nothing",
        f"{AWAY}:4:27 R02 steps[2] says nothing",
    ]


TYPES: list[tuple[str, list[str]]] = [
    ("{kind: list, of: {title: {kind: text}}}", []),
    (f"{{kind: list, most: {MOST_RECORDS}, of: {{a: {{kind: date}}}}}}", []),
    (
        f"{{kind: list, most: {MOST_RECORDS + 1}, of: {{a: {{kind: date}}}}}}",
        ["6:29 R02 expected a number of at most 100,"],
    ),
    ("{kind: list, most: 0, of: {a: {kind: date}}}", ["6:29 R02 expected a number above 0, got the n"]),
    ("{kind: list, most: four, of: {a: {kind: date}}}", ["6:29 R02 expected a whole number, got 'four'"]),
    ("{kind: list}", ["6:3 R02 the list 'steps' has no fields"]),
    ("{kind: list, of: {}}", ["6:27 R02 the list 'steps' has no fields"]),
    ("{kind: list, of: [title]}", ["6:27 R02 expected keys and values, got a list"]),
    ("{kind: list, of: {title: text}}", ["6:35 R02 expected keys and values, got 'text'"]),
    (
        "{kind: lst, of: {title: {kind: text}}}",
        ["6:17 R02 expected one of text, markdown, url, asset, date,"],
    ),
    (
        "{kind: list, of: {title: {kind: txt}}}",
        ["6:42 R02 expected one of text, markdown, url, asset, date"],
    ),
    (
        "{kind: list, of: {title: {kid: text}}}",
        ["6:28 R02 missing key 'kind'", "6:36 R02 unknown key 'kid'"],
    ),
    ("{kind: list, of: {Title: {kind: text}}}", ["6:28 R04 'Title' is no name for a field"]),
    (
        "{kind: list, of: {a: {kind: text}, b: {kind: list, of: {c: {kind: text}}}}}",
        ["6:55 R02 'b' is a list within a list"],
    ),
    (
        "{kind: list, max_length: 9, of: {a: {kind: text}}}",
        ["6:23 R02 max_length is for texts; 'steps' is a l"],
    ),
    ("{kind: text, most: 4}", ["6:23 R02 `most` is for a list; 'steps' is of kind text"]),
    ("{kind: text, of: {a: {kind: text}}}", ["6:23 R02 `of` is for a list; 'steps' is of kind text"]),
    ("{kind: list, of: {a: {kind: text, most: 3}}}", ["6:44 R02 `most` is for a list; 'a' is of kind text"]),
    (
        "{kind: list, of: {ab: {kind: text}, aB: {kind: text}}}",
        ["6:46 R04 'aB' is no name for a field", "T10"],
    ),
]


@pytest.mark.parametrize(("field", "expected"), TYPES, ids=[field[:90] for field, _ in TYPES])
def test_a_fault_of_a_type_with_a_list_is_found_where_it_stands(field: str, expected: list[str]) -> None:
    own = [finding.removeprefix(f"{TYPE}:") for finding in findings(typed(field))]
    assert len(own) == len(expected), own
    assert all(start in finding for finding, start in zip(own, expected, strict=True)), own


def test_a_list_has_a_limit_where_its_type_names_none() -> None:
    field = "{kind: list, of: {title: {kind: text}}}"
    for count, expected in ((20, []), (21, [f"{AWAY}:25:5 R02 steps has 21 records, and may have 20"])):
        files = listed("steps:\n" + "  - title: Wait\n" * count, "", html="", text="", field=field)
        assert findings(files, "R02") == expected


def test_names_of_tags_and_of_what_templates_see_are_free_within_a_record() -> None:
    names = ("status", "brand", "body", "items")
    field = f"{{kind: list, of: {{{', '.join(f'{name}: {{kind: text}}' for name in names)}}}}}"
    files = listed(
        "steps: [{status: On, brand: It, body: Us, items: No}]\n",
        "",
        html="{% for each in steps %}{{ each.status }}{{ each.brand }}{{ each.body }}{{ each.items }}{% endfor %}",
        text="",
        field=field,
    )
    authored = in_memory(project(files))
    assert [finding for finding in findings(files) if " D08 " not in finding] == findings({})
    assert authored.loaded.components["story/away"].original.values["steps", 0, "items"].text == "No"
