"""Marks of Markdown that do not say what was meant: where they stand, and what to write instead."""

from __future__ import annotations

import pytest

from assembler.authoring.check.markdown_slips.markdown import markdown_slips

HOST = "https://x.example"

# A text, the marks in it that slipped, and what is to stand there (None where that cannot be told).
SLIPS: list[tuple[str, str, str | None]] = [
    # Links
    (f"See [a b] ({HOST}/a).", f"[a b] ({HOST}/a)", f"[a b]({HOST}/a)"),
    (f"See [a b]\n({HOST}/a).", f"[a b]\n({HOST}/a)", f"[a b]({HOST}/a)"),
    (f"[a]({HOST}/price list)", f"[a]({HOST}/price list)", f"[a]({HOST}/price%20list)"),
    (f"[a]({HOST}/b “Bench”)", f"[a]({HOST}/b “Bench”)", f'[a]({HOST}/b "Bench")'),
    (f"[a]({HOST}/b „Bench“)", f"[a]({HOST}/b „Bench“)", f'[a]({HOST}/b "Bench")'),
    (f"[a]({HOST}/b «Banc»)", f"[a]({HOST}/b «Banc»)", f'[a]({HOST}/b "Banc")'),
    (f'[a]({HOST}/b "the "best" one")', f'[a]({HOST}/b "the "best" one")', f'[a]({HOST}/b "the \\"best\\" one")'),
    (f"[a]({HOST}/b and so on.", f"[a]({HOST}/b", f"[a]({HOST}/b)"),
    (f"[a]({HOST}/b(c) d", f"[a]({HOST}/b", f"[a]({HOST}/b)"),
    ("[a](www.x.example/b c)", "[a](www.x.example/b c)", "[a](https://www.x.example/b%20c)"),
    (f"(a)[{HOST}]", f"(a)[{HOST}]", f"[a]({HOST})"),
    ("[a](as printed)", "[a](as printed)", "\\[a](as printed)"),
    (f"[a [b]({HOST}/b) c]({HOST}/d)", f"[a [b]({HOST}/b) c]({HOST}/d)", f"\\[a [b]({HOST}/b) c]({HOST}/d)"),
    (f"![a] ({HOST}/a.png)", f"![a] ({HOST}/a.png)", None),
    (f"[]({HOST}/a)", f"[]({HOST}/a)", None),
    (f"[\u200b]({HOST}/a) b", f"[\u200b]({HOST}/a)", None),
    ("<www.x.example/a>", "<www.x.example/a>", "<https://www.x.example/a>"),
    (f"< {HOST}/a b >", f"< {HOST}/a b >", f"<{HOST}/a%20b>"),
    (f"Look at {HOST}/a.", f"{HOST}/a", f"<{HOST}/a>"),
    # References
    ("[ask us][ask]", "[ask us][ask]", "\\[ask us][ask]"),
    ("[ask us][]", "[ask us][]", "\\[ask us][]"),
    (f"[a] [b]\n\n[b]: {HOST}/b", "[a] [b]", "[a][b]"),
    (f"[a][contcat] [c][contact]\n\n[contact]: {HOST}/b", "[a][contcat]", "[a][CONTACT]"),
    (f"a\n\n[b]: {HOST}/b", f"[b]: {HOST}/b", f"\\[b]: {HOST}/b"),
    ("a\n\n[Note]: Sunday", "[Note]: Sunday", "\\[Note]: Sunday"),
    (f"[b]\n\n[b]: {HOST}/b\n[b]: {HOST}/c", f"[b]: {HOST}/c", f"\\[b]: {HOST}/c"),
    (f"[b]: {HOST}/b c", f"[b]: {HOST}/b c", f"[b]: {HOST}/b%20c"),
    (f"a\n[b]: {HOST}/b\n\nc", f"[b]: {HOST}/b", f"\n[b]: {HOST}/b"),
    ("a[^1] b", "[^1]", None),
    (f"a\n\n[^1]: {HOST}/a", f"[^1]: {HOST}/a", None),
    # Emphasis beside letters of every script
    ("これは**「重要」**です", "**「重要」**", "「**重要**」"),
    ("これは**重要。**です", "**重要。**", "**重要**。"),
    ("これは_重要_です", "_重要_", "*重要*"),
    ("이것은 **강조!**는", "**강조!**", "**강조**!"),
    ("هذا **«قوي»**كلمة", "**«قوي»**", "«**قوي**»"),
    ("นี่คือ_หนัก_มาก", "_หนัก_", "*หนัก*"),
    ("**Это!**да", "**Это!**", "**Это**!"),
    ("**Name:**value", "**Name:**", "**Name**:"),
    ("**“Ja.”**Sie", "**“Ja.”**", "“**Ja**.”"),
    ("Das ** Wort ** hier", "** Wort **", "**Wort**"),
    ("Das **Wort **hier", "**Wort **", "**Wort** "),
    ("Das **Wort ** hier", "**Wort **", "**Wort**"),
    ("save **£5 **off", "**£5 **", "**£5** "),
    ("_Wort_e", "_Wort_", "*Wort*"),
    (f"**[a]({HOST}/a)**b", f"**[a]({HOST}/a)**", None),
    ("**Terms apply", "**", "\\*\\*"),
    ("**a*", "*", ""),
    ("20*30*40 cm", "*30*", "\\*30\\*"),
    ("size 2**x**3", "**x**", "\\*\\*x\\*\\*"),
    ("Free delivery*and returns* now", "*and returns*", "\\*and returns\\*"),
    # Characters
    ("&copy 2026", "&copy", "&copy;"),
    ("caf&eacute by", "&eacute", "&eacute;"),
    ("a&nbps;b", "&nbps;", "&nbsp;"),
    ("a&NBSP;b", "&NBSP;", "&nbsp;"),
    ("It&#8217 s", "&#8217", "&#8217;"),
    ("a&amp;nbsp;b", "&amp;nbsp;", "&nbsp;"),
    ("a\\nb", "\\n", "\\\n"),
    ("a\\tb", "\\t", " "),
    ("caf\\u00e9", "\\u00e9", "é"),
    ("a\\", "\\", ""),
    ("It was ~~90~~ 79", "~~90~~", "90"),
    # Blocks
    ("1987. That was", "1987.", "1987\\."),
    ("24. Dezember", "24.", "24\\."),
    ("a\n\n3) b", "3)", "3\\)"),
    ("- 1987. That was", "1987.", "1987\\."),
    ("007. Bond", "007.", "007\\."),
    ("We met\n+ you", "+", "\\+"),
    ("It cost 20\n- 5 less", "-", "\\-"),
    ("Yours\n\n- Anna", "-", "\\-"),
    ("Over all\n\n* Terms apply", "*", "\\*"),
    ("- [ ] a", "[ ] ", ""),
    ("- [x] a", "[x] ", ""),
    ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |", "- a: c, b: d"),
    ("x\na | b\n--- | :-:\nc | d\ne | f", "a | b\n--- | :-:\nc | d\ne | f", "- a: c, b: d\n- a: e, b: f"),
    ("# Big", "#", "\\#"),
    ("Text\n---", "---", ""),
    ("Text\n===\nmore", "===", ""),
    ("a\n\n---", "-", "\\-"),
    ("a\n\n* * *", "*", "\\*"),
    ("> said", ">", "\\>"),
    ("a\n\n    b\n    c", "    b\n    c", "b\nc"),
    ("```\na\n```", "```\na\n```", None),
    ("it`s and that`s", "`s and that`", "\\`s and that\\`"),
    ("a <b>c", "<b>", None),
    ("<div>x</div>", "<div>x</div>", None),
    ("![a](b.png)", "![a](b.png)", None),
]

SOUND = [
    "One\rTwo *three*",
    "*a* **b** ***c*** _d_ __e__ *f*g **h**i",
    f"[a]({HOST}/a) [b]({HOST}/b 'B') <{HOST}/c> [d]: not one",
    f"[a][b] [b] [B][]\n\n[b]: {HOST}/b \"B\"",
    "**Wort**，と **Wort**です คำ**หนัก**มาก **كلمة**و **שלום**! 강조**는**요",
    "[sic] [Size M] (we) [1] [a] (b) [ ] x",
    "5 * 3 * 2, free* and more*, *Terms apply",
    "snake_case_name and first_name, a_b_c, ____ on the line",
    "Rated ***** by many and ** by few",
    "free** at home\n**over £50",
    "R&D, AT&T, Q&A, a & b, fish &chips; &copy; &nbsp; &#8217; &amp; Co",
    f"<{HOST}/?a=1&copy=2>",
    "2 < 3 > 1, I <3 you, <- here, ~5 to ~6, a~b~c",
    "a\\\nb\n\nc  \nd \\# \\* \\\\ C:\\dir",
    "1. a\n2. b\n\n3. c\n\nmore\n\n4. d",
    "3. a\n4. b",
    "1. only",
    "1. a\n1. b",
    "- a\n- b\n  - c\n    1. d",
    "What you get:\n\n- free returns",
    "- only\n\nand more",
    "-5 degrees, +44 1947, #1 in town, 1.5 kg, 2026. is no list",
    "a\n1987. went on",
    "a | b",
    "",
    "un*frigging*believable",
    f"[a\nb]({HOST}/a)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "mended"), SLIPS, ids=[text for text, _, _ in SLIPS])
def test_a_slip_is_found_with_what_to_write(text: str, marks: str, mended: str | None) -> None:
    (slip,) = markdown_slips(text, text)
    assert (text[slip.start : slip.end], slip.mended) == (marks, mended)
    assert slip.hint


@pytest.mark.parametrize("text", SOUND)
def test_sound_copy_has_none(text: str) -> None:
    assert markdown_slips(text, text) == ()
