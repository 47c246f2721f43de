"""A user's own tests: files that are written, a change that is shown, a file that nobody asks for any more."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from assembler import Library
from assembler.review.snapshot import file_name

pytest_plugins = ["pytester"]

TESTS = """
import os
from assembler import Library
from assembler.review.snapshot import variant_snapshot

library = Library.open("brand.library")

def test_defaults(variant_snapshot):
    variant_snapshot(
        library.default("come_back", channel="email", locale="en"),
        library.default("come_back", channel="page", locale="fr"),
    )

def test_people(variant_snapshot):
    for name in os.environ["PEOPLE"].split():
        context = {"fields": {"first_name": name.capitalize()}}
        variant_snapshot(library.assemble("come_back", channel="page", context=context), name=name)
"""
FOLDER = "__snapshots__/test_variants"
MAIL, PAGE = "test_defaults[come_back-email-en", "test_defaults[come_back-page-fr"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their tests have no plugin but syrupy, whose report is none of a worker's."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """What comes of their tests."""
    return pytester.runpytest_subprocess("-q", "-p", "syrupy", *options)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, starter_library: Library) -> Path:
    """A repository with two tests, whose files are written."""
    starter_library.save(str(pytester.path / "brand.library"))
    pytester.makepyfile(test_variants=TESTS)
    monkeypatch.setenv("PEOPLE", "maya")
    run(pytester, "--snapshot-update").assert_outcomes(passed=2)
    return pytester.path / FOLDER


def test_files_are_readable_byte_true_and_compared(
    folder: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, starter_library: Library
) -> None:
    mail = starter_library.default("come_back", channel="email", locale="en")
    assert {path.name for path in folder.iterdir()} == {
        *(f"{MAIL}-{part}].txt" for part in ("subject", "preheader", "text")),
        *(f"{name}-html].html" for name in (MAIL, PAGE, "test_people[come_back-page-en-maya")),
    }
    html = folder / f"{MAIL}-html].html"
    assert html.read_bytes() == mail.encoded["html"]

    html.write_bytes(html.read_bytes().replace(b"</h1>", b" indeed</h1>"))
    subject = folder / f"{MAIL}-subject].txt"
    subject.write_bytes(subject.read_bytes() + b"\r")
    (folder / f"{PAGE}-html].html").unlink()
    monkeypatch.setenv("PEOPLE", "joan")
    result = run(pytester)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines_random(
        [
            "come_back-email-en-subject is not its snapshot:",
            f"-{mail.subject}\\r",
            f"+{mail.subject}",
            "come_back-email-en-html is not its snapshot:",
            "-*indeed</h1>",
            "come_back-page-fr-html has no snapshot; pytest --snapshot-update writes it",
            "come_back-page-en-joan-html has no snapshot; pytest --snapshot-update writes it",
            "*1 snapshot unused.*",
        ]
    )

    monkeypatch.setenv("PEOPLE", "joan joan")
    result = run(pytester, "--snapshot-update")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*ValueError: this test has two variants come_back-page-en-joan; tell them apart:*"])
    assert html.read_bytes() == mail.encoded["html"]


def test_review_does_not_need_the_extension() -> None:
    code = (
        "import assembler.review.sampling.plan, sys;"
        "sys.exit(bool({'pytest', 'syrupy', 'playwright'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode == 0


NAMES = ["a/b", "a:b", "ab", "AB", "a b.", "..", "CON", "x" * 300 + "1", "x" * 300 + "2", "y" * 150 + "-" + "y" * 150]
MANY = f"""
import pytest
from assembler import Library
from assembler.review.snapshot import variant_snapshot

library = Library.open("brand.library")

@pytest.mark.parametrize("name", {NAMES!r}, ids=lambda name: name)
def test_ids(variant_snapshot, name):
    person = {{"fields": {{"first_name": f"Maya{{name[:2].encode().hex()}}"}}, "segment": None}}
    variant_snapshot(library.assemble("come_back", channel="page", context=person), name=name)

class TestOnes:
    def test_it(self, variant_snapshot):
        for name in {NAMES!r}:
            variant_snapshot(library.default("welcome", channel="page", locale="en"), name=name)
"""


def test_different_names_have_different_files(pytester: pytest.Pytester, starter_library: Library) -> None:
    starter_library.save(str(pytester.path / "brand.library"))
    pytester.makepyfile(test_many=MANY)
    count = len(NAMES) + 1
    run(pytester, "--snapshot-update").assert_outcomes(passed=count)
    written = [path.name for path in (pytester.path / "__snapshots__/test_many").iterdir()]
    assert len({name.casefold() for name in written}) == len(written) == 2 * len(NAMES)
    again = run(pytester)
    again.assert_outcomes(passed=count)
    again.stdout.no_fnmatch_line("*unused*")
    one = run(pytester, "--snapshot-update", "-k", "AB or TestOnes")
    one.assert_outcomes(passed=3, deselected=count - 3)
    assert sorted(path.name for path in (pytester.path / "__snapshots__/test_many").iterdir()) == sorted(written)


@given(one=st.text(max_size=400), other=st.text(max_size=400))
@example(one="fr-CA", other="fr-ca")
@example(one="\u00e9", other="e\u0301")
@example(one="stra\u00dfe", other="strasse")
@example(one="a\ud800", other="a")
@example(one="x" * 110, other="x" * 111)
def test_a_name_is_one_on_every_file_system(one: str, other: str) -> None:
    names = [file_name(name) for name in (one, other)]
    for name in names:
        assert len(name.encode()) <= 121
        assert not set(name) & set('\\/?*:|"<>\0\n\r\t')
    taken = {unicodedata.normalize("NFD", name).casefold() for name in names}
    assert len(taken) == len({one, other})


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("test_defaults", "test_defaults"),
        ("come_back-email-en-html", "come_back-email-en-html"),
        ("come_back-email-fr-CA-html", "come_back-email-fr-CA-html-384e797234"),
        ("a/b", "ab-c14cddc033"),
        ("x" * 110, "x" * 110),
        ("x" * 111, f"{'x' * 48}...{'x' * 48}-"),
        ("é" * 56, f"{'é' * 24}...{'é' * 24}-"),
    ],
)
def test_what_is_kept_of_a_name(name: str, called: str) -> None:
    assert file_name(name).startswith(called)
    assert (file_name(name) == called) is (called == name or called[-10:].isalnum())


def test_a_file_with_other_line_ends_is_told_from_one_with_other_words(
    folder: Path, pytester: pytest.Pytester, starter_library: Library
) -> None:
    text = folder / f"{MAIL}-text].txt"
    text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    html = folder / f"{MAIL}-html].html"
    html.write_bytes(html.read_bytes().replace(b"</h1>", b" indeed</h1>").replace(b"\n", b"\r\n"))
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines_random(
        [
            "come_back-email-en-text: its file has other line ends than what is sent (CRLF)*.gitattributes*",
            "come_back-email-en-html: its file has other line ends than what is sent (CRLF)*",
            "come_back-email-en-html is not its snapshot:",
            "-*indeed</h1>",
        ]
    )
    result.stdout.no_fnmatch_line("come_back-email-en-text is not*")
    result.stdout.no_fnmatch_line("*\\r*")
