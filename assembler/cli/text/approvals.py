"""What lacks an approval, as people, GitHub and readers of JUnit files see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.cli.text.columns import printable, table, wrapped
from assembler.cli.text.findings import for_github
from assembler.cli.text.words import counted, first_of

if TYPE_CHECKING:
    from assembler.authoring.project.project import LoadedProject
    from assembler.review.approvals.gate import Gate, RequiredSubject

_MOST_LINES = 10
_URGENCY = ("changes", "expired", "waiting")
"""Statuses of what lacks an approval, in the order in which it is listed."""

_PLURAL = {
    "layout": "layouts",
    "component": "components",
    "pair": "pairs of components",
    "request": "requests for changes met",
}


def gate_text(gate: Gate, *, everything: bool = False) -> str:
    """Return what lacks an approval, in columns; empty where nothing does.

    Files that cannot be read are first, then what somebody wants changed. Of more than ten, the first are listed below
    how many there are in each campaign and channel; `everything` lists all of them.
    """
    files = [("file", file.path, file.problem) for file in gate.unreadable]
    lacking = sorted(gate.lacking, key=lambda subject: (_URGENCY.index(subject.status), subject.kind != "request"))
    rows = [*files, *((subject.kind, "/".join(subject.place), _line(subject)) for subject in lacking)]
    if everything or len(rows) <= _MOST_LINES:
        return table(rows, indent="")
    rest = wrapped(f"and {len(rows) - _MOST_LINES:,} more: `--all` lists them, and `assembler review` shows them")
    parts = ["lacking an approval", table(_counts(gate)), "", "the first of them", table(rows[:_MOST_LINES]), rest]
    return "\n".join(parts)


def _counts(gate: Gate) -> Iterator[tuple[str, str]]:
    """Each campaign and channel in which something is lacking, with how many there are of each kind."""
    by_place: dict[tuple[str, str], Counter[str]] = {}
    for subject in gate.lacking:
        by_place.setdefault(subject.place[:2], Counter())[subject.kind] += 1
    for (campaign, channel), kinds in by_place.items():
        counts = (counted(count, kind) for kind, count in kinds.items())
        yield f"{campaign} in {channel}", ", ".join(counts)
    if gate.unreadable:
        yield "reviews", counted(len(gate.unreadable), "unreadable file")


def gate_json(gate: Gate) -> dict[str, object]:
    """Return what lacks an approval as JSON has it, and how much is approved."""
    return {
        "approved": len(gate.subjects) - len(gate.lacking),
        "needed": len(gate.subjects),
        "lacking": [_subject_json(subject) for subject in gate.lacking],
        "faults": [{"path": file.path, "problem": file.problem} for file in gate.unreadable],
    }


def gate_summary(gate: Gate) -> str:
    """Return how much is approved: `989 of 989 pairs`."""
    counts = [f"{approved} of {total} {_PLURAL[kind]}" for kind, (approved, total) in gate.counts().items()]
    files = [counted(len(gate.unreadable), "unreadable file")] if gate.unreadable else []
    return "approved: " + ", ".join([*counts, *files])


def gate_annotations(gate: Gate, project: LoadedProject, folder: str) -> str:
    """Return what lacks an approval as workflow commands of GitHub, one for each file; a pair is told of at both
    files."""
    messages: dict[str, list[str]] = {file.path: [file.problem] for file in gate.unreadable}
    for subject in gate.lacking:
        for path in _paths(subject, project):
            messages.setdefault(path, []).append(f"{'/'.join(subject.place)}: {_line(subject)}")
    lacking = (
        Diagnostic(code="review", severity="error", place=Place(path), message="\n".join(first_of(lines, _MOST_LINES)))
        for path, lines in messages.items()
    )
    return for_github(lacking, folder=folder)


def gate_junit(gate: Gate) -> str:
    """Return everything that needs an approval as a JUnit file: what lacks one has failed."""
    failures = len(gate.lacking) + len(gate.unreadable)
    about = {"name": "review", "tests": str(len(gate.subjects) + len(gate.unreadable)), "failures": str(failures)}
    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(suites, "testsuite", about)
    for subject in gate.subjects:
        failure = None if subject.status == "approved" else (subject.status, _detail(subject))
        _add_case(suite, ".".join(subject.place), f"{subject.kind} {_name(subject)}", failure)
    for file in gate.unreadable:
        _add_case(suite, "reviews", file.path, ("unreadable", file.problem))
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")


def _add_case(suite: ElementTree.Element, place: str, name: str, failure: tuple[str, str] | None) -> None:
    case = ElementTree.SubElement(suite, "testcase", {"classname": printable(place), "name": printable(name)})
    if failure is not None:
        ElementTree.SubElement(case, "failure", {"type": failure[0], "message": printable(failure[1])})


def _subject_json(subject: RequiredSubject) -> dict[str, object]:
    campaign, channel, locale = subject.place
    return {
        "kind": subject.kind,
        "digest": subject.digest,
        "campaign": campaign,
        "channel": channel,
        "layout": subject.layout,
        "locale": locale,
        "slots": dict(subject.slots),
        "status": subject.status,
        "detail": _detail(subject),
    }


def _line(subject: RequiredSubject) -> str:
    return f"{_name(subject)}: {_detail(subject)}"


def _name(subject: RequiredSubject) -> str:
    return f"{subject.layout} with its defaults" if subject.kind == "layout" else " + ".join(subject.components)


def _detail(subject: RequiredSubject) -> str:
    if subject.request:
        return f"{subject.request.reviewer}: {' '.join(subject.request.comment.split())}"
    if subject.status == "changes":
        return "changes are asked for"
    if subject.status == "expired":
        return "approved too long ago"
    return "not approved" + (f" by {', '.join(subject.missing_roles)}" if subject.missing_roles else "")


def _paths(subject: RequiredSubject, project: LoadedProject) -> tuple[str, ...]:
    _, channel, locale = subject.place
    if subject.kind == "layout":
        return tuple(template.source.path for template in project.layout(channel, subject.layout).values())[:1]
    components = (project.components[address] for address in subject.components)
    lineage = project.settings.lineage(locale)
    return tuple((component.in_locale(lineage) or component.original).source.path for component in components)
