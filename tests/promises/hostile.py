"""What a caller may hand in: texts and objects that break what trusts them; the objects are the fuzzer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assembler import Library
from tests.fuzz.contexts import LEAVES, TEXTS
from tests.fuzz.recipes import Recipe, build, kinds

__all__ = ["CONTEXT_KEYS", "NAUGHTY", "ODD", "everywhere", "hostile"]

CONTEXT_KEYS = ("id", "locale", "consent", "signals", "fields", "segment", "stage")

NAUGHTY = (
    *TEXTS, "1e309", "\u0661\u0662", "\ufeff", "\udfff\ud800", "\r\nBcc: x@y.example", "a\r\nBcc: e@evil.example",
    "' OR 1=1 --", "'; DROP TABLE users; --", "{{7*7}}", "{{ x }}", "%s%n", "../../etc", "x" * 100_000, "\x85",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f9ed" * 30, "Z\u0351\u0348a\u0332lgo", "=cmd|' /C calc'!A0",
    "=?utf-8?q?Hi=0D=0ABcc:_e@x?=", "I\u0307", "\ufdfa", "\U000e0041", "data:text/html,x", "</title>", "&lt;b&gt;",
    "https://www.harbourandpine.example\\@evil.example", "[Claim $500](https://evil.example)",
)  # fmt: skip
"""Texts that are mark-up, code, headers, placeholders, or no text at all somewhere."""

ODD: tuple[Recipe, ...] = (
    *LEAVES,
    *({"!": "text", "of": of, "is": "Maya"} for of in kinds("text")),
    *({"!": "mapping", "of": of, "items": [["value", 9]]} for of in kinds("mapping")),
    *({"!": "members", "of": of, "items": ["marketing", 1]} for of in kinds("members")),
    *({"!": "integer", "sign": sign, "bits": 16_610} for sign in (-1, 1)),
    {"!": "integer", "sign": 9, "bits": 0, "raising": True},
    *({"!": "datetime", "is": "2026-11-20T08:00:00", "zone": zone} for zone in (None, "0", "raise", "nonsense")),
    {"!": "datetime", "is": "2026-11-20T08:00:00", "zone": "0", "raising": True},
    {"!": "mapping", "of": "dict", "items": [[1, 2], [None, None]]},
)
"""Recipes of objects: of every type, of types that lie or raise, of any size, holding themselves."""


def hostile(of: str) -> Any:
    """An object of a class that raises whatever it is asked."""
    return build({"!": "object", "of": of})


def everywhere(library: Library, value: Any, more: Mapping[str, Any]) -> Iterator[Any]:
    """Contexts that hold the value in one place each, beside all else that is said; and the value as a context."""
    yield value
    for key in CONTEXT_KEYS:
        yield {**more, key: value}
    for name in library.content.signals:
        yield {**more, "signals": {name: value}}
        yield {**more, "signals": {name: {"value": value, "observed_at": "2026-11-20T08:00:00Z"}}}
        yield {**more, "signals": {name: {"value": 7, "observed_at": value}}}
    for name in library.content.fields:
        yield {**more, "fields": {name: value}}
    yield {**more, "consent": [value, "marketing"]}
    yield {**more, "consent": (value,)}
