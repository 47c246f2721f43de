"""Each rule has a case that fails it and a case that passes it, and `-k` with its code finds them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assembler.authoring.check.rules import RULES


@pytest.mark.slow
def test_every_rule_has_a_case_that_fails_it_and_one_that_passes_it() -> None:
    here = str(Path(__file__).parent)
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    command += ["-n", "0", "-p", "no:syrupy", here]
    collected = subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout
    cases = set(re.findall(r"\[([A-Z]\d\d) (fails|passes)\b", collected))
    wanted = {(rule.code, verdict) for rule in RULES for verdict in ("fails", "passes")}
    assert sorted(wanted - cases) == []
    assert sorted(cases - wanted) == []
