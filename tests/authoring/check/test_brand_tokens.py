"""What is wrong with a value of the brand is told at the value, once, wherever it is used."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.findings import render
from tests.authoring.builders import File, Files, head_css, inline_css, mail, page, rendition, settings
from tests.authoring.check.cases import diagnostics
from tests.authoring.clean import Value


def brand(**colours: Value) -> Files:
    """The project with these colours of the brand, which mails and pages use for small print and links."""
    used = "small { color: var(--brand-colour-soft); }\na { color: var(--brand-colour-ink); }\n"
    return {
        **settings(brand={"colour": {"soft": '"#506070"', **colours}}),
        **inline_css(small="font-size: 14px; color: var(--brand-colour-soft);"),
        "templates/page/inline.css": used,
    }


def cut_off() -> Files:
    """The brand whose colour is a comment, because it has no quotes."""
    text = str(settings(brand=None)["assembler.yaml"])
    lines = 'brand:\n  name: Sample & Sons\n  url: "https://www.sample.example"\n  colour:\n    ink: #102030\n'
    return {"assembler.yaml": text + lines}


CASES: dict[str, Files] = {
    "ink that is too light": brand(soft='"#a0b0c0"'),
    "ink that is too light in a template": {
        **settings(brand={"colour": {"soft": '"#a0b0c0"'}}),
        **rendition("email/title.html", body='<b style="color: {{ brand.colour.soft }}">{{ body }}</b>'),
    },
    "a ground that is too dark": {
        **settings(brand={"colour": {"sheet": '"#405060"'}}),
        **inline_css(sheet="max-width: 600px; background-color: var(--brand-colour-sheet);"),
    },
    "a colour of inline.css": inline_css(small="font-size: 14px; color: #99a0a9;"),
    "a colour of a template": rendition("email/title.html", body='<b style="color: #99a0a9">{{ body }}</b>'),
    "a value that is no colour": brand(soft="blurple"),
    "a colour without its sign": brand(soft='"506070"'),
    "a colour that is a comment": cut_off(),
    "a value that is nothing": brand(soft=""),
    "a value that is not there": brand(soft=None),
    "a value that is not there for templates": {
        **brand(soft=None),
        **rendition("email/title.html", body='<b style="color: {{ brand.colour.soft }}">{{ body }}</b>'),
    },
    "a value that is misspelt once": inline_css(small="font-size: 14px; color: var(--brand-colour-inc);"),
    "a group that is not there": {
        **inline_css(small="font-size: 14px; color: var(--brand-night-ink);"),
        **head_css(more="small { color: var(--brand-night-ink) !important; }\n"),
    },
    "a picture of the brand": {
        **settings(brand={"logo": "lgo.png"}),
        **page(
            logo='src="{{ asset(brand.logo).url }}" srcset="{{ asset(brand.logo).url }} 1x, '
            '{{ asset(brand.logo).url_2x }} 2x"'
        ),
        **mail(logo='src="{{ asset(brand.logo).url_2x }}"'),
    },
    "a picture that is none": {"assets/shop.png": b"not an image"},
}


@pytest.mark.parametrize("files", CASES.values(), ids=list(CASES))
def test_it_is_told_once_where_it_is_to_be_changed(files: Mapping[str, File], words: SnapshotAssertion) -> None:
    assert f"{render(diagnostics(files))}\n" == words


def test_the_colour_of_the_hint_can_be_read() -> None:
    [finding, *_] = diagnostics(brand(soft='"#a0b0c0"'))
    written = (finding.hint or "").split('"')[1]
    assert diagnostics(brand(soft=f'"{written}"')) == ()
