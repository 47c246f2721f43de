"""How large and how deep a document and its style sheets may be, so that parsing and inlining end in time.

What inlines CSS calls itself for every level, and ends the whole process where the stack does, at some 10,000 levels.
Its work grows with the declarations for each element.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

MOST_LEVELS: Final = 100
"""Elements within each other. Ten tables within each other, as mail has them, take 40."""

MOST_TAGS: Final = 10_000
"""Tags of a document. A mail that Gmail does not clip has a fifth of it."""

MOST_SHEET: Final = 64 * 1024
"""Characters of a style sheet with the brand's values in it."""

MOST_DECLARED: Final = 2_000_000
"""Declarations of inline.css times tags: 400 for a page of 5,000."""

_NAMES = "(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
"""What parsers open again (HTML, 13.2.4.3: the list of active formatting elements)."""

_FORMATTING = re.compile(rf"<{_NAMES}(?=[\s/>])", re.IGNORECASE)
_FORMATTING_ENDS = re.compile(rf"</{_NAMES}(?=[\s/>])", re.IGNORECASE)

MOST_FINISHED: Final = 512 * 1024
"""Characters of a document with its styles inlined."""


def beyond_parsing(html: str, declarations: int) -> str | None:
    """Return what of a document is too much for it to be parsed and its styles to be inlined; None where nothing is."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        return f"a document of more than {MOST_TAGS:,} tags"
    if tags * declarations > MOST_DECLARED:
        product = f"{tags:,} tags with {declarations:,} declarations to inline"
        return f"a document of {product}: over {MOST_DECLARED:,} in all"
    # In each block that follows, a parser opens again whatever formatting is open, which would take very long.
    open_formatting = len(_FORMATTING.findall(html)) - len(_FORMATTING_ENDS.findall(html))
    if open_formatting > MOST_LEVELS or (tags > MOST_LEVELS and levels(html) > MOST_LEVELS):
        return f"more than {MOST_LEVELS} elements within each other"
    return None


def levels(html: str) -> int:
    """Return how many elements of a document stand within each other at its deepest place."""
    deepest = 0
    open_ = [(LexborHTMLParser(html).root, 1)]
    while open_:
        node, level = open_.pop()
        while node is not None:
            if node.is_element_node:
                deepest = max(deepest, level)
                open_.append((node.child, level + 1))
            node = node.next
    return deepest
