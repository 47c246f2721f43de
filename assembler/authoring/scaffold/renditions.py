"""How a component type looks in a channel, before somebody designs it: its body, and its other fields behind that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from assembler.authoring.project.component_type import FieldSpec
from assembler.library.parts import PARTS

_MAIL: Final = (
    '<table class="{}" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tbody><tr>'
    '<td class="gutter">\n{}\n</td></tr></tbody></table>\n'
)
_PAGE: Final = '<div class="{}">\n{}\n</div>\n'
_HTML: Final = {"email": _MAIL, "web": _PAGE}
"""What is around the words of a rendition, by the envelope of its channel."""

_SIZE: Final = 'width="{{ NAME.width }}" height="{{ NAME.height }}" alt="{{ NAME.alt }}">'
_PICTURES: Final = {
    "email": f'<img src="{{{{ NAME.url_2x }}}}" {_SIZE}',
    "web": f'<img src="{{{{ NAME.url }}}}" srcset="{{{{ NAME.url }}}} 1x, {{{{ NAME.url_2x }}}} 2x" {_SIZE}',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What components of a type say: a `body` of text or markdown, if any, and fields. What `heads` a document is its
    `h1`."""

    body: str | None
    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    heads: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the body is the heading of the document."""
        return self.heads and self.body == "text"

    @property
    def link(self) -> str | None:
        """The field with the address to which it always leads."""
        return next((name for name, spec in self.fields.items() if spec.kind == "url" and spec.required), None)


def renditions(
    channel: str, envelope: str, type_: str, copy: Copy, theme: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the templates of a type in a channel, by path. Those that a theme has for a type of this name are stood
    for."""
    for part in PARTS:
        path = f"templates/{channel}/components/{type_}.{part}.j2"
        text = _html(envelope, copy) if part == "html" else _plain(part, envelope, copy)
        if text is not None or path in theme:
            yield path, text or "{{ body }}\n"


def _html(envelope: str, copy: Copy) -> str | None:
    if envelope not in _HTML:
        return None
    lines = list(_body(copy))
    for name, spec in copy.fields.items():
        line = _field(name, spec, envelope)
        if line is not None:
            lines.append(line if spec.required else f"{{% if {name} %}}{line}{{% endif %}}")
    return _HTML[envelope].format("headline" if copy.is_heading else "copy", "\n".join(lines))


def _body(copy: Copy) -> Iterator[str]:
    """Yield the lines of the body, and of the link."""
    if copy.body == "markdown":
        yield "{{ body }}"
    if copy.body == "text":
        words = f'<a href="{{{{ {copy.link} }}}}">{{{{ body }}}}</a>' if copy.link else "{{ body }}"
        yield f"<h1>{words}</h1>" if copy.is_heading else f"<p>{words}</p>"
    elif copy.link:
        yield f'<p><a href="{{{{ {copy.link} }}}}">{{{{ {copy.link} }}}}</a></p>'


def _field(name: str, spec: FieldSpec, envelope: str) -> str | None:
    """Return how a field looks; None of an address, which is a link, and of records, which nobody but their designer
    can set."""
    match spec.kind:
        case "asset":
            return _PICTURES[envelope].replace("NAME", name)
        case "date":
            return f"<p>{{{{ {name}.words }}}}</p>"
        case "markdown":
            return f"{{{{ {name} }}}}"
        case "text":
            return f"<p>{{{{ {name} }}}}</p>"
    return None


def _plain(part: str, envelope: str, copy: Copy) -> str | None:
    """Return the template of a type in a part of plain text; None where its body stands for itself, or none can be."""
    if part != "text" or envelope == "web":
        return None
    plain = "{{ body | plain }}" if copy.body == "markdown" else "{{ body }}"
    if copy.body is None or (copy.body == "text" and not copy.link):
        return None
    return f"{plain}\n" + (f"{{{{ {copy.link} }}}}\n" if copy.link else "")
