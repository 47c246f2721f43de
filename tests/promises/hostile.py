"""What a caller may hand in, and where: texts and objects that break what trusts them; the objects are the fuzzer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assembler import Library
from tests.fuzz.contexts import LEAVES, TEXTS
from tests.fuzz.recipes import Recipe, build, kinds

CONTEXT_KEYS = ("id", "locale", "consent", "signals", "fields", "segment", "stage")

MARKUP = (
    "<script>window.harmed=1</script>",
    "</title><script>window.harmed=1</script>",
    "</style></script><script>window.harmed=1</script>",
    '"><img src=x onerror=window.harmed=1>',
    "'><svg onload=window.harmed=1>",
    '" onmouseover="window.harmed=1" x="',
    "javascript:window.harmed=1",
    " java\tscript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "https://evil.example/steal",
    "https://www.harbourandpine.example@evil.example/",
    "https://www.harbourandpine.example\\@evil.example/",
    "//evil.example/x.png",
    "https://www.harbourandpine.example/u/1?a=\"onclick='window.harmed=1'",
    "--><script>window.harmed=1</script><!--",
    "<![endif]--><script>window.harmed=1</script>",
    "]]><iframe src=https://evil.example></iframe>",
    '"}</script><script>window.harmed=1</script>',
    '\\u0022}];window.harmed=1;//"',
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "url(https://evil.example/x.png)",
    "<style>@import 'https://evil.example/x.css';</style>",
    "</textarea></table></td><h1>Twice</h1>",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.harmed=1&#62;",
    "{{constructor.constructor('window.harmed=1')()}}",
    "${window.harmed=1}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.harmed=1>",
    "\u202e<b>desrever</b>",
    "a\u2028<script>window.harmed=1</script>",
    "=?utf-8?q?Hi=0D=0ABcc:_e@x?=",
    "a\r\nBcc: e@evil.example",
    "[Claim $500](https://evil.example)",
    "java\0script:alert(1)",
    "\x85\x0b\x0c",
    "\ufffe\uffff",
    "%00%0d%0a<",
    "zq0123456789abf0z zq0123456789abs1z",
    "</script",
    "<!--",
    "\\",
    "\\u003cscript\\u003e",
    "&quot; onload=&quot;x",
)
"""Texts that break out of the place where they stand, if that is written as it is."""

NAUGHTY = tuple(dict.fromkeys((
    *TEXTS, *MARKUP, "1e309", "\u0661\u0662", "\ufeff", "\udfff\ud800", "\r\nBcc: x@y.example", "' OR 1=1 --",
    "'; DROP TABLE users; --", "{{7*7}}", "{{ x }}", "%s%n", "../../etc", "x" * 100_000, "\x85",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f9ed" * 30, "Z\u0351\u0348a\u0332lgo", "=cmd|' /C calc'!A0",
    "I\u0307", "\ufdfa", "\U000e0041", "data:text/html,x", "</title>", "&lt;b&gt;",
)))  # fmt: skip
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
    yield {**more, "signals": dict.fromkeys(library.content.signals, value)}
    yield {**more, "fields": dict.fromkeys(library.content.fields, value)}
    yield {**more, "consent": [value, "marketing"]}
    yield {**more, "consent": (value,)}


def places(library: Library) -> list[tuple[str, str, str]]:
    """Every campaign, channel and locale."""
    return [
        (campaign, channel, locale)
        for campaign in library.campaigns
        for channel in library.channels(campaign)
        for locale in library.locales
    ]
