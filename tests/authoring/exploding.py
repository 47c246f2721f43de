"""The sample with more slots, of which each doubles the variants."""

from __future__ import annotations

from tests.authoring.sample import files

__all__ = ["exploding"]

_CALL = '<tr><td>{{ slot("aside") }}</td></tr>'


def exploding(slots: int, *, limit: int | None = None, shared: bool = False) -> dict[str, str | bytes]:
    """The sample whose campaign `back` has so many slots more, each with a component that needs a field of its own; or
    all the same field, where that is `shared`. `limit` is the policy's most variants."""
    found = files()
    fields = "".join(f"  more{number}: {{kind: text, example: x, max_length: 20}}\n" for number in range(slots))
    policy = "policy: {" if limit is None else f"policy: {{max_variants: {limit}, "
    settings = str(found["assembler.yaml"])
    found["assembler.yaml"] = settings.replace("  unsubscribe_url:", fields + "  unsubscribe_url:").replace(
        "policy: {", policy
    )
    names = [f"more{number}" for number in range(slots)]
    found["campaigns/back.yaml"] = str(found["campaigns/back.yaml"]) + "".join(
        f"  {name}: {{type: {name}, default: {name}/plain}}\n" for name in names
    )
    for name in names:
        found |= _type(name, need="more0" if shared else name)
    # The other campaign keeps a layout without these slots.
    found["templates/page/other.html.j2"] = found["templates/page/board.html.j2"]
    found["campaigns/start.yaml"] = str(found["campaigns/start.yaml"]).replace("page: board", "page: other")
    calls = "".join(_CALL.replace("aside", name) for name in names)
    for path in ("templates/email/note.html.j2", "templates/page/board.html.j2"):
        found[path] = str(found[path]).replace(_CALL, _CALL + calls)
    text = "".join(f'{{{{ slot("{name}") }}}}\n' for name in names)
    found["templates/email/note.text.j2"] = str(found["templates/email/note.text.j2"]) + text
    return found


def _type(name: str, need: str) -> dict[str, str | bytes]:
    """A type with a default, and a component that needs a field."""
    field = f'{{{{ {need} | default: "you" }}}}'
    return {
        f"components/{name}/_type.yaml": "body: text\nmax_length: 90\n",
        f"components/{name}/plain.md": f"---\ncampaigns: [back]\n---\nPlain words of {name}\n",
        f"components/{name}/plain.fr.md": f"Mots simples de {name}\n",
        f"components/{name}/known.md": f"---\ncampaigns: [back]\nneeds: [{need}]\n---\nQuite {name} for {field}\n",
        f"components/{name}/known.fr.md": f"Bien {name} pour {field}\n",
        f"templates/email/components/{name}.html.j2": "{{ body }}\n",
        f"templates/email/components/{name}.text.j2": "{{ body }}\n",
        f"templates/page/components/{name}.html.j2": "{{ body }}\n",
    }
