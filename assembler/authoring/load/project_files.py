"""Files -> their texts and the bytes of assets; what cannot be read is a finding."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.files import Files
from assembler.authoring.load.strict_yaml import MAX_BYTES
from assembler.library.values import in_nfc

_TEXTS = (".yaml", ".yml", ".md", ".j2", ".css")
_FOLDERS_OF_TEXTS = ("campaigns/", "components/")


@dataclass(frozen=True, slots=True, eq=False)
class ProjectFiles:
    """What was read of a project. Paths are in NFC, relative to its root.

    `texts` have newlines as \\n; `assets` are bytes by their path below assets/; `unread` are the paths of files that
    cannot be read, `of_theme` those of texts that are no files of the project.
    """

    texts: dict[str, str] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    of_theme: Set[str] = frozenset()

    def texts_below(self, folder: str) -> dict[str, str]:
        """Return the texts below a folder, given with its last `/`."""
        return {path: text for path, text in self.texts.items() if path.startswith(folder)}

    def unread_names(self, pattern: re.Pattern[str]) -> set[str]:
        """Return what a pattern of one group takes out of those paths of unread files that it matches."""
        return {match[1] for path in self.unread if (match := pattern.fullmatch(path))}


def read_files(files: Files, findings: Findings) -> ProjectFiles:
    """Read every text and asset of a project; links, paths out of it and unreadable files are reported."""
    read = ProjectFiles()
    for path in files.links():
        findings.add("R06", Place(path), "a symbolic link", "put the file itself here")
        read.unread.add(path)
    seen: set[str] = set()
    for path in files.paths():
        data = _bytes(files, path, findings)
        name = in_nfc(path)
        if data is None:
            read.unread.add(path)
        elif name in seen:
            hint = "remove one of the two: their names differ in their form of Unicode only"
            findings.add("R04", Place(path), "another file has this name", hint)
        else:
            seen.add(name)
            _keep(read, name, data, findings)
    return read


def _bytes(files: Files, path: str, findings: Findings) -> bytes | None:
    """Return the bytes of a file; None, and a finding, where it is outside the project or cannot be opened."""
    if ".." in path.split("/") or path.startswith("/"):
        hint = "keep every file below the project's folder"
        findings.add("R06", Place(path), "a path that leaves the project", hint)
        return None
    try:
        return files.read(path)
    except OSError as error:
        findings.add("R01", Place(path), f"cannot be read: {error.strerror}", "mend the file's permissions")
        return None


def _keep(read: ProjectFiles, path: str, data: bytes, findings: Findings) -> None:
    if path.startswith("assets/"):
        read.assets[path.removeprefix("assets/")] = data
    elif path.endswith(_TEXTS) or path.startswith(_FOLDERS_OF_TEXTS):
        text = _decoded(path, data, findings)
        if text is None:
            read.unread.add(path)
        else:
            read.texts[path] = text


def _decoded(path: str, data: bytes, findings: Findings) -> str | None:
    """Return the text of a file; None, and a finding, where it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        findings.add("R01", Place(path), f"the file is larger than {MAX_BYTES // 1024} kB", "split it")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        findings.add("R01", place, "not UTF-8", "save the file as UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
