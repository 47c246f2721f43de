"""What a newcomer says of a brand, and what is wrong with an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PIL import ImageColor

from assembler.authoring.compile.links import link_fault
from assembler.authoring.load.names import SLUG, is_locale, proper_locale, slug_hint, slug_of
from assembler.authoring.project.locales import ancestry
from assembler.errors import nearest
from assembler.library.values import in_nfc, is_blank

LONGEST_NAME: Final = 40
"""The most characters of a brand's name, which stands in subjects (E14: at most 60)."""

LONGEST_ADDRESS: Final = 200
"""The most characters of a postal address, which is one line below a mail."""

HTML_CHANNELS: Final = ("email", "page")
"""The channels whose templates come with Assembler; any other is of text alone."""

_MOST: Final = 12
_REFUSED = re.compile(r"[{}<>|*%\[\]\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_SHORT = re.compile(r"#[0-9a-f]{3}", re.IGNORECASE | re.ASCII)
_LONG = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE | re.ASCII)
_AUTHORITY: Final = re.compile(r"^https://[^/:]+", re.IGNORECASE)
_PAGES: Final = {"web": "page", "website": "page", "site": "page", "html": "page", "landing": "page", "mail": "email"}


COLOUR: Final = "#2f5d8a"
"""The colour of a brand of which none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What the law asks of a mail: the postal `address` of who sends it, and where people unsubscribe. Of what is None,
    something stands in."""

    address: str | None = None
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What is said of a brand: `slug` is made of its name, `colour` is `#rrggbb`, `url` has no slash at its end."""

    name: str
    locales: tuple[str, ...]
    colour: str
    url: str
    channels: tuple[str, ...]
    sender: Sender = Sender()

    @property
    def unsubscribe(self) -> str:
        """Where the link of a mail leads when a person has none of their own."""
        return self.sender.unsubscribe or f"{self.url}/unsubscribe"

    @property
    def address(self) -> str:
        """The postal address below mails."""
        return self.sender.address or f"{self.name}, 1 Main Street, 10000 Town"

    @property
    def slug(self) -> str:
        """The project's name."""
        return slug(self.name)

    @property
    def host(self) -> str:
        """The host of its site, with the port where there is one."""
        return self.url.partition("://")[2].partition("/")[0]


def slug(name: str) -> str:
    """Return the slug that comes nearest to a brand's name; `brand`, where nothing of it can stand in one."""
    made_of_it = slug_of(name) or ""
    return made_of_it if SLUG.fullmatch(made_of_it) else "brand"


def site(name: str) -> str:
    """Return an address, which leads nowhere, for a brand of which none is known."""
    return f"https://www.{slug(name).replace('_', '-')}.example"


def brand_name(text: str) -> str:
    """Return a brand's name. Raises `ValueError` where it is none."""
    name = " ".join(in_nfc(text).split())
    if is_blank(name):
        raise ValueError("a name is a text that can be seen, such as Lumen Grid")
    refused = _REFUSED.search(name)
    if refused:
        shown = refused[0] if " " < refused[0] < "\x7f" else ascii(refused[0])[1:-1]
        raise ValueError(f"a name holds no {shown}: it stands in subjects, links and pages")
    if len(name) > LONGEST_NAME:
        raise ValueError(
            f"a name of {len(name)} characters; at most {LONGEST_NAME}, since it stands in subjects beside other words"
        )
    return name


def locales(text: str) -> tuple[str, ...]:
    """Return locales that are written with commas between them. Raises `ValueError` where one is none."""
    chosen: dict[str, str] = {}
    for locale in _listed(text, "en,de"):
        if not is_locale(locale):
            meant = proper_locale(locale)
            hint = f"write {meant}" if is_locale(meant) else "a locale is written like en, fr or fr-CA"
            raise ValueError(f"{locale[:40]!r} is no locale; {hint}")
        first = chosen.setdefault(ancestry(locale)[0], locale)
        if first != locale:
            raise ValueError(f"{locale!r} is the locale {first!r}, written differently; keep one of the two")
    return tuple(chosen.values())


def colour(text: str) -> str:
    """Return a colour as `#rrggbb`. Raises `ValueError` where it is not written in hexadecimal."""
    text = text.strip()
    if _LONG.fullmatch(text):
        return text.lower()
    if _SHORT.fullmatch(text):
        return "#" + "".join(digit * 2 for digit in text[1:].lower())
    raise ValueError(f"{text[:40]!r} is no colour in hexadecimal; {_colour_hint(text)}")


def _colour_hint(text: str) -> str:
    for written in (text, f"#{text}"):
        try:
            red, green, blue = ImageColor.getrgb(written[:40])[:3]
        except ValueError:
            continue
        return f'write "#{red:02x}{green:02x}{blue:02x}"'
    return 'write it like "#0b4f8a", in quotes: a shell takes what follows # for a comment'


def url(text: str) -> str:
    """Return the address of a brand's site. Raises `ValueError` where it is not https, or more than an address."""
    address = text.strip().rstrip("/")
    fault = link_fault(address, None, schemes=("https",))
    if fault is not None:
        raise ValueError("; ".join(fault))
    if re.search("[?#{}]", address):
        raise ValueError(f"{address[:60]!r} holds more than an address; write it like https://www.example.com")
    return _AUTHORITY.sub(lambda match: match[0].lower().removesuffix("."), address)


def postal_address(text: str) -> str:
    """Return a postal address. Raises `ValueError` where it is none."""
    address = " ".join(in_nfc(text).split())
    if is_blank(address):
        raise ValueError("an address is where post arrives, such as Lumen Grid, 4 Quay Street, Whitby YO21 1AA")
    if _REFUSED.search(address):
        raise ValueError("an address holds no braces, brackets or signs that cannot be seen")
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(f"an address of {len(address)} characters; at most {LONGEST_ADDRESS}")
    return address


def channels(text: str) -> tuple[str, ...]:
    """Return channels that are written with commas between them. Raises `ValueError` where one cannot be meant."""
    chosen = _listed(text, "email,page,sms")
    for channel in chosen:
        meant = _PAGES.get(channel.lower()) or nearest(channel, HTML_CHANNELS)
        if meant is not None and meant != channel:
            raise ValueError(f"no channel {channel[:40]!r}; did you mean {meant}?")
        if not SLUG.fullmatch(channel):
            raise ValueError(f"{channel[:40]!r} is no name for a channel; {slug_hint(channel)}")
    return chosen


def _listed(text: str, example: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if "" in names:
        raise ValueError(f"names with commas between them, such as {example}")
    if len(names) > _MOST:
        raise ValueError(f"{len(names)} names; at most {_MOST} to begin with")
    return names
