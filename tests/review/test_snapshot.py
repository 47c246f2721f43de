"""A user's own tests: files that are written, a change that is shown, a file that nobody asks for any more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assembler import Library

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


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, starter_library: Library) -> Path:
    """A repository with two tests, whose files are written."""
    starter_library.save(str(pytester.path / "brand.library"))
    pytester.makepyfile(test_variants=TESTS)
    monkeypatch.setenv("PEOPLE", "maya")
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)  # syrupy's report is none of a worker's
    pytester.runpytest_subprocess("-q", "--snapshot-update").assert_outcomes(passed=2)
    return pytester.path / FOLDER


def test_files_are_readable_byte_true_and_compared(
    folder: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, starter_library: Library
) -> None:
    mail = starter_library.default("come_back", channel="email", locale="en")
    assert {path.name for path in folder.iterdir()} == {
        *(f"{MAIL}-{part}].txt" for part in ("subject", "preheader", "text")),
        *(f"{each}-html].html" for each in (MAIL, PAGE, "test_people[come_back-page-en-maya")),
    }
    html = folder / f"{MAIL}-html].html"
    assert html.read_bytes() == mail.encoded["html"]

    html.write_bytes(html.read_bytes().replace(b"</h1>", b" indeed</h1>"))
    subject = folder / f"{MAIL}-subject].txt"
    subject.write_bytes(subject.read_bytes() + b"\r")
    (folder / f"{PAGE}-html].html").unlink()
    monkeypatch.setenv("PEOPLE", "joan")
    result = pytester.runpytest_subprocess("-q", "-n", "0")
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
    result = pytester.runpytest_subprocess("-q", "--snapshot-update")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*ValueError: this test has two variants come_back-page-en-joan; tell them apart:*"])
    assert html.read_bytes() == mail.encoded["html"]


def test_review_does_not_need_the_extension() -> None:
    code = "import assembler.review.plan, sys; sys.exit(bool({'pytest', 'syrupy', 'playwright'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
