"""`assembler check`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Run


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def faulty(project: Path) -> Path:
    """The sample with two errors, in two files."""
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    change(project / "assembler.yaml", "months_away >= 6", "mnths_away >= 6")
    return project


def test_a_clean_project(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout.splitlines()[0], result.stderr) == (0, "no findings", "")


def test_errors_are_printed_with_their_lines(faulty: Path, run: Run, words: SnapshotAssertion) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout == words


def test_errors_as_json(faulty: Path, run: Run) -> None:
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert list(report) == ["errors", "warnings", "diagnostics", "rules", "as_of", "variants"]
    errors = [diagnostic for diagnostic in report["diagnostics"] if diagnostic["severity"] == "error"]
    assert report["errors"] == len(errors) == 2
    assert [list(diagnostic) for diagnostic in report["diagnostics"]] == [
        ["code", "severity", "path", "line", "column", "message", "hint", "fix"],
        ["code", "severity", "path", "line", "column", "message", "hint"],
    ]
    assert report["diagnostics"][0]["fix"] == {
        "path": "assembler.yaml",
        "line": 36,
        "column": 11,
        "end_line": 36,
        "end_column": 21,
        "replacement": "months_away",
    }
    assert {(error["code"], error["path"]) for error in errors} == {
        ("T01", "assembler.yaml"),
        ("D01", "campaigns/back.yaml"),
    }


def test_errors_for_github(faulty: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(faulty.parent))
    result = run("check", "--format", "github")
    assert result.exit_code == 1
    assert [line.split(",")[0] for line in result.stdout.splitlines() if line.startswith("::error")] == [
        "::error file=sample/assembler.yaml",
        "::error file=sample/campaigns/back.yaml",
    ]
    assert result.stderr.startswith("2 errors")


def test_a_clean_project_for_github_prints_no_command(run: Run) -> None:
    result = run("check", "--format", "github")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no findings\n")


@pytest.mark.parametrize(("option", "code"), [([], 0), (["--strict"], 1)])
def test_warnings_count_only_when_strict(option: list[str], code: int, project: Path, run: Run) -> None:
    stray = "---\ncampaigns: []\n---\nNobody can use this\n"
    (project / "components" / "title" / "stray.md").write_text(stray)
    result = run("check", *option)
    assert "R07" in result.stdout
    assert result.exit_code == code


def test_names_and_lines_that_steer_the_terminal_are_shown_as_pictures(project: Path, run: Run) -> None:
    (project / "components" / "title" / "b\x1b[31md.md").write_text("---\ncampaigns: [back]\n---\nx\n")
    change(project / "campaigns" / "back.yaml", "owner:", "own\u202eer:")
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_file_name_that_is_not_utf_8_is_no_fault(project: Path, run: Run) -> None:
    (project / "components" / "title" / "b\udcff.md").write_text("x")
    for format_ in ("text", "json", "github", "sarif", "junit", "concise"):
        assert run("check", "--format", format_).exit_code == 1
    report = json.loads(run("check", "--format", "json").stdout)
    assert "\udcff" in report["diagnostics"][0]["path"]


def test_a_policy_is_told_with_its_reasons(project: Path, run: Run, words: SnapshotAssertion) -> None:
    change(project / "components" / "title" / "plain.md", "Good to see you", "TODO")
    change(
        project / "assembler.yaml",
        "policy: {",
        "policy: {rules: {C03: {severity: off, because: we write drafts here}, "
        "C06: {severity: error, because: links are read out, except: [components/story/away.md]}}, ",
    )
    result = run("check")
    assert result.stdout == words
    assert result.exit_code == 0
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["rules"] == [
        {"code": "C03", "severity": "off", "because": "we write drafts here", "except": [], "suppressed": 1},
        {
            "code": "C06",
            "severity": "error",
            "because": "links are read out",
            "except": ["components/story/away.md"],
            "suppressed": 0,
        },
    ]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], {"T01", "D01"}),
        (["--select", "T"], {"T01"}),
        (["--select", "t01"], {"T01"}),
        (["--select", "T01,D01"], {"T01", "D01"}),
        (["--select", " T01 , D,"], {"T01", "D01"}),
        (["--select", "T", "--select", "D"], {"T01", "D01"}),
        (["--select", "C"], set()),
        (["--ignore", "T"], {"D01"}),
        (["--ignore", "T,D"], set()),
        (["--select", "ALL", "--ignore", "D"], {"T01"}),
        (["--select", "T01", "--ignore", "T"], {"T01"}),
        (["--select", "T", "--ignore", "T01"], set()),
        (["--select", "T01", "--ignore", "T01"], set()),
        (["--ignore", "ALL"], set()),
        (["--ignore", "ALL", "--select", "D"], {"D01"}),
    ],
)
def test_rules_are_selected(options: list[str], codes: set[str], faulty: Path, run: Run) -> None:
    result = run("check", "--format", "json", *options)
    report = json.loads(result.stdout)
    assert {finding["code"] for finding in report["diagnostics"]} == codes
    assert (report["errors"], result.exit_code) == (len(codes), 1 if codes else 0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "Q"], "no rule's code begins with 'Q'"),
        (["--select", "E99"], "did you mean E09?"),
        (["--ignore", "E014"], "did you mean E01?"),
        (["--select", "al"], "did you mean ALL?"),
        (["--select", ""], "no rule is named; write codes such as C,E14"),
        (["--select", "C,\x1b[31m"], "no rule's code begins with"),
        (["--statistics", "--format", "sarif"], "--statistics prints text or json"),
    ],
)
def test_a_selection_of_no_rule_is_usage(options: list[str], said: str, run: Run) -> None:
    result = run("check", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert "\x1b" not in result.stderr


def test_what_is_not_selected_is_counted(faulty: Path, run: Run) -> None:
    result = run("check", "--select", "C")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "no findings")
    assert result.stderr == "2 findings of rules that are not selected\n"


def test_statistics(faulty: Path, run: Run, words: SnapshotAssertion) -> None:
    change(faulty / "components" / "title" / "sweet.md", "campaigns:", "stages: [aways, aways, her]\ncampaigns:")
    result = run("check", "--statistics")
    assert result.stdout == words
    assert result.exit_code == 1
    counts = json.loads(run("check", "--statistics", "--format", "json").stdout)
    assert counts["statistics"] == [
        {"code": "R03", "severity": "error", "count": 3, "fixable": 2},
        {"code": "D01", "severity": "error", "count": 1, "fixable": 0},
        {"code": "T01", "severity": "error", "count": 1, "fixable": 1},
    ]


def test_a_finding_that_stands_for_many_is_counted_as_many(project: Path, run: Run) -> None:
    plain = project / "components" / "story" / "away.md"
    plain.write_text(plain.read_text() + "\nTODO " * 130)
    counts = json.loads(run("check", "--statistics", "--format", "json", "--select", "C03").stdout)
    assert [(row["code"], row["count"]) for row in counts["statistics"]] == [("C03", 130)]


def test_findings_a_line_each(faulty: Path, run: Run) -> None:
    (faulty / "components" / "title" / "stray.md").write_text("---\ncampaigns: []\n---\nNobody\n")
    result = run("check", "--format", "concise", "--ignore", "L02")
    assert result.exit_code == 1
    assert [line.split(" ")[:2] for line in result.stdout.splitlines()] == [
        ["assembler.yaml:36:11:", "T01"],
        ["campaigns/back.yaml:10:3:", "D01"],
        ["components/title/stray.md:2:12:", "R07"],
    ]
    assert result.stdout.splitlines()[2].endswith(" [warning]")


def test_a_diff_is_shown_and_nothing_is_written(faulty: Path, run: Run, words: SnapshotAssertion) -> None:
    sweet = faulty / "components" / "title" / "sweet.md"
    change(sweet, "sweet_tooth", "swet_tooth")
    before = {path: path.read_bytes() for path in faulty.rglob("*.*") if path.is_file()}
    result = run("check", "--fix", "--diff")
    assert result.stdout == words
    assert result.exit_code == 1
    assert result.stderr == "2 findings would be mended\n"
    assert {path: path.read_bytes() for path in before} == before
    assert run("check", "--diff", "--select", "D").exit_code == 0


def test_a_diff_can_be_applied(faulty: Path, run: Run) -> None:
    sweet = faulty / "components" / "title" / "sweet.md"
    sweet.write_bytes(sweet.read_bytes().replace(b"sweet_tooth", b"swet_tooth").replace(b"\n", b"\r\n").rstrip())
    patch = run("check", "--diff").stdout_bytes
    subprocess.run(["patch", "--binary", "-p1"], input=patch, cwd=faulty, check=True, timeout=60)
    assert run("check", "--diff").exit_code == 0
    assert b"[sweet_tooth]\r\n" in sweet.read_bytes()


@pytest.mark.parametrize("option", [("--format", "json"), ("--format", "sarif"), ("--statistics",)])
def test_a_diff_is_nothing_else(option: tuple[str, ...], faulty: Path, run: Run) -> None:
    result = run("check", "--diff", *option)
    assert result.exit_code == 2
    assert "--diff prints a diff" in result.stderr


def test_what_has_one_right_answer_is_written(faulty: Path, run: Run) -> None:
    sweet = faulty / "components" / "title" / "sweet.md"
    change(sweet, "sweet_tooth", "swet_tooth")
    change(faulty / "assembler.yaml", "name: sample", "name:sample")
    sweet.chmod(0o640)
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert result.stderr == "3 findings mended in 2 files\n"
    assert [line for line in result.stdout.splitlines() if line.startswith("campaigns/")]
    assert "1 error" in result.stdout
    assert sweet.stat().st_mode & 0o777 == 0o640
    assert not [path for path in faulty.rglob(".*") if path.is_file() and ".assembler-cache" not in str(path)]
    assert run("check", "--fix", "--ignore", "D").exit_code == 0


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_project_that_cannot_be_read_and_mended(option: str, project: Path, run: Run) -> None:
    (project / "assembler.yaml").write_text("name: x\nowner: [a\n")
    result = run("check", option)
    assert result.exit_code == 2
    assert "assembler.yaml:" in result.stderr


SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


@pytest.fixture
def various(faulty: Path) -> Path:
    """Two errors, a near miss, a warning, and findings that do not count; a name that an address must quote."""
    change(faulty / "components" / "title" / "sweet.md", "sweet_tooth", "swet_tooth")
    change(faulty / "components" / "title" / "plain.md", "Good to see you", "TODO \x07")
    (faulty / "components" / "title" / "stray.md").write_text("---\ncampaigns: []\n---\nNobody\n")
    (faulty / "components" / "title" / "b é.md").write_text("x")
    change(faulty / "components" / "story" / "plain.md", "[Come by]", "[Click here]")
    change(
        faulty / "assembler.yaml",
        "policy: {",
        "policy: {rules: {C03: {severity: off, because: we write drafts here}, C06: {severity: information, "
        "because: links are read out}}, ",
    )
    return faulty


def test_sarif_is_valid_and_says_everything(various: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(various.parent))
    result = run("check", "--format", "sarif")
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (scan,) = log["runs"]
    rules = scan["tool"]["driver"]["rules"]
    by_code = {finding["ruleId"]: finding for finding in scan["results"]}
    assert all(rules[finding["ruleIndex"]]["id"] == finding["ruleId"] for finding in scan["results"])
    near_miss = by_code["R03"]["locations"][0]["physicalLocation"]
    assert near_miss["artifactLocation"] == {
        "uri": "sample/components/title/sweet.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert (near_miss["region"]["startLine"], near_miss["region"]["startColumn"]) == (3, 12)
    (replacement,) = by_code["R03"]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 22},
        "insertedContent": {"text": "sweet_tooth"},
    }
    assert by_code["C03"]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "we write drafts here"}
    ]
    assert {finding["level"] for finding in scan["results"]} == {"error", "warning", "note"}
    assert (by_code["R07"]["level"], by_code["C06"]["level"]) == ("warning", "note")
    assert scan["invocations"][0]["ruleConfigurationOverrides"][0]["configuration"] == {"enabled": False}
    uris = {finding["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for finding in scan["results"]}
    assert "sample/components/title/b%20%C3%A9.md" in uris


def test_sarif_of_a_clean_project_is_valid(run: Run) -> None:
    result = run("check", "--format", "sarif")
    log = json.loads(result.stdout)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    assert (log["runs"][0]["results"], result.exit_code) == ([], 0)


@pytest.mark.parametrize("strict", [False, True])
def test_junit_fails_where_check_does(strict: bool, various: Path, run: Run) -> None:
    result = run("check", "--format", "junit", *(["--strict"] if strict else []))
    root = ElementTree.fromstring(result.stdout)
    report = json.loads(run("check", "--format", "json").stdout)
    failing = report["errors"] + (report["warnings"] if strict else 0)
    hidden = sum(rule["suppressed"] for rule in report["rules"])
    counts = {key: int(root.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {
        "tests": len(report["diagnostics"]) + hidden,
        "failures": failing,
        "errors": 0,
        "skipped": hidden,
    }
    for key, count in counts.items():
        assert sum(int(suite.attrib[key]) for suite in root) == count
    assert len(root.findall(".//failure")) == failing
    case = root.find(".//testcase[@classname='components/title/sweet.md']")
    assert case is not None
    assert (case.attrib["name"], case.attrib["file"], case.attrib["line"]) == (
        "R03 at 3:12",
        "components/title/sweet.md",
        "3",
    )
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "no segment 'swet_tooth'", "type": "error"}


def test_junit_of_a_clean_project_is_one_case_that_passed(run: Run) -> None:
    result = run("check", "--format", "junit")
    assert result.exit_code == 0
    assert [(case.attrib["name"], len(case)) for case in ElementTree.fromstring(result.stdout).iter("testcase")] == [
        ("no findings", 0)
    ]
