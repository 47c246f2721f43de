"""Copies of the starter in memory: another brand's, or with a language that nobody has written yet."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.project.component import Words
from assembler.authoring.project.component_type import Lengths
from assembler.authoring.project.source import KeyPath

ROOT = Path(__file__).parents[2]

ARABIC = (
    "مرحبا بكم في متجرنا عند الميناء حيث نصنع السترات والأحذية والحقائب ونصلحها طوال عمرها "
    "جربوا القطعة ستين يوما في الهواء الطلق ثم أعيدوها إن لم تناسبكم"
).split(" ")
"""Words of a language that is written from right to left."""

COMPOUNDS = (
    "Regenjackenreißverschlussreparatur und Wanderschuhsohlenerneuerung für Küstenwegbegeher mit "
    "Lieferkettensorgfaltspflichtengesetz Rucksackhüftgurtpolsterung ohne Versandkostenpauschale"
).split(" ")
"""Words that are longer than a phone is wide."""

_BRAND = re.compile(r"^brand:.*\n(?:[ ].*\n)+", re.MULTILINE)
_KEPT = re.compile(r"(\{\{.*?\}\}|\]\([^)]*\))")
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'-][^\W\d_]+)*")


def starter_files() -> dict[str, str | bytes]:
    """The starter's files by path."""
    files: dict[str, str | bytes] = {"assembler.yaml": (ROOT / "assembler.yaml").read_text(encoding="utf-8")}
    for folder in ("campaigns", "components", "templates", "assets"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".py":
                name = path.relative_to(ROOT).as_posix()
                files[name] = path.read_bytes() if folder == "assets" else path.read_text(encoding="utf-8")
    return files


def other_brand() -> dict[str, str | bytes]:
    """The starter with another brand's block and logo, and nothing else changed."""
    files = starter_files()
    block = (Path(__file__).parent / "other_brand.yaml").read_text(encoding="utf-8")
    text, count = _BRAND.subn(lambda _: block, str(files["assembler.yaml"]))
    assert count == 1
    return {**files, "assembler.yaml": text, "assets/night_ferry.png": _logo()}


def _logo() -> bytes:
    """White words on a violet pill, twice the size at which they are shown."""
    picture = Image.new("RGBA", (420, 96))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, 419, 95), radius=48, fill="#3b1d6e")
    draw.text((210, 46), "Night Ferry Press", fill="#ffffff", font=ImageFont.load_default(40), anchor="mm")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def translated(locale: str, direction: str, words: list[str]) -> dict[str, str | bytes]:
    """The starter with one more locale, in which every word is another; links and merge fields stay."""
    files = starter_files()
    project = Project.from_files(files).loaded
    cycle = itertools.cycle(words)
    settings = str(files["assembler.yaml"])
    files["assembler.yaml"] = settings.replace("locales: [en, fr]", f"locales: [en, fr, {locale}]")
    strings = {key: _other(text, cycle) for key, text in project.strings["en"].items()} | {"direction": direction}
    files["templates/strings.yaml"] = str(files["templates/strings.yaml"]) + f"{locale}: {_flow(strings)}\n"
    for component in project.components.values():
        front, body = _translation(component.original, cycle)
        fence = f"---\n{_flow(front)}\n---\n" if front else ""
        files[f"components/{component.address}.{locale}.md"] = f"{fence}{body}\n"
    return files


def without_checks(files: Mapping[str, str | bytes]) -> tuple[Project, Library]:
    """A project and its library, even where a rule for copy has something to say."""
    project = Project.from_files(files)
    return project, Library(project.compiled.content, project.compiled.texts)


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _translation(spoken: Words, cycle: itertools.cycle[str]) -> tuple[dict[str, object], str]:
    front: dict[str, object] = {}
    for value in spoken.of_kind("text", "markdown", "alt"):
        if value.kind == "alt" or value.spec.translates:
            _put(front, value.path, _other(value.text, cycle, _least(value.spec.max_length)))
    return front, str(front.pop("body"))


def _least(lengths: Lengths | None) -> int | None:
    return min(lengths.values()) if isinstance(lengths, dict) else lengths


def _put(node: Any, path: KeyPath, text: str) -> None:
    """Write a text at a path below a mapping, or a list of them."""
    for key, below in itertools.pairwise(path):
        if isinstance(key, int):
            node += [{} for _ in range(key + 1 - len(node))]
            node = node[key]
        else:
            node = node.setdefault(key, [] if isinstance(below, int) else {})
    node[path[-1]] = text


def _other(text: str, cycle: itertools.cycle[str], limit: int | None = None) -> str:
    """The text with other words, as long as it may be at most."""
    room = 10_000 if limit is None else limit - len(text)

    def other(match: re.Match[str]) -> str:
        nonlocal room
        word = next(cycle)[: len(match[0]) + room]
        room -= len(word) - len(match[0])
        return word

    return "".join(piece if index % 2 else _WORD.sub(other, piece) for index, piece in enumerate(_KEPT.split(text)))
