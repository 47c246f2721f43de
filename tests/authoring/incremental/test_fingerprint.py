"""A fingerprint is the same for what is the same, in every process, and another for anything else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import assembler
from assembler.authoring.incremental.fingerprint import FileFingerprint, fingerprint, program_fingerprint

texts = st.text(st.characters())
inputs = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | texts,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(texts, below, max_size=3),
    max_leaves=6,
)


@given(one=inputs, other=inputs)
def test_only_equal_inputs_have_the_same(one: object, other: object) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab",)),
        (("a", "b"), (["a", "b"],)),
        (("a", ""), ("", "a")),
        ((1,), ("1",)),
        ((1,), (1.0,)),
        ((None,), ()),
        (({"a": 1, "b": 2},), ({"b": 2, "a": 1},)),
        ((b"a",), (b"b",)),
        (("\udcff",), ("\udcfe",)),
        (("\udcff",), ("\\udcff",)),
    ],
)
def test_inputs_are_told_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert fingerprint(*one) != fingerprint(*other)


def test_what_has_no_content_has_no_fingerprint() -> None:
    with pytest.raises(TypeError):
        fingerprint(object())


PRINT = "from assembler.authoring.incremental.fingerprint import program_fingerprint; print(program_fingerprint())"


def of_program(root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRINT], check=True, capture_output=True, text=True, cwd=root, timeout=120
    )
    return done.stdout.strip()


def test_the_program_has_another_when_any_of_its_code_has_changed(tmp_path: Path) -> None:
    package = tmp_path / "assembler"
    shutil.copytree(Path(assembler.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    assert of_program(tmp_path) == program_fingerprint()
    rule = package / "authoring/check/rules/too_long.py"
    rule.write_text(f"{rule.read_text()}# changed\n")
    assert of_program(tmp_path) != program_fingerprint()


def test_a_file_has_another_when_it_is_written_with_the_time_of_before(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    before = path.stat()
    path.write_text("two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert after.st_mtime_ns == before.st_mtime_ns
    assert FileFingerprint.of(after) != FileFingerprint.of(before)
