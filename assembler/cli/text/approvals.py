"""What lacks an approval, as people, GitHub and readers of JUnit files see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from assembler.cli.text.columns import table, visible
from assembler.cli.text.findings import for_github

if TYPE_CHECKING:
    from assembler.authoring.project.project import LoadedProject
    from assembler.review.approvals.gate import Gate, RequiredSubject

_MOST_LINES = 10
_PLURAL = {"layout": "layouts", "component": "components", "pair": "pairs", "request": "requests for changes met"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Annotation:
    """What lacks an approval and stands in one file."""

    path: str
    message: str
    code: str = "review"
    severity: str = "error"
    line: int = 1
    column: int = 1
    hint: str | None = None
    source: str = ""


def gate_text(gate: Gate) -> str:
    """Return every subject that lacks an approval, in columns; empty where none does."""
    files = [("file", file.path, file.problem) for file in gate.unreadable]
    rows = [(subject.kind, "/".join(subject.place), _line(subject)) for subject in gate.lacking]
    return table([*files, *rows], indent="")


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
    files = len(gate.unreadable)
    return "approved: " + ", ".join([*counts, *([f"{files} unreadable file{'s' * (files != 1)}"] if files else [])])


def gate_annotations(gate: Gate, project: LoadedProject, folder: str) -> str:
    """Return what lacks an approval as workflow commands of GitHub, one for each file; a pair is told of at both
    files."""
    messages: dict[str, list[str]] = {file.path: [file.problem] for file in gate.unreadable}
    for subject in gate.lacking:
        for path in _paths(subject, project):
            messages.setdefault(path, []).append(f"{'/'.join(subject.place)}: {_line(subject)}")
    notes = [_Annotation(path=path, message=_shortened(lines)) for path, lines in messages.items()]
    return for_github(notes, folder=folder)


def gate_junit(gate: Gate) -> str:
    """Return everything that needs an approval as a JUnit file: what lacks one has failed."""
    failures = len(gate.lacking) + len(gate.unreadable)
    about = {"name": "review", "tests": str(len(gate.subjects) + len(gate.unreadable)), "failures": str(failures)}
    suite = ElementTree.Element("testsuite", about)
    for subject in gate.subjects:
        case = _case(suite, ".".join(subject.place), f"{subject.kind} {_name(subject)}")
        if subject.status != "approved":
            message = _printable(_detail(subject))
            ElementTree.SubElement(case, "failure", {"type": subject.status, "message": message})
    for file in gate.unreadable:
        case = _case(suite, "reviews", file.path)
        ElementTree.SubElement(case, "failure", {"type": "unreadable", "message": _printable(file.problem)})
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")


def _shortened(messages: list[str]) -> str:
    rest = len(messages) - _MOST_LINES
    return "\n".join([*messages[:_MOST_LINES], *([f"and {rest} more"] if rest > 0 else [])])


def _case(suite: ElementTree.Element, place: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", {"classname": _printable(place), "name": _printable(name)})


def _printable(text: str) -> str:
    """Text as XML can hold it."""
    return "".join(map(visible, text))


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
    """What a subject that is not approved lacks."""
    if subject.request:
        return f"{subject.request.reviewer}: {' '.join(subject.request.comment.split())}"
    if subject.status == "changes":
        return "changes are asked for"
    if subject.status == "expired":
        return "approved too long ago"
    return "not approved" + (f" by {', '.join(subject.missing_roles)}" if subject.missing_roles else "")


def _paths(subject: RequiredSubject, project: LoadedProject) -> tuple[str, ...]:
    """The files of a subject: those of its components, or of its layout."""
    _, channel, locale = subject.place
    if subject.kind == "layout":
        return tuple(template.source.path for template in project.layout(channel, subject.layout).values())[:1]
    return tuple(_path(address, locale, project) for address in subject.components)


def _path(address: str, locale: str, project: LoadedProject) -> str:
    component = project.components[address]
    words = component.in_locale(project.settings.lineage(locale)) or component.original
    return words.source.path
