"""Locales that are written differently and are one, in files and from callers."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, strategies as st

from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.files import InMemory
from assembler.authoring.load.project import read_project
from assembler.authoring.project.locales import ancestry, language, lineage, same_locale, spellings
from assembler.runtime.context import ContextReader
from tests.authoring.builders import MOMENT, in_memory, project, put, settings
from tests.runtime.sample import library

CONTENT = library().content
EQUAL = [
    "nb no nob nor", "nb-NO no-NO nb_no NO-no", "he iw heb", "he-IL iw-IL", "id in ind", "yi ji", "jv jw", "fil tl tgl",
    "ro mo ron", "ro-MD mo-MD", "sr-Latn sh hbs", "sr-Latn-RS sh-RS sr-Latn-CS sr-latn-yu", "sr sr-Cyrl srp",
    "sr-ME sr-Latn-ME cnr", "zh zh-Hans cmn chi", "zh-CN zh-Hans-CN", "zh-TW zh-Hant-TW", "zh-HK zh-Hant-HK",
    "zh-Hans-TW", "en eng", "en-Latn", "en-GB en-UK eng-GB", "de-DE de-DD", "fa-AF prs", "sw-CD swc sw-ZR",
    "uz-AF uz-Arab-AF", "ca-valencia cat-valencia", "es-419", "x-klingon X_KLINGON", "i-default", "sr-Cyrl-ME",
    "zh-yue-HK", "",
]  # fmt: skip
POOL = [*(written for line in EQUAL for written in line.split()), "pt-BR", "pt", "mn-Mong-CN", "mn", "ku-Arab", "qu-EU"]


@pytest.mark.parametrize("equal", EQUAL)
def test_these_are_one_locale_and_no_other(equal: str) -> None:
    own = {ancestry(tag)[0] for tag in equal.split() or [""]}
    others = {ancestry(tag)[0] for line in EQUAL if line != equal for tag in line.split() or [""]}
    assert len(own) == 1
    assert not own & others


@pytest.mark.parametrize(
    ("locale", "locales", "expected"),
    [
        ("fr-CA", ["en", "fr", "fr-CA"], ("fr-CA", "fr")),
        ("nb-NO", ["en", "no"], ("no",)),
        ("zh-TW", ["zh", "zh-TW", "zh-Hant"], ("zh-TW", "zh-Hant", "zh")),
        ("zh-CN", ["zh-Hant", "zh"], ("zh",)),
        ("sh-BA", ["sr", "sr-Latn"], ("sr-Latn", "sr")),
        ("no", ["nb", "no"], ("no",)),
        ("nb", ["nb", "no"], ("nb",)),
        ("de", ["en", "de-DE"], ()),
    ],
)
def test_a_locale_comes_before_what_is_more_general(locale: str, locales: list[str], expected: tuple[str, ...]) -> None:
    assert lineage(locale, locales) == expected


@pytest.mark.parametrize(
    ("locales", "expected"),
    [
        (["en", "fr"], {"eng": "en", "fra": "fr", "fre": "fr"}),
        (["nb"], {"no": "nb", "nob": "nb", "nor": "nb"}),
        (["x-klingon"], {}),
    ],
)
def test_other_spellings_are_those_that_do_not_end_in_a_locale(locales: list[str], expected: dict[str, str]) -> None:
    assert spellings(locales) == expected


def asked(locales: list[str], wanted: object) -> str:
    """The locale that people get who ask for another."""
    content = msgspec.structs.replace(CONTENT, locales=tuple(locales), spellings=spellings(locales))
    return ContextReader(content, "").locale(wanted)


@pytest.mark.parametrize(
    ("wanted", "locales", "expected"),
    [
        ("no", ["en", "nb"], "nb"),
        ("nb-NO", ["en", "no"], "no"),
        ("zh-TW", ["en", "zh", "zh-Hant-TW"], "zh-Hant-TW"),
        ("zh_hant_tw", ["en", "zh", "zh-TW"], "zh-TW"),
        ("zh-TW", ["en", "zh", "zh-Hant"], "zh-Hant"),
        ("zh-Hans-SG", ["en", "zh", "zh-Hant"], "zh"),
        ("zh-Hans-TW", ["en", "zh", "zh-Hant"], "zh"),
        ("SH", ["en", "sr", "sr-Latn-RS"], "sr"),
        ("sh-rs", ["en", "sr", "sr-Latn-RS"], "sr-Latn-RS"),
        ("en_UK", ["fr", "en", "en-GB"], "en-GB"),
        ("en_US.UTF-8", ["fr", "en", "en-US"], "en-US"),
        ("EN_us", ["fr", "en-US"], "en-US"),
        ("sr_RS@latin", ["en", "sr"], "sr"),
        ("fr-CA-x-private", ["en", "fr"], "fr"),
        ("fr-CAnadian", ["en", "fr", "fr-CA"], "fr"),
        ("frx", ["en", "fr"], "en"),
        ("x-klingon", ["en", "fr"], "en"),
        ("i-default", ["en", "fr"], "en"),
        ("fr-Latn-CA", ["en", "fr", "fr-CA"], "fr"),
        ("zh-Hans-CN", ["en", "zh-CN"], "zh-CN"),
        ("C", ["en", "fr"], "en"),
        ("-", ["en", "fr"], "en"),
        (".", ["en", "fr"], "en"),
        ("fr\0", ["en", "fr"], "en"),
        ("fr-\ud800", ["en", "fr"], "fr"),
        ("fr-" + "x" * 1_000_000, ["en", "fr"], "fr"),
        (7, ["en", "fr"], "en"),
        (None, ["en", "fr"], "en"),
    ],
)
def test_a_caller_gets_the_locale_that_was_meant(wanted: object, locales: list[str], expected: str) -> None:
    assert asked(locales, wanted) == expected


@given(
    st.lists(
        st.sampled_from([locale for locale in POOL if locale]),
        min_size=1,
        max_size=6,
        unique_by=lambda tag: ancestry(tag)[0],
    ),
    st.sampled_from(POOL),
    st.sampled_from(["", "-x-a", "-CA", "-Latn", "-GB", "-TW"]),
    st.booleans(),
)
def test_the_table_of_spellings_says_what_the_ancestry_says(
    locales: list[str], wanted: str, more: str, is_posix: bool
) -> None:
    """Where the code of a language implies more, as `prs` does `fa-AF`, and more is said, both answers are fair."""
    tag = f"{wanted}{more}"
    expected = next(iter(lineage(tag, locales)), locales[0])
    locale = asked(locales, tag.upper().replace("-", "_") if is_posix else tag)
    assert locale == expected or language(locale) == language(tag)
    if not more:
        assert locale == expected


def with_locales(locales: str, **more: str) -> dict[str, str | bytes]:
    """The project with other locales and files; without translations."""
    files = {path: text for path, text in project().items() if ".fr" not in path}
    return put(files, settings(locales=locales), more)


@pytest.mark.parametrize(
    ("locales", "expected"),
    [
        ("[en, nb, no]", ["assembler.yaml:4:19 R04 'no' is the locale 'nb', written differently"]),
        ("[en, no, nb, nor]", [
            "assembler.yaml:4:19 R04 'nb' is the locale 'no', written differently",
            "assembler.yaml:4:23 R04 'nor' is the locale 'no', written differently",
        ]),
        ("[zh-TW, zh-Hant-TW]", ["assembler.yaml:4:18 R04 'zh-Hant-TW' is the locale 'zh-TW', written differently"]),
        ("[en, en-US, en-us]", ["assembler.yaml:4:15 T10 locales 'en-US' and 'en-us' are equal but for case"]),
        ("[en, sr, sr-Latn, nb, nn, zh, zh-Hant]", []),
    ],
)  # fmt: skip
def test_one_locale_twice_is_an_error_at_the_second(locales: str, expected: list[str]) -> None:
    report = in_memory(with_locales(locales)).check(MOMENT)
    said = [
        f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column} {diagnostic.code} {diagnostic.message}"
        for diagnostic in report.diagnostics
    ]
    assert [line for line in said if line.split()[1] in ("R04", "T10")] == expected


@pytest.mark.parametrize(("locale", "locales"), [("no", "[en, nb]"), ("zh-TW", "[en, fr, zh-Hant-TW]")])
def test_another_spelling_in_a_file_is_told_of_by_the_one_of_the_project(locale: str, locales: str) -> None:
    files = with_locales(locales)
    files[f"components/title/plain.{locale}.md"] = "---\n---\nHei"
    (finding,) = read_project(InMemory(files), MemoCache()).loaded.findings.of("R03")
    own = same_locale(locale, locales.strip("[]").split(", "))
    assert (finding.message, finding.hint) == (f"no locale {locale!r}", f"did you mean {own}?")
