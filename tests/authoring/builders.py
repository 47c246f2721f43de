"""A small clean project of named parts: a test says what differs, and every builder gives files by path.

`project()` has two campaigns, two channels, two locales, and each feature once; `check` finds nothing in it.
`project(component("title/sweet", segments=["loyal"]), settings(owner=None))` differs in two files. In what people
write in YAML a value is text as it stands there, a list, or a mapping; None leaves the key out. In templates and style
sheets a piece is text. What a test does not name is as in the clean project.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from types import EllipsisType
from typing import TypeAlias

from PIL import Image

from assembler.authoring import Project
from assembler.authoring.incremental.build_cache import BuildCache
from tests.authoring.clean import (
    BACK,
    CAMPAIGNS,
    CANADIAN,
    COMPONENTS,
    HEAD,
    HEAD_PIECES,
    INLINE,
    INLINE_PIECES,
    MAIL,
    MAIL_PIECES,
    PAGE,
    PAGE_PIECES,
    RENDITIONS,
    SETTINGS,
    TEXT,
    TEXT_PIECES,
    TRANSLATED_FRONT,
    TYPES,
    Value,
)

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)

File: TypeAlias = str | bytes | None
"""What a file holds; None: there is no such file."""
Files: TypeAlias = dict[str, File]


KEPT = BuildCache()
"""What need not be compiled for each test: nothing differs, as tests/authoring/incremental shows."""


def project(*parts: Mapping[str, File]) -> dict[str, str | bytes]:
    """The files of the clean project, with these in their place or beside them."""
    return put(_clean(), *parts)


def in_memory(files: Mapping[str, str | bytes]) -> Project:
    """The project of these files; what other tests have compiled or judged of it is not done again."""
    return Project.from_files(files, cache=KEPT)


def put(files: Mapping[str, File], *parts: Mapping[str, File]) -> dict[str, str | bytes]:
    """Files with these in their place or beside them."""
    merged = dict(files)
    for part in parts:
        merged |= part
    return {path: file for path, file in merged.items() if file is not None}


def image(format_: str = "PNG", size: tuple[int, int] = (21, 10), colour: str = "#205040", mode: str = "RGB") -> bytes:
    """The bytes of an image of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format_)
    return out.getvalue()


# YAML


def _flow(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items() if item is not None) + "}"
    return str(value)


def lines(parts: Mapping[str, Value], depths: Mapping[str, int] | None = None, indent: str = "") -> str:
    """Keys and values, one a line; what `depths` names is written in so many further levels of lines."""
    text = ""
    for key, value in parts.items():
        depth = (depths or {}).get(key, 0)
        if depth and isinstance(value, Mapping):
            below = lines(value, dict.fromkeys(value, depth - 1), f"{indent}  ")
            text += f"{indent}{key}:\n{below}"
        elif value is not None:
            written = _flow(value)
            blank = "" if written[:1] in ("", "\n") else " "
            text += f"{indent}{key}:{blank}{written}\n"
    return text


def _audiences(audiences: Value) -> Value:
    """Stages or segments, each under its id, as YAML has them."""
    if not isinstance(audiences, Mapping):
        return audiences
    items = [lines({"id": id_, **keys}, indent="    ") for id_, keys in audiences.items() if isinstance(keys, Mapping)]
    return "\n" + "".join(f"  - {item[4:]}" for item in items).rstrip("\n")


def changed(default: Mapping[str, Value], changes: Mapping[str, Value]) -> dict[str, Value]:
    """Named parts after changes, mappings key by key; new keys come last."""
    parts = dict(default)
    for key, value in changes.items():
        before = parts.get(key)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        parts[key] = changed(before, value) if both else value  # type: ignore[arg-type]
    return parts


def settings(**changes: Value) -> Files:
    """`assembler.yaml`; signals, stages and segments are named by their ids."""
    parts = changed(SETTINGS, changes)
    parts |= {key: _audiences(parts[key]) for key in ("stages", "segments")}
    return {"assembler.yaml": lines(parts, {"channels": 1, "fields": 1, "signals": 2})}


def rules(**conditions: str) -> Files:
    """The settings in which these stages and segments have other rules."""
    stages: dict[str, Value] = {}
    segments: dict[str, Value] = {}
    for name, condition in conditions.items():
        (stages if name in ("away", "here") else segments)[name] = {"when": condition}
    return settings(stages=stages, segments=segments)


def campaign(id_: str, /, **changes: Value) -> Files:
    """The file of a campaign; a new one is as `start`."""
    parts = changed(CAMPAIGNS.get(id_, CAMPAIGNS["start"]), changes)
    return {f"campaigns/{id_}.yaml": lines(parts, {"slots": 1})}


def component_type(id_: str, /, **changes: Value) -> Files:
    """The file of a component type; a new one has a body of text, and no fields."""
    parts = changed(TYPES.get(id_, {"body": "text"}), changes)
    return {f"components/{id_}/_type.yaml": lines(parts, {"fields": 1})}


def strings(**locales: Value) -> Files:
    """The fixed words of templates, by locale."""
    parts: dict[str, Value] = {"en": {"leave": "Leave"}, "fr": {"leave": "Se désinscrire"}}
    return {"templates/strings.yaml": lines(changed(parts, locales))}


# Components


def component(
    address: str, words: str | None = None, /, *, fr: str | EllipsisType | None = ..., **front: Value
) -> Files:
    """A component; one that the clean project has not is for everyone in the campaign back. `fr` is its French words.

    Keys of its own come after `campaigns`, in their order. Without `fr`, a component of the clean project keeps its
    French words and a new one gets some; with None there is no French.
    """
    known = COMPONENTS.get(address)
    default, english, french = known or (BACK, f"Words of {address}", f"Mots de {address}")
    parts = changed(default, front)
    own = {key: value for key, value in parts.items() if key not in default}
    written = lines({"campaigns": parts["campaigns"]} | own | parts)
    files: Files = {f"components/{address}.md": f"---\n{written}---\n{english if words is None else words}\n"}
    if fr is None:
        return files | {f"components/{address}.fr.md": None}
    if fr is not ... or known is None:
        files |= translation(address, french if fr is ... else fr)
    return files


def translation(address: str, words: str | None = None, /, locale: str = "fr", **front: Value) -> Files:
    """A translation of a component; the front matter of the clean project's stays, unless it is named."""
    written = lines(dict(front) | TRANSLATED_FRONT.get(address, {}) | front)
    body = COMPONENTS[address][2] if words is None else words
    return {f"components/{address}.{locale}.md": (f"---\n{written}---\n" if written else "") + f"{body}\n"}


def without(*addresses: str) -> Files:
    """These components are not there, nor is their French."""
    return {f"components/{address}{end}": None for address in addresses for end in (".md", ".fr.md")}


# Templates: each piece stands where its name is in brackets. One with a blank before its name goes with that blank.

_PIECE = re.compile(r"\[( ?)(?!endif)([a-z_0-9]+)\]")


def _filled(template: str, default: Mapping[str, str], changes: Mapping[str, str]) -> str:
    unknown = changes.keys() - default.keys()
    assert not unknown, f"no such pieces: {unknown}"
    pieces = {**default, **changes}

    def piece(match: re.Match[str]) -> str:
        text = pieces[match[2]]
        return f"{match[1]}{text}" if text else ""

    return _PIECE.sub(piece, template)


def mail(**pieces: str) -> Files:
    """The html layout of mails: `mail(charset="")` has no charset."""
    return {"templates/email/note.html.j2": _filled(MAIL, MAIL_PIECES, pieces)}


def page(**pieces: str) -> Files:
    """The html layout of pages."""
    return {"templates/page/board.html.j2": _filled(PAGE, PAGE_PIECES, pieces)}


def text_part(**pieces: str) -> Files:
    """The text layout of mails."""
    return {"templates/email/note.text.j2": _filled(TEXT, TEXT_PIECES, pieces)}


def inline_css(**declarations: str) -> Files:
    """What mails have inlined; `more` is whole rules."""
    return {"templates/email/inline.css": _filled(INLINE, INLINE_PIECES, declarations)}


def head_css(**rules: str) -> Files:
    """What stands in the head of mails."""
    return {"templates/email/head.css": _filled(HEAD, HEAD_PIECES, rules)}


def rendition(name: str, /, **pieces: str) -> Files:
    """The template of a type in a channel, such as `email/story.html`."""
    channel, file = name.split("/")
    return {f"templates/{channel}/components/{file}.j2": _filled(*RENDITIONS[name], pieces)}


@cache
def _clean() -> Mapping[str, File]:
    files: Files = {
        **settings(),
        **campaign("back"),
        **campaign("start"),
        **component_type("title"),
        **component_type("story"),
        **component_type("offer"),
        "templates/email/note.subject.j2": '{{ slot("title") }}\n',
        "templates/email/note.preheader.j2": '{{ slot("title") }}\n',
        **mail(),
        **text_part(),
        **inline_css(),
        **head_css(),
        **page(),
        **strings(),
        "assets/logo.png": image(),
        "assets/shop.png": image(size=(40, 20)),
    }
    for name in RENDITIONS:
        files |= rendition(name)
    for address in COMPONENTS:
        files |= component(address, fr=COMPONENTS[address][2])
    return files | translation("title/plain", CANADIAN, "fr-CA")
