"""CSS: brand values put in, selectors checked, declarations inlined, head.css put at the end of the head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import css_inline

from assembler.authoring.compile.delimited_spans import CSS_COMMENTS, HTML_COMMENTS, blanked
from assembler.authoring.compile.document_limits import MOST_SHEET
from assembler.authoring.failures import LimitExceeded

_VARIABLE = re.compile(r"var\(\s*--brand-([A-Za-z0-9_-]+)\s*\)")
_NO_RULE = re.compile(r"""/\*(?:[^*]|\*(?!/))*+(?:\*/)?+|"(?:[^"\\\n]|\\.)*+"?+|'(?:[^'\\\n]|\\.)*+'?+""", re.DOTALL)
"""A comment, to its end or that of all; a string, to its end or that of its line."""
_BRACE = re.compile("[{}]")
# type, .class, or both, joined by descendant (blank) or child (>) combinators
_COMPOUND = r"(?:[a-zA-Z][a-zA-Z0-9]*(?:\.[A-Za-z_-][\w-]*)*|(?:\.[A-Za-z_-][\w-]*)+)"
_LOCAL = re.compile(rf"{_COMPOUND}(?:(?:\s*>\s*|\s+){_COMPOUND})*+", re.ASCII)


def brand_texts(brand: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the keys that lead to each text or number of the brand, and what stands there as text."""
    for key, value in brand.items():
        if isinstance(value, Mapping):
            yield from brand_texts(value, (*above, key))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield (*above, key), str(value)


def brand_values(brand: Mapping[str, Any]) -> dict[str, str]:
    """Return the brand's values by the name that CSS uses: colour: {ink: ...} is `colour-ink`."""
    return {"-".join(path): text for path, text in brand_texts(brand)}


def with_brand(css: str, values: Mapping[str, str]) -> str:
    """Return CSS with every known `var(--brand-...)` replaced. Raises `LimitExceeded` where that is too long."""
    longer = sum(len(values.get(match[1], match[0])) - len(match[0]) for match in _VARIABLE.finditer(css))
    if len(css) + longer > MOST_SHEET:
        raise LimitExceeded(f"a style sheet of more than {MOST_SHEET:,} characters")
    return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), css)


def unknown_brand_values(css: str, values: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the offset and name of every `var(--brand-...)` that the brand does not have."""
    for match in _VARIABLE.finditer(css):
        if match[1] not in values:
            yield match.start(), match[1]


def unfinished(css: str) -> tuple[int, str, str] | None:
    """Return where a comment or rule is that does not end, or an end of none: its offset, what it is, and the mend."""
    for match in _NO_RULE.finditer(css):
        if match[0].startswith("/*") and (len(match[0]) < len("/**/") or not match[0].endswith("*/")):
            return match.start(), "a comment that does not end", "write */ where it ends"
    bare = _NO_RULE.sub(lambda match: blanked(match[0]), css)
    starts: list[int] = []
    for brace in _BRACE.finditer(bare):
        if brace[0] == "{":
            starts.append(brace.start())
        elif not starts:
            return brace.start(), "a } that ends no rule", "remove it"
        else:
            starts.pop()
    return (starts[-1], "a rule that does not end", "write } where it ends") if starts else None


def foreign_selectors(css: str) -> Iterator[tuple[int, str, str]]:
    """Yield the offset of each part of inline.css that inlining slot by slot cannot keep, the part, and why."""
    css = CSS_COMMENTS.sub(blanked, css)
    at = 0
    while (brace := css.find("{", at)) >= 0:
        selectors = css[at:brace]
        offset = at + len(selectors) - len(selectors.lstrip())
        if selectors.strip().startswith("@"):
            yield offset, selectors.strip(), "rules with @ belong in head.css"
            return
        start = at
        for selector in selectors.split(","):
            if not _LOCAL.fullmatch(selector.strip()):
                blank = len(selector) - len(selector.lstrip())
                yield start + blank, selector.strip() or "nothing", "only type, class, descendant and child selectors"
            start += len(selector) + 1
        at = css.find("}", brace) + 1
        if at == 0:
            return
        nested = css.find("{", brace + 1, at)
        if nested >= 0:
            yield nested, "{", "write the inner rule on its own, after the } of the rule around it"
            return
    rest = css[at:].strip()
    if rest:
        yield css.find(rest, at), rest.split("\n")[0][:40], "write a rule, `selector { name: value; }`"


class Inliner:
    """Finishes the html part of a channel: declarations of inline.css inlined, head.css at the end of the head."""

    def __init__(self, inline_css: str, head_css: str) -> None:
        self.inline_css = inline_css
        self.head_css = head_css
        self.declarations = inline_css.count(";") + inline_css.count("{")
        """How many declarations may be inlined, at most."""
        self._inliner = css_inline.CSSInliner(
            inline_style_tags=False,
            keep_style_tags=True,
            keep_link_tags=True,
            load_remote_stylesheets=False,
            extra_css=inline_css or None,
        )
        # What would end the element early is left out: R09 tells of it.
        self._style = f"<style>\n{head_css.strip()}\n</style>" if head_css.strip() and "</" not in head_css else ""

    def finish(self, html: str) -> str:
        """Return the finished document. Raises `ValueError` where it cannot be parsed."""
        try:
            document = self._inliner.inline(html)
        except css_inline.InlineError as error:
            raise ValueError(str(error)) from None
        if not self._style:
            return document
        end = max(HTML_COMMENTS.sub(blanked, document).find("</head>"), 0)
        return document[:end] + self._style + document[end:]
