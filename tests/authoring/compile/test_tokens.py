"""Tokens stand for merge fields and slots while compiling, and no text of a project is ever taken for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from assembler.authoring.compile import content
from assembler.authoring.compile.tokens import TOKEN, MergeField, Tokens
from assembler.authoring.diagnostics import Place
from tests.authoring.builders import MOMENT, Files, component, in_memory, page, project, settings, strings

FIELD = MergeField("first_name", "friend", Place("a.md"))
FORM = re.compile(rb"zq[0-9a-f]{12}[fsu][0-9]+z")


def test_equal_merge_fields_have_one_token_and_it_leads_back() -> None:
    tokens = Tokens(["a"])
    other = MergeField("first_name", "you", Place("a.md"))
    assert tokens.of(FIELD) == tokens.of(MergeField("first_name", "friend", Place("a.md"))) != tokens.of(other)
    assert tokens[tokens.of(FIELD)] == FIELD


@given(st.lists(st.text(max_size=40), max_size=4), st.lists(st.text(max_size=40), max_size=4))
def test_tokens_for_other_texts_are_no_tokens(texts: list[str], others: list[str]) -> None:
    tokens, foreign = Tokens(texts), Tokens(others)
    document = f"a{tokens.of(FIELD)}b{tokens.call(7)}c{foreign.of(FIELD)}d{foreign.call(7)}e"
    same = tokens.key == foreign.key
    assert tokens.field.findall(document) == [tokens.of(FIELD)] * (1 + same)
    assert [tokens.number(match) for match in TOKEN.finditer(document)] == [0, 7, *([0, 7] if same else [None, None])]
    assert all(tokens.key not in text for text in texts)


def keyed(parts: Files, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the tokens that the project is compiled with."""
    keys: list[str] = []

    class Noted(Tokens):
        def __init__(self, texts: list[str]) -> None:
            super().__init__(texts)
            keys.append(self.key)

    monkeypatch.setattr(content, "Tokens", Noted)
    assert in_memory(project(parts)).compiled
    return keys[0]


@pytest.mark.parametrize("kind", ["f0z", "f1z", "f999999z", "s0z", "s3z", "u0z", "u1z", "f", "z"])
def test_what_looks_like_a_token_is_copy_like_any_other(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it stands, also with the key that the project had without it."""
    words = [f"zq{key}{kind}" for key in (keyed({}, monkeypatch), "0" * 12)]
    word = " ".join([*words, words[0].replace("q", "&#113;")])
    loaded = in_memory(
        project(
            component("title/plain", f'{" ".join(words)}, {{{{ first_name | default: "friend" }}}}'),
            component(
                "story/first",
                f"*{word}* [{words[0]}](https://www.sample.example/{words[1]}) is how it works.",
                fr=f"[Voici](https://www.sample.example/{words[1]}) comment.",
            ),
            strings(en={"leave": words[0]}),
            page(foot=f"<!-- {word} -->", imprint=f"<p class={words[0]}>"),
            settings(brand={"name": words[0]}),
        )
    )
    report = loaded.check(MOMENT)
    assert [error for error in report.errors if error.code not in ("C05", "E12")] == []
    texts = loaded.compiled.texts
    assert words[0].encode() in b"".join(texts)
    assert {match for text in texts for match in FORM.findall(text)} <= {word.encode() for word in words}


def test_marks_of_slots_in_pages_are_no_comments_of_authors() -> None:
    comments = "".join(f"<!--zqc00000{number}qz--><!--{number}-->" for number in range(4))
    assert in_memory(project(page(foot=comments))).check(MOMENT).errors == ()
