"""What lacks an approval, as people, GitHub and readers of JUnit files see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from assembler.cli.text.columns import table, visible
from assembler.cli.text.findings import for_github

if TYPE_CHECKING:
    from assembler.authoring.project.project import LoadedProject
    from assembler.review.gate import Gate, Reviewed

__all__ = ["gate_annotations", "gate_junit", "gate_summary", "gate_text"]

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
    """Every subject that lacks an approval, in columns; empty where none does."""
    rows = [(each.kind, f"{each.campaign}/{each.channel}/{each.locale}", _said(each)) for each in gate.lacking]
    faults = [("file", fault.path, fault.problem) for fault in gate.faults]
    return table([*faults, *rows], indent="")


def gate_summary(gate: Gate) -> str:
    """How much is approved: `989 of 989 pairs`."""
    counts = [f"{done} of {all_} {_PLURAL[kind]}" for kind, (done, all_) in gate.counts().items()]
    faults = [f"{len(gate.faults)} unreadable file{'s' * (len(gate.faults) != 1)}"] if gate.faults else []
    return "approved: " + ", ".join([*counts, *faults])


def gate_annotations(gate: Gate, project: LoadedProject, folder: str) -> str:
    """What lacks an approval as workflow commands of GitHub, one for each file; a pair is told of at both files."""
    found: dict[str, list[str]] = {fault.path: [fault.problem] for fault in gate.faults}
    for each in gate.lacking:
        for path in _paths(each, project):
            found.setdefault(path, []).append(f"{each.campaign}/{each.channel}/{each.locale}: {_said(each)}")
    notes = [_Annotation(path=path, message=_shortened(messages)) for path, messages in found.items()]
    return for_github(notes, folder=folder)


def gate_junit(gate: Gate) -> str:
    """Everything that needs an approval as a JUnit file: what lacks one has failed."""
    failures = len(gate.lacking) + len(gate.faults)
    about = {"name": "review", "tests": str(len(gate.subjects) + len(gate.faults)), "failures": str(failures)}
    suite = ElementTree.Element("testsuite", about)
    for each in gate.subjects:
        name = f"{each.kind} {_named(each)}"
        case = _case(suite, f"{each.campaign}.{each.channel}.{each.locale}", name)
        if each.status != "approved":
            ElementTree.SubElement(case, "failure", {"type": each.status, "message": _printable(each.detail)})
    for fault in gate.faults:
        case = _case(suite, "reviews", fault.path)
        ElementTree.SubElement(case, "failure", {"type": "unreadable", "message": _printable(fault.problem)})
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


def _said(each: Reviewed) -> str:
    return f"{_named(each)}: {each.detail}"


def _named(each: Reviewed) -> str:
    return f"{each.layout} with its defaults" if each.kind == "layout" else " + ".join(each.components)


def _paths(each: Reviewed, project: LoadedProject) -> tuple[str, ...]:
    """The files of a subject: those of its components, or of its layout."""
    if each.kind == "layout":
        return tuple(template.source.path for template in project.layout(each.channel, each.layout).values())[:1]
    return tuple(_path(address, each.locale, project) for address in each.components)


def _path(address: str, locale: str, project: LoadedProject) -> str:
    component = project.components[address]
    words = component.in_locale(project.settings.lineage(locale)) or component.original
    return words.source.path
