"""The plain way to make a variant: the whole document rendered, inlined and parsed at once, then its values put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup

from assembler.authoring import Project
from assembler.authoring.compile.encoders import encoders
from assembler.authoring.compile.images import Images
from assembler.authoring.compile.renditions import RenderContext, RenderTarget
from assembler.authoring.compile.templates import Templates, is_template, unescaped
from assembler.authoring.compile.text_table import encode_authored
from assembler.authoring.compile.tokens import TOKEN, Tokens
from assembler.authoring.compile.writers import channel_inliner
from assembler.authoring.diagnostics import Findings
from assembler.runtime.encode import encode


def whole(
    project: Project,
    campaign: str,
    channel: str,
    locale: str,
    part: str,
    slots: Mapping[str, str | None],
    values: Mapping[str, str],
) -> str:
    """One part of a variant, made without a library."""
    loaded = project.loaded
    assets = loaded.settings.assets
    context = RenderContext(
        loaded,
        Templates(source for path, source in loaded.sources.items() if is_template(path)),
        Images(loaded.assets, assets.base_url if assets else ""),
        Tokens(),
        Findings(),
    )
    target = RenderTarget(context, campaign, channel, locale)

    def slot(
        name: str, part_: str | None = None, caller: Callable[[object], str] | None = None, **named: str
    ) -> object:
        asked = part_ or named.get("part") or part
        address = slots.get(name)
        if address is None:
            return ""
        text = target.rendition(loaded.components[address], asked) or ""
        inner: object = Markup(text) if part == "html" and asked == part else text
        return Markup(caller(inner)) if caller is not None else inner

    template = loaded.layout(channel, loaded.campaigns[campaign].channels[channel])[part]
    text = context.render(template.source.path, target.names() | {"slot": slot})
    assert isinstance(text, str), text
    if part == "html":
        document = channel_inliner(context, channel).finish(_json_strings(text))
        return _filled(document, context.tokens, values, loaded.settings.policy.link_hosts or (), part=part)
    document = unescaped(text).replace("\n", " ") if part in ("subject", "preheader") else unescaped(text)
    return _filled(document, context.tokens, values, loaded.settings.policy.link_hosts or (), part=part)


def _json_strings(html: str) -> str:
    """Text that Jinja escaped for HTML inside JSON-LD, escaped for JSON instead."""

    def escaped(match: re.Match[str]) -> str:
        return (
            match[1]
            + re.sub(
                r"&(?:lt|gt|amp|#34|#39);", lambda values: encode("json", unescaped(values[0]), ()) or "", match[2]
            )
            + match[3]
        )

    return re.sub(r"(<script type=\"application/ld\+json\">)(.*?)(</script>)", escaped, html, flags=re.DOTALL)


def _filled(document: str, tokens: Tokens, values: Mapping[str, str], hosts: tuple[str, ...], *, part: str) -> str:
    names = tokens.field.findall(document)
    linked = {
        tokens.occurrence(index): link for index, name in enumerate(names) if (link := tokens[name].link) is not None
    }
    numbered = tokens.numbered(document)
    places = encoders(numbered, part, linked)

    def value(match: re.Match[str]) -> str:
        number = tokens.number(match)
        if number is None:
            return match[0]
        merge_field = tokens[names[number]]
        encoder = places[match[0]]
        given = values.get(merge_field.name)
        text = None if given is None else encode(encoder, given, frozenset(hosts))
        return text if text is not None else encode_authored(merge_field.fallback, encoder)

    return TOKEN.sub(value, numbered)
