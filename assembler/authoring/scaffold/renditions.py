"""How a component type looks in a channel, before somebody designs it."""

from __future__ import annotations

from typing import Final

_MAIL: Final = (
    '<table class="copy" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tbody><tr>'
    '<td class="gutter">\n{}\n</td></tr></tbody></table>\n'
)
_PAGE: Final = '<div class="copy">\n{}\n</div>\n'
_HTML: Final = {"email": _MAIL, "web": _PAGE}
"""What is around the words of a rendition, by the envelope of its channel."""


def rendition(part: str, envelope: str, body: str) -> str | None:
    """Return the template of a type's body in a part of a channel; None where the body stands for itself."""
    if part == "html" and envelope in _HTML:
        return _HTML[envelope].format("{{ body }}" if body == "markdown" else "<p>{{ body }}</p>")
    return "{{ body | plain }}\n" if part == "text" and body == "markdown" and envelope != "web" else None
