"""The tags of a piece of HTML, to see whether parsing has changed its structure."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["TagParser", "same_tags"]

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split(" "))


def same_tags(written: str, parsed: str) -> bool:
    """Whether two pieces of HTML have the same tags in the same order; a `tbody` may be implied."""
    return written == parsed or ("<" not in written + parsed) or _tags(written) == _tags(parsed)


def _tags(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [tag for tag in reader.tags if tag.removeprefix("/") != "tbody"]


class TagParser(HTMLParser):
    """Reads tags as browsers do where the standard library fails: `<![` begins a comment, whatever follows."""

    def parse_html_declaration(self, i: int) -> int:
        """The end of what `<!` begins at `i`; -1 where the text ends before."""
        return self.parse_bogus_comment(i) if self.rawdata.startswith("<![", i) else super().parse_html_declaration(i)


class _Reader(TagParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag] if tag in _VOID else [tag, f"/{tag}"]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.tags.append(f"/{tag}")
