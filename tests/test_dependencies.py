"""What Assembler is built on: licences that bind nobody else, and a lowest version for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

PROJECT: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
OPTIONAL = ("shots", "snapshots", "openfeature", "export", "audience")
RUN_TIME = [*PROJECT["dependencies"], *(requirement for extra in OPTIONAL for requirement in EXTRAS[extra])]
PERMISSIVE = re.compile(
    r"\b(MIT|MIT-CMU|HPND|BSD|[0-9]-Clause|ISC|Apache|CNRI-Python|PSF|Python Software Foundation|MPL|Unlicense|0BSD)\b"
)
COPYLEFT = re.compile(r"GPL|General Public|Affero|EUPL|SSPL|CC-BY-SA", re.IGNORECASE)


def needed(requirement: str, seen: set[str]) -> Iterator[Distribution]:
    """What a requirement brings with it, each once."""
    asked = Requirement(requirement)
    name = re.sub(r"[-_.]+", "-", asked.name).lower()
    applies = asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras))
    if name in seen or not applies:
        return
    seen.add(name)
    package = distribution(name)
    yield package
    for further in package.requires or ():
        yield from needed(further, seen)


def licences(of: Distribution) -> list[str]:
    """What a distribution says of its licence; of a text, its first line."""
    classifiers = [
        classifier.rpartition("::")[2].strip()
        for classifier in of.metadata.get_all("Classifier", [])
        if "License" in classifier
    ]
    keys = ("License-Expression", "License")
    said = [text.strip().split("\n")[0] for key in keys for text in of.metadata.get_all(key, [])]
    return [licence for licence in (*said, *classifiers) if licence]


def installed() -> list[Distribution]:
    seen: set[str] = set()
    return [package for requirement in RUN_TIME for package in needed(requirement, seen)]


@pytest.mark.parametrize("package", installed(), ids=lambda package: str(package.metadata["Name"]))
def test_what_runs_is_under_a_permissive_licence(package: Distribution) -> None:
    said = licences(package)
    assert any(PERMISSIVE.search(licence) for licence in said), said
    assert not any(COPYLEFT.search(licence) for licence in said), said


def test_the_walk_reaches_what_dependencies_depend_on() -> None:
    names = {package.metadata["Name"].lower().replace("_", "-") for package in installed()}
    assert names >= {"pydantic", "pydantic-core", "markupsafe", "mdurl", "pygments", "pluggy"}


@pytest.mark.parametrize("licence", ["GPL-3.0-or-later", "GNU Affero General Public License v3", "LGPLv2+", "AGPL-3.0"])
def test_copyleft_is_recognised(licence: str) -> None:
    assert COPYLEFT.search(licence)


@pytest.mark.parametrize(
    "requirement",
    sorted({*PROJECT["dependencies"], *(requirement for some in EXTRAS.values() for requirement in some)}),
)
def test_every_dependency_has_a_lowest_version(requirement: str) -> None:
    """And it may have one that is not reached, as of what promises less than it numbers."""
    assert {specifier.operator for specifier in Requirement(requirement).specifier} - {"<"} == {">="}
