"""Text that looks like a secret: a private key, an access token, a password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import EVERY_COMPONENT, SURROUNDINGS, ComponentUnit
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.source import Source

# Forms that the issuers document, so that hardly anything else looks like them.
_SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
    "an AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{36,})",
    "a GitLab token": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "a Slack token": r"\bxox[abeoprs]-[A-Za-z0-9-]{10,200}|\bhooks\.slack\.com/services/T\w+/B\w+/\w{16,}",
    "a Stripe key": r"\b(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,}",
    "a Google key": r"\bAIza[0-9A-Za-z_-]{35}(?![\w-])",
    "a SendGrid key": r"\bSG\.[\w-]{20,24}\.[\w-]{40,46}",
    "a Mailchimp key": r"\b[0-9a-f]{32}-us[0-9]{1,2}\b",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "an API key": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,200}",
    "a JSON web token": r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,}",
    "a password in an address": r"\b(?!https?:)[a-z][a-z0-9+]{1,20}://[^\s/:@]{1,100}:[^\s/@{]{3,200}@[\w.-]+",
}
_SECRET = re.compile("|".join(f"(?P<kind_{index}>{pattern})" for index, pattern in enumerate(_SECRETS.values())))
_ASSIGNMENT = re.compile(
    r"(?P<name>\b(?:[a-z0-9]{1,30}[_-]){0,4}(?:password|passwd|pwd|secret|api[_-]?key|secret[_-]?key|access[_-]?key|"
    r"(?:access|auth|api|bearer)[_-]?token|client[_-]?secret|private[_-]?key))"
    r"[\"']?\s*[:=]\s*(?P<quote>[\"']?)(?P<value>[^\s\"'<>{}$%,;]{8,})(?P=quote)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"example|change|placeholder|dummy|sample|redacted|your|xxx|\*\*\*|\.\.\.|1234567|://"
    # What says how a password is to be.
    r"|choose|letters?|characters?|digits?|symbols?|numbers?|minimum|at-?least|caract[eèé]re?s|zeichen|mindestens",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,2}(?:[-–—][^\W\d_]{2,}){1,2}[.!?)]*")
"""A count and what it counts, such as 24-hour-proofing; more words, or a count among them, are a passphrase."""
_PHRASE = re.compile(r"(?:\d{1,2}|[^\W\d_]{2,})(?:[-–—](?:\d{1,2}|[^\W\d_]{2,}))*[.!?)]*")
"""Words and counts with hyphens between them, such as top-10-tips; a lone word has no digit."""
_IN_SENTENCE = re.compile(r"\w[ \t]+secret\Z", re.IGNORECASE)
_MAX_ASSET = 256 * 1024


def _in_component(unit: ComponentUnit) -> Iterator[Finding]:
    for words in unit.component.words.values():
        yield from _in_source(words.source)


@SURROUNDINGS.rule(
    "S04",
    "error",
    __doc__,
    "Take it out of the project and have it replaced; a library needs no secrets.",
    EVERY_COMPONENT.by(_in_component),
    shows_line=False,
)
def looks_like_secret(checked: CheckedProject) -> Iterator[Finding]:
    for source in (*checked.project.other_sources(), *_texts_of_assets(checked)):
        yield from _in_source(source)


def _in_source(source: Source) -> Iterator[Finding]:
    hint = "take it out, and have it replaced where it came from: it is known to all who can read this project"
    for offset, kind in _secrets(source.text):
        yield Finding(source.inside(offset), f"text that looks like {kind}", hint)


def _texts_of_assets(checked: CheckedProject) -> Iterator[Source]:
    for path, data in checked.project.assets.items():
        if len(data) <= _MAX_ASSET:
            try:
                yield Source(f"assets/{path}", data.decode("utf-8"))
            except UnicodeDecodeError:
                continue


def _secrets(text: str) -> Iterator[tuple[int, str]]:
    """Give the offset of every secret, and what it looks like."""
    kinds = tuple(_SECRETS)
    told: set[int] = set()
    for match in _SECRET.finditer(text):
        told.update(range(match.start(), match.end()))
        yield match.start(), kinds[int(str(match.lastgroup).removeprefix("kind_"))]
    for match in _ASSIGNMENT.finditer(text):
        said = _IN_SENTENCE.search(text, max(match.start() - 10, 0), match.end("name")) is not None
        if match.start("value") not in told and _is_random(match["value"], _PHRASE if said else _COUNTED):
            yield match.start("value"), f"a value of {match['name']!r}"


def _is_random(value: str, words: re.Pattern[str]) -> bool:
    """Return whether a value is no word: it mixes letters and digits, and is neither a placeholder nor such `words`."""
    mixed = any(character.isdigit() for character in value) and any(character.isalpha() for character in value)
    is_said = _PLACEHOLDER.search(value) is not None or (value.islower() and words.fullmatch(value) is not None)
    return mixed and len(set(value)) > 5 and not is_said
