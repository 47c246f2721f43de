"""All of the look is one block of assembler.yaml: another brand is another block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.compile.styles import brand_values
from assembler.authoring.outcomes.variants import enumerate_variants
from tests.browser.projects import other_brand
from tests.conftest import STARTER_MOMENT

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".css", ".j2"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!;)|\b(?:rgb|hsl|oklch|color-mix)a?\(")
LOOKS = re.compile(r"(?:family|radius|(?<!-)color|background(?:-color)?|line-height|size): (?!var\(--brand-)([^;}]+)")


@pytest.fixture(scope="module")
def another() -> Project:
    """The starter with another brand's block."""
    return Project.from_files(other_brand())


def values(project: Project) -> Mapping[str, str]:
    return brand_values(project.loaded.settings.brand)


def words_of(brand: Mapping[str, Any], *kinds: str) -> set[str]:
    return {value.lower() for name, value in brand.items() if name.partition("-")[0] in kinds}


def documents(project: Project) -> Iterator[tuple[str, str]]:
    library = Library(project.compiled.content, project.compiled.texts)
    for variant in enumerate_variants(library, STARTER_MOMENT):
        yield variant.key, library.join(variant.plan, variant.choices)["html"].decode()


def test_another_block_has_the_same_names(starter: Project, another: Project) -> None:
    assert values(starter).keys() - values(another).keys() == {"ornament"}
    assert values(another).keys() <= values(starter).keys()


def test_another_block_passes_every_rule(another: Project) -> None:
    report = another.check(STARTER_MOMENT)
    assert [f"{diagnostic.code} {diagnostic.message}" for diagnostic in (*report.errors, *report.warnings)] == []


def test_nothing_of_the_old_look_is_left(starter: Project, another: Project) -> None:
    old = words_of(values(starter), "colour", "night", "font") - words_of(values(another), "colour", "night", "font")
    assert len(old) > 20
    images = {Path(str(values(starter)[name])).stem for name in ("logo-file", "card")}
    for key, html in documents(another):
        low = html.lower().replace("&#39;", "'").replace("&quot;", '"')
        assert {word for word in old if word in low} == set(), key
        assert {image for image in images if f"/{image}-" in low} == set(), key
        assert "border-radius: 3px" not in low, key
        assert not re.search(r"font-size: ?36px|padding-left: ?40px|padding-top: ?48px", low), key


def test_all_of_the_new_look_is_there(another: Project) -> None:
    html = "".join(text.lower() for _, text in documents(another))
    assert {word for word in words_of(values(another), "colour", "night") if word not in html} == set()
    assert {name for name, value in values(another).items() if name.startswith("type-") and value not in html} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_template_has_a_look_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert COLOUR.findall(text.replace("&#847;", "").replace('href="#main"', "")) == []
    assert not re.search(r"harbour|pine|whitby|https://(?!schema\.org)", text, re.IGNORECASE), (
        "an address or a word of the brand"
    )
    if path.suffix == ".css":
        assert {declaration.strip() for declaration in LOOKS.findall(text)} <= {"0", "1px"}, (
            "a hidden preheader, and nothing else"
        )
