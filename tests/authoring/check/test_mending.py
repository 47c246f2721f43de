"""`check --fix`: what has one right answer is written, nothing else changes, and what would mend nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assembler.authoring import Project
from assembler.authoring.check.mending import Mended, edited, mend
from assembler.authoring.diagnostics import Diagnostic, Edit, Place
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.load.files import Files as Reader, Folder, InMemory
from assembler.authoring.scaffold.file_changes import write_files
from assembler.authoring.scaffold.refused import Refused
from assembler.errors import ProjectError, slip_of
from tests.authoring.builders import (
    MOMENT,
    Files,
    campaign,
    component,
    head_css,
    mail,
    page,
    project,
    rules,
    settings,
)

_CACHE = BuildCache()
SWEET, AWAY, YAML = "components/title/sweet.md", "components/story/away.md", "assembler.yaml"
MAIL, PAGE = "templates/email/note.html.j2", "templates/page/board.html.j2"


def faults_of(files: Reader) -> Sequence[Diagnostic]:
    try:
        return Project.read(files, cache=_CACHE).check(MOMENT).diagnostics
    except ProjectError as error:
        return error.diagnostics


def mended(files: Files, wanted: Callable[[Diagnostic], bool] = lambda _: True) -> Mended:
    return mend(InMemory(project(files)), faults_of, wanted)


def sweet(line: str) -> Files:
    """A component with a line in its front matter."""
    return {SWEET: f"---\ncampaigns: [back]\n{line}\n---\nSomething sweet\n"}


def changed_in(files: Files, old: str, new: str) -> Files:
    (path,) = files
    text = str(files[path])
    assert old in text
    return {path: text.replace(old, new, 1)}


ANSWERS: dict[str, tuple[Files, str, str]] = {
    "a near miss of a segment": (sweet("segments: [swet_tooth]"), "[swet_tooth]", "[sweet_tooth]"),
    "one in quotes": (sweet('segments: ["sweet-tooth"]'), '"sweet-tooth"', '"sweet_tooth"'),
    "a near miss of a component": (
        campaign("back", slots={"title": {"default": "title/plian"}}),
        "title/plian",
        "title/plain",
    ),
    "a near miss of a key": (sweet("sgments: [sweet_tooth]"), "sgments:", "segments:"),
    "a near miss of a signal in a rule": (rules(away="mnths_away >= 6"), "mnths_away", "months_away"),
    "a near miss of a merge field": (
        component("story/away", 'Much is **new**, {{ frst_name | default: "you" }}'),
        "frst_name",
        "first_name",
    ),
    "a near miss of a word in a template": (mail(leave="{{ strings.leve }}"), "strings.leve", "strings.leave"),
    "a near miss of a rule": (
        settings(policy={"rules": {"c06": {"severity": "off", "because": "we know"}}}),
        "c06",
        "C06",
    ),
    "a locale of another form": (settings(locales=["en", "fr", "fr_CA"]), "fr_CA", "fr-CA"),
    "a value with a colon": (sweet("kicker: For you: now"), "For you: now", '"For you: now"'),
    "a value that YAML cannot begin": (sweet("kicker: @home"), "@home", '"@home"'),
    "a colon without a blank": (sweet("kicker:now"), "kicker:now", "kicker: now"),
    "a colon without a blank in the settings": (
        changed_in(settings(), "name: sample", "name:sample"),
        "name:sample",
        "name: sample",
    ),
    "dashes that a word processor wrote": (
        {SWEET: "–––\ncampaigns: [back]\n---\nSomething sweet\n"},
        "–––",
        "---",
    ),
    "dashes at the end of front matter": (
        {SWEET: "---\ncampaigns: [back]\n—\nSomething sweet\n"},
        "—",
        "---",
    ),
    "a number for a text": (sweet("kicker: 2026"), "2026", '"2026"'),
    "a name for a list": (sweet("segments: sweet_tooth"), "sweet_tooth", "[sweet_tooth]"),
    "a campaign for a list": ({SWEET: "---\ncampaigns: back\n---\nSweet\n"}, ": back", ": [back]"),
    "yes for true": (
        changed_in(campaign("back"), "constant: true", "constant: yes"),
        "constant: yes",
        "constant: true",
    ),
    "a word with a capital": (sweet("status: Ready"), "Ready", "ready"),
    "a day in words": (sweet("valid_until: 3 Feb 2027"), "3 Feb 2027", "2027-02-03"),
    "a share without its sign": (settings(holdout={"share": "10"}), "share: 10", "share: 10%"),
    "a range in words": (
        settings(signals={"months_away": {"range": "0 to 600"}}),
        "0 to 600",
        "[0, 600]",
    ),
    "a fallback in other quotes": (
        component("story/away", "Much is **new**, {{ first_name | default: 'you' }}"),
        "'you'",
        '"you"',
    ),
    "a link with a blank": (
        component("story/away", "Much is [new] (https://www.sample.example/a)", fr="[n](https://www.sample.example/a)"),
        "[new] (",
        "[new](",
    ),
    "a character that cannot be seen": (component("story/away", "Much is\u202e **new**."), "\u202e", ""),
    "a word in a wrong encoding": (component("story/away", "A cafÃ© is **new**."), "cafÃ©", "café"),
    "no lang of a mail": (
        changed_in(mail(), '<html lang="{{ locale }}"', "<html"),
        "<html",
        '<html lang="{{ locale }}"',
    ),
    "no lang of a page": (
        changed_in(page(), '<html lang="{{ locale }}"', "<html"),
        "<html",
        '<html lang="{{ locale }}"',
    ),
    "no dir": (changed_in(mail(), ' dir="ltr"', ""), "<html", '<html dir="ltr"'),
    "no doctype": (changed_in(page(), "<!DOCTYPE html>\n", ""), "<html", "<!DOCTYPE html>\n<html"),
    "no character set": (mail(charset=""), "<head>", '<head><meta charset="utf-8">'),
    "no viewport": (
        page(viewport=""),
        "<head>",
        '<head><meta name="viewport" content="width=device-width, initial-scale=1">',
    ),
    "no color-scheme": (
        head_css(root=""),
        "@media",
        ":root { color-scheme: light dark; supported-color-schemes: light dark; }\n@media",
    ),
}


@pytest.mark.parametrize(("files", "old", "new"), ANSWERS.values(), ids=ANSWERS)
def test_what_has_one_right_answer_gets_it(files: Files, old: str, new: str) -> None:
    result = mended(files)
    (path,) = result.after
    before = project(files)[path]
    assert isinstance(before, str)
    assert result.after[path].decode() == before.replace(old, new, 1)
    assert result.before == {path: before.encode()}
    left = faults_of(InMemory({**project(files), **result.after}))
    assert not {(fault.code, fault.message) for fault in result.gone} & {(fault.code, fault.message) for fault in left}


NO_ANSWER: dict[str, Files] = {
    "two names are as near": sweet("requires: [title/test_c]"),
    "a name that no slip explains": sweet("segments: [sugar_tooth]"),
    "another number": component("title/test_c", requires=["title/test_1"]),
    "a day of two readings": sweet("valid_until: 03/02/2027"),
    "a month": sweet("valid_until: Feb 2027"),
    "a share that may be a part of one": settings(holdout={"share": "0.5"}),
    "a word that means another": sweet("status: published"),
    "no fallback at all": component("story/away", "Much is **new**, {{ first_name }}"),
    "a heading, which may be meant as a number sign": component("story/away", "# 1 in **tea**"),
    "a comment that ends words": sweet("kicker: Now # 1 for you"),
    "an anchor": sweet("kicker: &now x"),
    "a character that was lost": component("story/away", "A caf\ufffd is **new**."),
}


@pytest.mark.parametrize("files", NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_has_more_than_one_answer_or_none_is_left(files: Files) -> None:
    assert [fault for fault in faults_of(InMemory(project(files))) if fault.severity != "information"]
    assert mended(files) == Mended({}, {}, ())


def test_what_shows_only_after_a_mend_is_mended_too() -> None:
    files = sweet("kicker: For you: now\nlead: And: then\nsegments: [swet_tooth]")
    result = mended(files)
    assert [fault.code for fault in result.gone] == ["R01", "R01", "R03"]
    assert result.after[SWEET].decode().splitlines()[2:5] == [
        'kicker: "For you: now"',
        'lead: "And: then"',
        "segments: [sweet_tooth]",
    ]


def test_several_mends_in_one_head_and_one_line() -> None:
    result = mended(changed_in(mail(charset="", color_scheme=""), '<html lang="{{ locale }}" dir="ltr">', "<html>"))
    assert {fault.code for fault in result.gone} == {"E01", "E11"}
    assert not [
        fault for fault in faults_of(InMemory({**project(mail()), **result.after})) if fault.code in ("E01", "E11")
    ]


def test_only_what_is_wanted_is_mended() -> None:
    files = sweet("segments: [swet_tooth]") | mail(charset="")
    assert set(mended(files, lambda fault: fault.code == "R03").after) == {SWEET}


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_that_no_edit_replaces_stay(newline: bytes, mark: bytes) -> None:
    text = "# why: ünïcode\n---\nsegments: [ swet_tooth ]  # théy\n\tlast".replace("\n", newline.decode())
    data = mark + text.encode()
    place = Place(SWEET, 3, 13)
    edit = Edit(place, Place(SWEET, 3, 23), "sweet_tooth,\nx")
    assert edited(data, [edit]) == data.replace(b"swet_tooth", b"sweet_tooth," + newline + b"x")


def test_crlf_is_kept_from_end_to_end() -> None:
    text = "---\r\ncampaigns: [back]   # ours\r\nsegments:   [swet_tooth]\r\n---\r\nSomething sweet\r\n"
    assert mended({SWEET: text}).after == {SWEET: text.replace("swet", "sweet").encode()}


def fault(code: str, line: int, edit: str, column: int = 1, length: int = 1) -> Diagnostic:
    place = Place("a.md", line, column)
    end = Place("a.md", line, column + length)
    return Diagnostic(code=code, severity="error", place=place, message=code, edit=Edit(place, end, edit))


def plain(*faults: Diagnostic, then: Callable[[str], Sequence[Diagnostic]]) -> Mended:
    """What is mended in a file of which `then` says what is wrong with it after edits."""
    text = "abc\ndef\n"

    def find(files: Reader) -> Sequence[Diagnostic]:
        now = files.read("a.md").decode()
        return faults if now == text else then(now)

    return mend(InMemory({"a.md": text}), find, lambda _: True)


def test_an_edit_that_does_not_mend_its_finding_is_not_kept() -> None:
    good, bad = fault("X01", 1, "A"), fault("X02", 2, "D")
    result = plain(good, bad, then=lambda text: [*([good] * ("A" not in text)), bad])
    assert result.after == {"a.md": b"Abc\ndef\n"}
    assert result.gone == (good,)


def test_an_edit_after_which_the_file_cannot_be_read_is_not_kept() -> None:
    broken = fault("R01", 1, "?")
    assert plain(fault("X01", 1, "A"), then=lambda _: [broken]) == Mended({}, {}, ())


def test_a_finding_that_moves_with_the_text_before_it_is_known_again() -> None:
    first, second = fault("X01", 1, "A\nA"), fault("X02", 2, "D")
    moved = fault("X02", 3, "D")
    assert plain(first, second, then=lambda _: [moved]).gone == (first,)


def test_what_somebody_saves_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "components" / "a.md"
    file.parent.mkdir()
    file.write_text("wrong\n")

    def find_faults(files: Reader) -> list[Diagnostic]:
        text = files.read("components/a.md").decode()
        file.write_text("somebody else's wrong\n")
        edit = Edit(Place("components/a.md", 1, 1), Place("components/a.md", 1, 6), "right")
        fault = Diagnostic(code="C01", severity="error", place=edit.start, message="it is wrong", edit=edit)
        return [fault] if text.startswith("wrong") else []

    mended = mend(Folder(tmp_path), find_faults, lambda _: True)
    assert dict(mended.before) == {"components/a.md": b"wrong\n"}
    with pytest.raises(Refused, match="has changed meanwhile"):
        write_files(tmp_path, {}, {path: (mended.before[path], data) for path, data in mended.after.items()})
    assert file.read_text() == "somebody else's wrong\n"


def test_edits_that_undo_each_other_come_to_an_end() -> None:
    there, back = fault("X01", 1, "A"), fault("X02", 1, "a")
    result = plain(there, then=lambda text: [back if text.startswith("A") else there])
    assert result.after["a.md"] in (b"Abc\ndef\n", b"abc\ndef\n")


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("sweet-tooth", ["sweet_tooth"], "sweet_tooth"),
        ("Sweet Tooth", ["sweet_tooth"], "sweet_tooth"),
        ("swet_tooth", ["sweet_tooth"], "sweet_tooth"),
        ("sweeet_tooth", ["sweet_tooth"], "sweet_tooth"),
        ("sweat_tooth", ["sweet_tooth"], "sweet_tooth"),
        ("sewet_tooth", ["sweet_tooth"], "sweet_tooth"),
        ("swt_tooth", ["sweet_tooth"], None),
        ("men", ["mens"], None),
        ("mens", ["men"], "men"),
        ("mens", ["menus", "lens"], None),
        ("offer_2", ["offer_1"], None),
        ("offer_", ["offer_1"], None),
        ("offer_1", ["offer_1a", "offer_1"], "offer_1"),
        ("x" * 101, ["x" * 100], None),
        ("", ["a"], None),
        ("ab_c", ["abc", "a_bc"], None),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_name(name: str, known: list[str], meant: str | None) -> None:
    assert slip_of(name, known) == meant
