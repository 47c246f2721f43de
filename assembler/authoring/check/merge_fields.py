"""How a merge field is written that was meant otherwise: in another system's way, or without its fallback."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain

from assembler.errors import nearest

_FALLBACK = re.compile(
    r"(?:default|fallback|\bor\b|\|\||,)\W{0,5}?"
    r"(?:[\"“”„«](?P<double>[^\"“”„«»{}\n]{1,200})[\"“”»]|['‘’](?P<single>[^'‘’\"{}\n]{1,200})['’])"
)
_UNQUOTED = re.compile(r"(?:default|fallback)\s*[:=]\s*(?P<bare>[^\"'“”‘’|(){}\n]{1,200})")
_NAME = re.compile(r"[^\W\d]\w*(?:[ .-][^\W\d]\w*)*")
_OURS = re.compile(r"[^a-z0-9]+")


def merge_field_meant(text: str, fields: Collection[str]) -> str:
    """The merge field that a piece of copy most likely stands for, with its fallback where that can be told."""
    fallback = _FALLBACK.search(text) or _UNQUOTED.search(text)
    words = str(fallback[fallback.lastgroup or 0]).strip() if fallback else ""
    return f'{{{{ {_field(text, fields)} | default: "{words or "words"}" }}}}'


def _field(text: str, fields: Collection[str]) -> str:
    """The name of the field that a piece of copy means; the first there is, where nothing is near."""
    before = re.split(r"default|fallback|\bor\b|[|,]", text, maxsplit=1)[0]
    names = _NAME.findall(before) or [text]
    wanted = [part.lower() for name in names for part in (name, name.rpartition(".")[2]) if part]
    ours = {_OURS.sub("", field): field for field in fields}
    same = filter(None, (ours.get(_OURS.sub("", name)) for name in wanted))
    near = filter(None, (nearest(_OURS.sub("_", name), fields) for name in wanted))
    return next(chain(same, near, fields), "first_name")
