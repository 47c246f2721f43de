"""Copies of the starter in memory: another brand's, or with a language that nobody has written yet."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.project.component import AssetRef, ComponentType, Words

__all__ = ["ARABIC", "COMPOUNDS", "OTHER_BRAND", "other_brand", "starter_files", "translated", "without_checks"]

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

OTHER_BRAND = """\
brand:
  name: Night Ferry Press
  url: "https://www.harbourandpine.example"
  logo: copse.png
  card: coast_map.jpg
  colour: {paper: "#e7e9f2", sheet: "#ffffff", ink: "#1a1430", soft: "#55506b", line: "#cfd3e6", deep: "#3b1d6e", on_deep: "#f1ecfb", link_on_deep: "#ffd6f2", tint: "#eee8fb", slip: "#d9f0ff", spark: "#ff5fc4", action: "#7a1fd1", on_action: "#ffffff"}
  night: {paper: "#05030c", sheet: "#120c22", ink: "#f2eefc", soft: "#bdb4d6", line: "#3d3357", deep: "#c9b3ff", tint: "#221940", slip: "#0f2b3c", on_slip: "#cdeaff", action: "#ff9be0"}
  font: {display: "'Arial Black', Verdana, sans-serif", text: "Verdana, Tahoma, sans-serif", outlook: "Verdana, sans-serif"}
  type:
    title: {size: 32px, line: 40px}
    title_narrow: {size: 26px, line: 33px}
    letter_title: {size: 27px, line: 34px}
    heading: {size: 24px, line: 30px}
    heading_narrow: {size: 21px, line: 28px}
    quote: {size: 20px, line: 29px}
    quote_narrow: {size: 19px, line: 28px}
    letter: {size: 16px, line: 28px}
    text: {size: 16px, line: 25px}
    button: {size: 17px, line: 21px}
    small: {size: 15px, line: 23px}
    fine: {size: 14px, line: 22px}
    page_title: {size: "clamp(1.7rem, 1.2rem + 2vw, 2.75rem)", line: 1.15}
    page_story_title: {size: "clamp(1.8rem, 1.2rem + 3vw, 3.5rem)", line: 1.1}
    page_heading: {size: 1.5rem, line: 1.2}
    page_quote: {size: 1.25rem, line: 1.45}
    page_lead: {size: 1.2rem, line: 1.5}
    page_text: {size: 1rem, line: 1.65}
    page_button: {size: 1.05rem, line: 1.3}
    page_small: {size: 0.9rem, line: 1.55}
  space: {gutter: 44px, narrow: 20px, large: 52px, block: 36px, medium: 22px, line: 18px, small: 14px, hair: 9px}
  radius: 22px
"""
"""Another house: violet and pink, sans serif, round, no ornament."""

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
    """The starter with another brand's block, and nothing else changed."""
    files = starter_files()
    text, count = _BRAND.subn(lambda _: OTHER_BRAND, str(files["assembler.yaml"]))
    assert count == 1
    return {**files, "assembler.yaml": text}


def translated(locale: str, direction: str, words: list[str]) -> dict[str, str | bytes]:
    """The starter with one more locale, in which every word is another; links and merge fields stay."""
    files = starter_files()
    project = Project.from_files(files).loaded
    cycle = itertools.cycle(words)
    settings = str(files["assembler.yaml"])
    files["assembler.yaml"] = settings.replace("locales: [en, fr]", f"locales: [en, fr, {locale}]")
    strings = {key: _other(text, cycle) for key, text in project.strings["en"].items()} | {"direction": direction}
    files["templates/strings.yaml"] = f"{files['templates/strings.yaml']}{locale}: {_flow(strings)}\n"
    for component in project.components.values():
        front, body = _translation(component.original, project.types[component.type], cycle)
        fence = f"---\n{_flow(front)}\n---\n" if front else ""
        files[f"components/{component.address}.{locale}.md"] = f"{fence}{body}\n"
    return files


def without_checks(files: Mapping[str, str | bytes]) -> tuple[Project, Library]:
    """A project and its library, even where a rule for copy has something to say."""
    project = Project.from_files(files)
    return project, Library(project.compiled.content, project.compiled.texts)


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _translation(spoken: Words, type_: ComponentType, cycle: itertools.cycle[str]) -> tuple[dict[str, object], str]:
    front: dict[str, object] = {}
    for name, value in spoken.fields.items():
        if isinstance(value, AssetRef):
            front[name] = {"alt": _other(value.alt or "", cycle)}
        elif type_.fields[name].translates:
            front[name] = _other(str(value), cycle, type_.fields[name].max_length)
    return front, _other(spoken.body, cycle, type_.max_length)


def _other(text: str, cycle: itertools.cycle[str], limit: int | None = None) -> str:
    """The text with other words, as long as it may be at most."""
    room = 10_000 if limit is None else limit - len(text)

    def other(match: re.Match[str]) -> str:
        nonlocal room
        word = next(cycle)[: len(match[0]) + room]
        room -= len(word) - len(match[0])
        return word

    return "".join(each if index % 2 else _WORD.sub(other, each) for index, each in enumerate(_KEPT.split(text)))
