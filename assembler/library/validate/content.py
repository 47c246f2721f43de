"""What a library must be, so that no call of the runtime can fail, or give less than a whole variant, for its content.

The digest tells that a file is as it was written, not that what was written is in order. Whatever the runtime relies on
is looked at once, when a library is opened; each check trusts those before it, and the first error is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assembler.library.records import Content
from assembler.library.validate.audiences import check_audiences, check_signal
from assembler.library.validate.campaigns import check_campaign
from assembler.library.validate.channels import ChannelChecker
from assembler.library.validate.components import check_components
from assembler.library.validate.documents import DocumentTexts
from assembler.library.validate.invalid_library import check_holdout, check_names, require

LONGEST_VALUE: Final = 100_000
"""The most characters that a field may allow."""

_LOCALE = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_HOST = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?", re.ASCII)


def validate(content: Content, texts: Sequence[bytes]) -> None:
    """Check a library of this content and these texts. Raises `InvalidLibrary` where it could fail somebody."""
    check_names((content.name,), "name")
    _check_locales(content.locales)
    _check_spellings(content)
    for host in content.link_hosts:
        require(_HOST.fullmatch(host), "link_hosts", f"{host[:80]!r} is no host in small letters")
    check_names([*content.fields, *content.signals], "fields and signals")
    for name, field in content.fields.items():
        has_length = 1 <= field.max_length <= LONGEST_VALUE
        require(has_length, f"fields.{name}.max_length", f"a value may have from 1 to {LONGEST_VALUE} characters")
    for name, signal in content.signals.items():
        check_signal(signal, f"signals.{name}")
    check_audiences(content.segments, content.signals, "segments")
    check_audiences(content.stages, content.signals, "stages")
    check_holdout(content.holdout, "holdout")
    check_names(content.campaigns, "campaigns")
    components = check_components(content)
    for name, campaign in content.campaigns.items():
        check_campaign(name, campaign, content, components)
    channels = ChannelChecker(content, DocumentTexts(texts, content.placeholders, content.fields))
    for name, campaign in content.campaigns.items():
        for channel_name, channel in campaign.channels.items():
            channels.check(name, channel_name, campaign.slots, channel)


def _check_locales(locales: Iterable[str]) -> None:
    """There is a locale at least, the default one, and each is there once, however it is written."""
    seen: set[str] = set()
    for locale in locales:
        require(_LOCALE.fullmatch(locale), "locales", f"{locale[:80]!r} is no locale")
        require(locale.lower() not in seen, "locales", f"{locale[:80]!r} stands there twice")
        seen.add(locale.lower())
    require(seen, "locales", "there is none")


def _check_spellings(content: Content) -> None:
    """What else is written for a locale is none itself, and is written in small letters."""
    own = {locale.lower() for locale in content.locales}
    for written, locale in content.spellings.items():
        place = f"spellings.{written[:80]}"
        is_small = _LOCALE.fullmatch(written) and written == written.lower()
        require(is_small, place, "a spelling is a locale in small letters")
        require(written not in own, place, "it is a locale itself")
        require(locale in content.locales, place, f"there is no locale {locale[:80]!r}")
