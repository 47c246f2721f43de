"""What is found in a template of the theme says how to come by it; the project has no such file."""

from __future__ import annotations

import pytest

from assembler.authoring import Project
from assembler.authoring.check.report import Report
from assembler.authoring.scaffold.brand import Brand
from assembler.authoring.scaffold.minimal import minimal_files
from assembler.cli.text.findings import render
from assembler.review.pictures.fonts import font_files
from tests.authoring.builders import in_memory
from tests.conftest import STARTER_MOMENT

BRAND = Brand(name="Lumen", locales=("en",), colour="#0b4f8a", url="https://l.example", channels=("email", "page"))
FILES = minimal_files(BRAND, font_files()["arimo-bold.woff"])
LINE = "components/headline.html.j2"


def checked(*changes: tuple[str, str, str]) -> Report:
    """The report on a new brand's project, after words of its files were replaced."""
    files = dict(FILES)
    for path, old, new in changes:
        text = files[path].decode()
        assert old in text
        files[path] = text.replace(old, new).encode()
    return in_memory(files).check(STARTER_MOMENT)


def without_kicker(policy: str = "") -> Report:
    """Of a project whose headlines have no kicker, for which the theme asks."""
    kicker = FILES["components/headline/welcome.md"].decode().split("\n")[2]
    typed = FILES["components/headline/_type.yaml"].decode()
    return checked(
        ("components/headline/_type.yaml", typed, "body: text\n"),
        ("components/headline/welcome.md", f"{kicker}\n", ""),
        ("assembler.yaml", "max_signals: 5", f"max_signals: 5{policy}"),
    )


@pytest.mark.parametrize(
    "change",
    [
        ("templates/strings.yaml", "  unsubscribe:", "  leave:"),
        ("templates/strings.yaml", "  skip:", "  jump:"),
        ("assembler.yaml", "  unsubscribe: ", "  leave: "),
        ("assembler.yaml", "    address:", "    # address:"),
    ],
)
def test_every_place_is_one_of_the_project_or_says_that_it_is_of_the_theme(change: tuple[str, str, str]) -> None:
    report = checked(change)
    assert report.errors
    for finding in report.diagnostics:
        if finding.path not in FILES:
            name = finding.path.removeprefix("theme:")
            assert name != finding.path
            assert f"`assembler new template {name}` copies it into the project" in (finding.hint or "")
            assert finding.edit is None


def test_a_field_that_the_theme_asks_for_is_told_at_its_template_with_its_line() -> None:
    finding = next(finding for finding in without_kicker().errors if finding.path.endswith(f"email/{LINE}"))
    assert (finding.code, finding.path, finding.line) == ("R03", f"theme:email/{LINE}", 2)
    assert finding.source == "{% if kicker %}"
    assert f"`assembler new template email/{LINE}` copies it into the project" in (finding.hint or "")
    assert finding.path_from("shop") == finding.path
    assert f"theme:email/{LINE}:2:7: R03" in render([finding], colour=False)


def test_a_template_of_the_theme_that_is_copied_is_one_of_the_project() -> None:
    project = Project.from_files(FILES).loaded
    path = f"templates/email/{LINE}"
    kicker = FILES["components/headline/welcome.md"].decode().split("\n")[2]
    files = FILES | {
        "components/headline/_type.yaml": b"body: text\n",
        "components/headline/welcome.md": FILES["components/headline/welcome.md"].replace(f"{kicker}\n".encode(), b""),
        path: project.sources[path].text.encode(),
    }
    finding = next(finding for finding in in_memory(files).check(STARTER_MOMENT).errors if finding.path == path)
    assert "new template" not in (finding.hint or "")
    assert finding.path_from("shop") == f"shop/{path}"


def test_a_rule_is_set_for_a_file_of_the_theme_as_it_is_told() -> None:
    where = f"theme:page/{LINE}"
    rule = f", rules: {{E10: {{because: seen and meant, except: [{where}]}}}}"
    assert [finding.code for finding in without_kicker(rule).errors if finding.path == "assembler.yaml"] == []
    unknown = without_kicker(rule.replace("headline.html", "headlin.html"))
    hint = next(finding.hint for finding in unknown.errors if finding.path == "assembler.yaml")
    assert hint == f"did you mean {where}?"


def test_what_style_sheets_of_the_theme_ask_for_is_told_at_the_brand_by_the_name_of_the_theme() -> None:
    findings = checked(("assembler.yaml", "    accent: ", "    accentuation: ")).errors
    assert [(finding.code, finding.path) for finding in findings] == [("R09", "assembler.yaml")] * 2
    assert all("asked for by theme:" in finding.message for finding in findings)


LOGO = "logo: {file: logo.png, dark: logo_dark.png}"


@pytest.mark.parametrize(
    ("written", "code", "message", "hint"),
    [
        ("", "R03", "the brand has no logo", "mend its name, or write `logo: ...` below `brand:` in assembler.yaml"),
        (
            "logo: logo.png",
            "R03",
            "the brand has no logo.file",
            "mend its name, or write `logo: {file: ...}` below `brand:`",
        ),
        (
            "logo: {dark: logo.png}",
            "R03",
            "the brand has no logo.file",
            "mend its name, or write `logo: {file: ...}` below `brand:`",
        ),
        ("logo: {file: 5}", "A01", "'5' is no name of an image", "write the path of a file below assets/"),
        ("logo: {file: [logo.png]}", "A01", "('logo.png',) is no name", "write the path of a file below assets/"),
        ("logo: {file: logo.svg}", "A01", "no image assets/logo.svg", "did you mean logo.png?"),
        ("logo: {file: https://a.example/logo.png}", "A01", "no image assets/https://", "did you mean logo.png?"),
    ],
)
def test_an_odd_logo_is_told_as_one(written: str, code: str, message: str, hint: str) -> None:
    findings = checked(("assembler.yaml", LOGO, written)).errors
    assert {finding.code for finding in findings} == {code}
    assert all(message in finding.message.replace('"', "") for finding in findings)
    assert all(hint in (finding.hint or "") for finding in findings)
