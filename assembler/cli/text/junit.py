"""Findings as JUnit XML: what Jenkins, GitLab and others show as the results of tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from assembler.authoring import Diagnostic
    from assembler.authoring.check.report import Report

_NO_CHARACTER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, section 2.2."""


def junit(report: Report, *, folder: str = "", strict: bool = False) -> str:
    """Return findings as test cases: a suite a file; what lets `check` fail is a failure, what does not count is
    skipped, anything else has passed and is told as output. A report without findings is one case that has passed.

    `folder` is the project's below the repository's; `strict` says that warnings let `check` fail.
    """
    failing = ("error", "warning") if strict else ("error",)
    suppressed = {hidden.diagnostic: hidden.because for hidden in report.suppressed}
    by_path: dict[str, list[Diagnostic]] = {}
    for finding in (*report.diagnostics, *suppressed):
        by_path.setdefault(f"{folder}/{finding.path}" if folder else finding.path, []).append(finding)
    root = Element("testsuites", {"name": "assembler check"})
    for path, findings in sorted(by_path.items()):
        suite = SubElement(root, "testsuite", {"name": _plain(path)})
        for finding in findings:
            case = _case(suite, path, finding)
            if finding in suppressed:
                SubElement(case, "skipped", {"message": _plain(suppressed[finding])})
            elif finding.severity in failing:
                failure = {"message": _plain(finding.message), "type": finding.severity}
                SubElement(case, "failure", failure).text = _plain(_told(finding, path))
            else:
                SubElement(case, "system-out").text = _plain(_told(finding, path))
        _count(suite, [suite])
    if not by_path:
        suite = SubElement(root, "testsuite", {"name": "assembler check"})
        SubElement(suite, "testcase", {"name": "no findings", "classname": "assembler check"})
        _count(suite, [suite])
    _count(root, root.findall("testsuite"))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _case(suite: Element, path: str, finding: Diagnostic) -> Element:
    name = f"{finding.code} at {finding.line}:{finding.column}"
    place = {"file": _plain(path), "line": str(finding.line), "column": str(finding.column)}
    return SubElement(suite, "testcase", {"name": name, "classname": _plain(path), **place})


def _told(finding: Diagnostic, path: str) -> str:
    hint = f"\n{finding.hint}" if finding.hint else ""
    return f"{path}:{finding.line}:{finding.column}: {finding.code} {finding.message}{hint}"


def _count(element: Element, suites: Iterable[Element]) -> None:
    """Say on a suite, or on all of them, how many cases there are."""
    cases = [case for suite in suites for case in suite.findall("testcase")]
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    element.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _plain(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", text)
