"""The clean project with more slots, of which each doubles the variants."""

from __future__ import annotations

from collections.abc import Mapping

from tests.authoring.builders import (
    File,
    Files,
    campaign,
    component,
    component_type,
    mail,
    page,
    project,
    settings,
    text_part,
)
from tests.authoring.clean import Value


def exploding(
    slots: int, *parts: Mapping[str, File], limit: int | None = None, shared: bool = False
) -> dict[str, str | bytes]:
    """The project whose campaign `back` has so many slots more, each with a component that needs a field of its own; or
    all the same field, where that is `shared`. `limit` is the policy's most variants."""
    names = [f"more{number}" for number in range(slots)]
    fields: dict[str, Value] = {name: {"kind": "text", "example": "x", "max_length": "20"} for name in names}
    more: dict[str, Value] = {name: {"type": name, "default": f"{name}/plain"} for name in names}
    rows = "".join(f'</td></tr>\n<tr><td>{{{{ slot("{name}") }}}}' for name in names)
    lines = "".join(f'\n{{{{ slot("{name}") }}}}' for name in names)
    return project(
        settings(fields=fields, policy={} if limit is None else {"max_variants": str(limit)}),
        campaign("back", slots=more),
        # The other campaign keeps a layout without these slots.
        campaign("start", channels={"page": "other"}),
        {"templates/page/other.html.j2": page()["templates/page/board.html.j2"]},
        mail(aside=f'{{{{ slot("aside") }}}}{rows}'),
        page(aside=f'{{{{ slot("aside") }}}}{rows}'),
        text_part(aside=f'{{{{ slot("aside") }}}}{lines}'),
        *(_type(name, need="more0" if shared else name) for name in names),
        *parts,
    )


def _type(name: str, need: str) -> Files:
    """A type with a default, and a component that needs a field."""
    field = f'{{{{ {need} | default: "you" }}}}'
    renditions = ("email/components/{}.html.j2", "email/components/{}.text.j2", "page/components/{}.html.j2")
    return (
        component_type(name, max_length="90")
        | component(f"{name}/plain", f"Plain words of {name}", fr=f"Mots simples de {name}")
        | component(f"{name}/known", f"Quite {name} for {field}", fr=f"Bien {name} pour {field}", needs=[need])
        | {f"templates/{path.format(name)}": "{{ body }}\n" for path in renditions}
    )
