"""The values of a person, encoded all at once for every place that they may stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assembler.runtime.encode import escaped
from assembler.runtime.fields import Values

Care = Literal["none", "html", "each"]
"""What values of known fields need, so that they cannot change what stands around them.

Where every url was checked against the library's hosts when it was read, and no text holds what a subject must not,
links and HTML want no more than HTML's escapes (`html`), and if nothing in the values needs one, `none`. Else `each`
value is encoded by itself wherever an encoder may refuse it.
"""

Encoded = list[bytes]
"""The values of all fields as they are, then for HTML if that may be different, then special ones."""

EncodedValues = tuple[Care, Encoded]
"""What care the values need, and they themselves, without special ones."""


def encoded_values(values: Values) -> EncodedValues:
    """Return the values, encoded.

    They are encoded all at once, as `Values.joined` has them with a NUL between any two; one by one, where a NUL in one
    of them makes them more than they are.
    """
    together = values.joined
    html = escaped(together)
    care: Care = "html"
    if not values.checked or (("=" in together or "?" in together) and _starts_a_word(together)):
        care = "each"
    elif html is together and "\\" not in together:
        care = "none"
    encoded = together.encode().split(b"\0")
    expected = len(values.texts)
    if care != "none":
        encoded += encoded if html is together else html.encode().split(b"\0")
        expected *= 2
    return care, encoded if len(encoded) == expected else _encoded_apart(values.texts, care)


def _encoded_apart(texts: Sequence[str], care: Care) -> Encoded:
    plain = [text.encode() for text in texts]
    return plain if care == "none" else plain + [escaped(text).encode() for text in texts]


def _starts_a_word(joined: str) -> bool:
    """Whether in a subject one of the values, with what stands around it, could be the `=?` of an encoded word."""
    if "=?" in joined or "=\0" in joined or "\0?" in joined:
        return True
    return joined.startswith("?") or joined.endswith("=")
