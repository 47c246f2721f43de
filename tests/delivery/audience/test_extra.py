"""Without the extra, one line says what to install; and nothing else needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("package", ["duckdb", "numpy", "pyarrow"])
def test_one_line_names_the_extra(package: str) -> None:
    done = run(f"{WITHOUT}\nimport assembler.delivery.audience", package)
    assert done.returncode == 1
    last = done.stderr.strip().split("\n")[-1]
    assert last == f"ImportError: assembler.delivery.audience needs {package}: pip install 'assembler[audience]'"
    assert "ModuleNotFoundError" not in done.stderr


def test_what_decides_for_one_person_loads_none_of_it() -> None:
    script = "import sys, assembler; assembler.Library; print({'duckdb', 'numpy', 'pyarrow'} & {*sys.modules})"
    assert run(script).stdout == "set()\n"
