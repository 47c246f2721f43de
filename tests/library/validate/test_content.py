"""What a library must be: a case on each limit, and one past it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from assembler.authoring import Project
from assembler.library.records import Content
from assembler.library.validate.content import LONGEST_VALUE, validate
from assembler.library.validate.documents import DocumentTexts
from assembler.library.validate.invalid_library import InvalidLibrary
from assembler.runtime.library import Library
from tests.authoring.builders import MOMENT, project as files
from tests.library.validate.altered import CONTENT, DELETED, TEXTS, Path, altered, entry
from tests.runtime.sample import DAY

FIRST, LAST = -719_163 * DAY, 2_932_898 * DAY
EMAIL = ("campaigns", "come_back", "channels", "email")
PAGE = ("campaigns", "come_back", "channels", "page")
HTML = (*EMAIL, "documents", "en", "html")
HEADLINE = (*HTML, "calls", 1)
MONTHS = {"type": "compare", "signal": "months", "operator": "==", "value": 7}


def compared(**changes: object) -> dict[str, object]:
    """A comparison that is in order but for the changes."""
    return {**MONTHS, **changes}


def nested(depth: int) -> dict[str, object]:
    """A rule of so many levels."""
    rule: dict[str, object] = MONTHS
    for _ in range(depth - 1):
        rule = {"type": "not", "rule": rule}
    return rule


def renamed(before: str, after: str) -> Any:
    """A change of one key."""
    return lambda mapping: {after if key == before else key: value for key, value in mapping.items()}


RULE = ("segments", "lapsed", "rule")
MAX_LENGTH = ("fields", "greeting", "max_length")
SPRING = ("components", "body/spring")
NEW = ("components", "headline/new")
TEST = ("components", "offer/bold", "test")
SLOTS = ("campaigns", "come_back", "slots")
HEADLINES = ("campaigns", "come_back", "slots", "headline", "default")
PARTS = (*EMAIL, "defaults", "en", "parts")
WRONG: list[tuple[Path, object, str]] = [
    # names
    (("name",), "Harbour & Pine", "name: 'Harbour & Pine' is no name"),
    (("name",), "../x", "name: '../x' is no name"),
    (("locales",), [], "locales: there is none"),
    (("locales",), ["en", "fr", "EN"], "locales: 'EN' stands there twice"),
    (("locales",), ["en", ""], "locales: '' is no locale"),
    (("spellings",), {"ENG": "en"}, "spellings.ENG: a spelling is a locale in small letters"),
    (("spellings",), {"": "en"}, "spellings.: a spelling is a locale in small letters"),
    (("spellings",), {"fr": "en"}, "spellings.fr: it is a locale itself"),
    (("spellings",), {"deu": "de"}, "spellings.deu: there is no locale 'de'"),
    (("link_hosts",), ["www.X.example"], "link_hosts: 'www.X.example' is no host in small letters"),
    (("link_hosts",), [""], "link_hosts: '' is no host in small letters"),
    (("fields",), renamed("first_name", "first name"), "fields and signals: 'first name' is no name"),
    (("signals",), renamed("city", "City"), "fields and signals: 'City' is no name"),
    (("fields",), renamed("greeting", "months"), "fields and signals: 'months' stands there twice"),
    (("segments", "seeker", "id"), "lapsed", "segments: 'lapsed' stands there twice"),
    (("stages", "win_back", "id"), "", "stages: '' is no name"),
    (("campaigns",), renamed("welcome", "Welcome"), "campaigns: 'Welcome' is no name"),
    ((*SPRING, "address"), "offer/spring_2", "is no address of the type 'body'"),
    ((*SPRING, "address"), "body/", "is no address of the type 'body'"),
    ((*SPRING, "address"), "body/calm", "components.2.address: a second component 'body/calm'"),
    # fields and signals
    (MAX_LENGTH, 0, f"fields.greeting.max_length: a value may have from 1 to {LONGEST_VALUE} c"),
    (MAX_LENGTH, LONGEST_VALUE + 1, "fields.greeting.max_length: a value may have from 1"),
    (MAX_LENGTH, 10**30, "fields.greeting.max_length: a value may have from 1"),
    (("signals", "looking_for", "values"), [], "signals.looking_for.values: a choice has values"),
    (("signals", "city", "values"), ["a"], "signals.city.values: a choice has values"),
    (("signals", "city", "low"), 1, "signals.city: a range is for numbers, and this is of kind text"),
    (("signals", "months", "low"), 601, "signals.months.low: the range ends before it begins"),
    (("signals", "months", "max_age"), 0, "signals.months.max_age: an age is above 0"),
    (("signals", "months", "max_age"), -(10**30), "signals.months.max_age: an age is above 0"),
    (("signals", "months", "max_age"), 999_999_999 * DAY + 1, "no more than a billion days"),
    (("signals", "months"), {"kind": "text"}, "segments.lapsed.rule: >= compares numbers, and months is of kind text"),
    # rules
    (RULE, compared(signal="moths"), "segments.lapsed.rule: the library has no 'moths' there"),
    (RULE, compared(value="7"), "segments.lapsed.rule: a signal of kind integer is compared with '7'"),
    (RULE, compared(value=True), "a signal of kind integer is compared with 'True'"),
    (RULE, compared(signal="newcomer", value=1), "a signal of kind boolean is compared with '1'"),
    (RULE, compared(signal="city", value=1), "a signal of kind text is compared with '1'"),
    (RULE, compared(signal="city", operator="<", value="a"), "< compares numbers, and city is of kind text"),
    (RULE, compared(signal="newcomer", operator=">=", value=True), ">= compares numbers, and newcomer is of kind bool"),
    (RULE, compared(signal="looking_for", value="socks"), "'socks' is not among the values of the choice"),
    (RULE, compared(signal="last_visit"), "days are counted from a date, and last_visit is of kind date"),
    (RULE, compared(days=True), "days are counted from a date, and months is of kind integer"),
    (RULE, compared(signal="last_visit", days=True, value="7"), "a signal of kind date is compared with '7'"),
    (RULE, {"type": "among", "signal": "months", "values": []}, "months is compared with an empty list"),
    (RULE, {"type": "among", "signal": "months", "values": [1, "2"]}, "a signal of kind integer is compared with '2'"),
    (RULE, {"type": "known", "signal": "first_name"}, "the library has no 'first_name' there"),
    (RULE, {"type": "or", "rules": []}, "segments.lapsed.rule: `and` and `or` join at least one rule"),
    (RULE, {"type": "and", "rules": [MONTHS, {"type": "not", "rule": compared(signal="x")}]}, "no 'x' there"),
    (RULE, nested(129), "segments.lapsed.rule: a rule of more than 128 levels"),
    (("stages", "win_back", "rule"), compared(value="7"), "stages.win_back.rule: a signal of kind integer"),
    # holdouts
    (("holdout",), {"share": -1, "salt": "x"}, "holdout.share: a share is from 0 to 10000"),
    (("holdout",), {"share": 10_001, "salt": "x"}, "holdout.share: a share is from 0 to 10000"),
    (("holdout",), {"share": 1, "salt": "x", "until": FIRST - 1}, "holdout.until: a moment that no calendar has"),
    (("holdout",), {"share": 1, "salt": "x", "until": LAST + 1}, "holdout.until: a moment that no calendar has"),
    (("campaigns", "welcome", "holdout"), {"share": 10_001, "salt": "x"}, "campaigns.welcome.holdout.share: a share i"),
    # components
    ((*SPRING, "locales"), ["en", "de"], "components.2.locales: the library has no 'de' there"),
    ((*SPRING, "campaigns"), ["x"], "campaigns: the library has no 'x' there"),
    ((*SPRING, "segments"), ["win_back"], "segments: the library has no 'win_back' there"),
    ((*SPRING, "stages"), ["lapsed"], "stages: the library has no 'lapsed' there"),
    ((*SPRING, "needs"), ["lapsed"], "needs: the library has no 'lapsed' there"),
    ((*SPRING, "requires"), ["offer/x"], "requires: the library has no 'offer/x' there"),
    ((*SPRING, "excludes"), ["x" * 999], "excludes: the library has no '" + "x" * 80 + "' there"),
    ((*NEW, "window", "start"), FIRST - 1, "window.start: a moment that no calendar has"),
    ((*NEW, "window", "end"), LAST, "window.last: the day that the window ends on is not said"),
    ((*NEW, "window", "first"), DELETED, "window.first: the day that the window starts on is"),
    (("components", "headline/old", "window", "end"), 10**40, "window.end: a moment that no calendar has"),
    ((*TEST, "id"), "", "test.id: '' is no name"),
    ((*TEST, "ranges"), {"x": [0, 1]}, "test.ranges: the library has no 'x' there"),
    *(
        ((*TEST, "ranges", "come_back"), ranges, "test.ranges.come_back: buckets are from 0")
        for ranges in ([-1, 5], [6, 5], [0, 10_001])
    ),
    # campaigns
    (("campaigns", "welcome", "needs"), ["x"], "campaigns.welcome.needs: the library has no 'x' there"),
    ((*SLOTS, "offer", "name"), "body", "campaigns.come_back.slots: 'body' stands there twice"),
    ((*SLOTS, "offer", "type"), "", "campaigns.come_back.slots.offer.type: '' is no name"),
    ((*SLOTS, "body", "default"), "body/x", "the library has no 'body/x' there"),
    ((*SLOTS, "body", "default"), "offer/bold", "offer/bold is no body that is ready"),
    ((*SLOTS, "body", "default"), None, "its slots or its key are not those of the default"),
    (HEADLINES, "headline/sketch", "is no headline that is ready"),
    (HEADLINES, "headline/english", "is no headline that is ready in every"),
    (HEADLINES, "headline/lapsed", "depends on the person, the moment"),
    (HEADLINES, "headline/echo", "is the default of another slot too"),
    (HEADLINES, "headline/welcome_seeker", "is not for this campaign"),
    ((*SLOTS, "proof", "default"), "proof/warranty", "depends on the person, the moment"),
    (("components", "proof/returns", "window"), {"end": 0, "last": "1970-01-01"}, "proof/returns depends on the perso"),
    (("components", "proof/returns", "needs"), ["city"], "proof/returns depends on the person"),
    (("components", "proof/returns", "test"), {"id": "x", "ranges": {}}, "proof/returns depends on the person"),
    # channels
    (("campaigns", "come_back", "channels"), renamed("email", "e-mail"), "campaigns.come_back.channels: 'e-mail' is n"),
    ((*EMAIL, "slots"), ["offer", "headline", "echo", "proof", "body"], "slots: they are not the campaign's, each onc"),
    ((*EMAIL, "slots"), ["offer", "headline", "echo", "body"], "calls.4.slot: the library has no 'proof' there"),
    ((*EMAIL, "documents", "fr"), DELETED, "documents and defaults are not those of the library's locales"),
    ((*EMAIL, "defaults", "fr"), DELETED, "documents and defaults are not those of the library's locales"),
    ((*EMAIL, "documents"), renamed("fr", "de"), "documents and defaults are not those of the library's locales"),
    ((*EMAIL, "documents", "fr", "text"), DELETED, "documents.fr: the parts are not those of every locale"),
    ((*EMAIL, "defaults", "fr", "parts", "text"), DELETED, "documents.fr: the parts are not those of every locale"),
    ((*EMAIL, "documents", "en"), renamed("text", "txt"), "documents: parts are some of html, json, preheader"),
    ((*EMAIL, "documents"), {"en": {}, "fr": {}}, "documents: parts are some of"),
    # documents
    ((*HTML, "segments"), [], "documents.en.html.segments: there is one more than there are calls"),
    ((*HTML, "segments"), lambda items: [*items, []], "segments: there is one more than there are calls"),
    ((*HTML, "segments", 0), [len(TEXTS)], "documents.en.html: it names texts or holes which are not there"),
    ((*HTML, "segments", 0), [-1 - len(CONTENT.placeholders)], "it names texts or holes which are not there"),
    ((*HEADLINE, "fragments", "headline/all"), [10**30], "it names texts or holes which are not there"),
    ((*HEADLINE, "slot"), "headlines", "documents.en.html.calls.1.slot: the library has no 'headlines' there"),
    ((*HEADLINE, "fragments", "headline/come_back"), DELETED, "calls.1.fragments: headline/come_back may stand there"),
    ((*HEADLINE, "fragments", "headline/win_back"), DELETED, "headline/win_back may stand there and has no fragment"),
    ((*HEADLINE, "fragments"), renamed("headline/sketch", "headline/x"), "the library has no 'headline/x' there"),
    ((*HEADLINE, "fragments"), renamed("headline/sketch", "offer/bold"), "the library has no 'offer/bold' there"),
    ((*PAGE, "documents", "fr", "html", "calls", 0, "fragments", "headline/paper"), DELETED, "headline/paper may"),
    ((*HEADLINE, "fragments", "headline/english"), DELETED, "headline/english may stand there and has no fragment"),
    # placeholders
    (("holes", 0, "field"), "x", "holes.0.field: the library has no 'x' there"),
    (("holes", 0, "fallback"), -1, "holes.0.fallback: -1 is the number of no text, or of an empty link"),
    (("holes", 0, "fallback"), len(TEXTS), "is the number of no text, or of an empty link"),
    # stored defaults
    ((*EMAIL, "defaults", "en", "key"), "come_back/email/fr/000000000000", "its slots or its key are not those of the"),
    ((*EMAIL, "defaults", "en", "slots", "body"), "body/calm", "its slots or its key are not those of the default"),
    ((*EMAIL, "defaults", "en", "slots", "offer"), DELETED, "its slots or its key are not those of the default"),
    ((*PARTS, "html"), 0, "defaults.en.parts.html: it is not what the document makes of the"),
    ((*PARTS, "html"), -1, "defaults.en.parts.html: it is not what the document makes of the"),
    ((*PARTS, "html"), len(TEXTS), "parts.html: it is not what the document makes of the"),
    ((*HTML, "segments", 1), [0, 0], "defaults.en.parts.html: it is not what the document makes of the"),
]  # fmt: skip

RIGHT: list[tuple[Path, object]] = [
    (MAX_LENGTH, 1),
    (MAX_LENGTH, LONGEST_VALUE),
    (("signals", "months", "low"), 600),
    (("signals", "months", "low"), DELETED),
    (("signals", "months", "high"), 10**30),
    (("signals", "months", "max_age"), 1),
    (("signals", "months", "max_age"), 999_999_999 * DAY),
    (RULE, nested(128)),
    (RULE, compared(value=10**30)),
    (RULE, compared(value=6.5)),
    (RULE, compared(signal="last_visit", days=True, operator="<")),
    (RULE, compared(signal="city", operator="!=", value="")),
    (RULE, {"type": "known", "signal": "last_visit"}),
    (("holdout",), {"share": 0, "salt": "", "until": FIRST}),
    (("holdout",), {"share": 10_000, "salt": "", "until": LAST}),
    ((*SPRING, "channels"), ["sms"]),
    ((*NEW, "window"), {"start": FIRST, "first": "0001-01-01", "end": LAST, "last": "9999-12-31"}),
    *(((*TEST, "ranges", "come_back"), ranges) for ranges in ([0, 10_000], [5, 5])),
    (("components", "offer/bold", "segments"), []),
    ((*HEADLINE, "fragments", "headline/sketch"), DELETED),
    ((*HEADLINE, "fragments", "headline/all"), [0, -1]),
    ((*HEADLINE, "fragments", "headline/win_back"), [len(TEXTS) - 1, -len(CONTENT.placeholders)]),
    (("unassigned",), "default"),
    # no fragment of what is not for the channel, or not there in the locale
    ((*HEADLINE, "fragments", "headline/paper"), DELETED),
    ((*EMAIL, "documents", "fr", "html", "calls", 1, "fragments", "headline/english"), DELETED),
]  # fmt: skip


def _name(case: object) -> str | None:
    return ".".join(map(str, case)) if isinstance(case, tuple) else None


@pytest.mark.parametrize(("path", "value", "error"), WRONG, ids=_name)
def test_wrong_content_is_refused_at_its_place(path: Path, value: object, error: str) -> None:
    with pytest.raises(InvalidLibrary) as caught:
        validate(altered((path, value)), TEXTS)
    assert error in str(caught.value)


@pytest.mark.parametrize(("path", "value"), RIGHT, ids=_name)
def test_what_is_on_a_limit_is_taken(path: Path, value: object) -> None:
    validate(altered((path, value)), TEXTS)


def test_texts_are_utf8() -> None:
    with pytest.raises(InvalidLibrary, match=r"texts\.2: it is not UTF-8"):
        validate(CONTENT, (*TEXTS[:2], "\u00e9".encode()[:1], *TEXTS[3:]))


@pytest.mark.parametrize("encoder", ["url", "url_text"])
def test_a_link_is_never_empty(encoder: str) -> None:
    number, placeholder = next(
        (number, placeholder) for number, placeholder in enumerate(CONTENT.placeholders) if placeholder.encoder == "url"
    )
    content = altered((("holes", number, "encoder"), encoder))
    with pytest.raises(
        InvalidLibrary, match=f"holes.{number}.fallback: {placeholder.fallback} is the number of no text, or of an em"
    ):
        validate(content, (*TEXTS[: placeholder.fallback], b" ", *TEXTS[placeholder.fallback + 1 :]))


def test_the_first_text_is_one() -> None:
    texts = DocumentTexts((b"x",), (), {})
    assert [texts.text(number) for number in (-1, 0, 1)] == [None, b"x", None]


def test_a_required_slot_is_never_blank() -> None:
    """Not in all parts: in some of them a component may say nothing."""
    texts = (*TEXTS, b" \n")
    blank = [
        ((*EMAIL, "documents", "fr", part, "calls", 1, "fragments", "headline/all"), [len(TEXTS)])
        for part in ("subject", "preheader", "html", "text")
    ]
    validate(altered(*blank[1:]), texts)
    with pytest.raises(
        InvalidLibrary, match=r"documents\.fr: nothing of headline/all is to be seen in the slot headline"
    ):
        validate(altered(*blank), texts)


def _only_a_headline(part: str, **fragments: list[int]) -> tuple[Content, tuple[bytes, ...]]:
    """The sample with a part in French that is a headline and nothing else; and its texts, the last one blank."""
    call = entry((*EMAIL, "documents", "fr", part, "calls", 1))
    default = b"".join(
        TEXTS[number if number >= 0 else CONTENT.placeholders[-1 - number].fallback]
        for number in call["fragments"]["headline/come_back"]
    )
    call["fragments"] |= {f"headline/{name}": fragment for name, fragment in fragments.items()}
    content = altered(
        ((*EMAIL, "documents", "fr", part), {"segments": [[len(TEXTS) + 1], []], "calls": [call]}),
        ((*EMAIL, "defaults", "fr", "parts", part), len(TEXTS)),
    )
    return content, (*TEXTS, b" \n" + default, b" \n")


def test_a_part_that_is_nothing_but_slots_is_never_blank() -> None:
    """A preheader may be."""
    blank = [len(TEXTS) + 1]
    validate(*_only_a_headline("subject"))
    validate(*_only_a_headline("subject", sketch=blank))
    validate(*_only_a_headline("preheader", all=blank))
    with pytest.raises(InvalidLibrary, match=r"documents\.fr\.subject: it may be blank"):
        validate(*_only_a_headline("subject", all=blank))


def test_every_slot_stands_somewhere() -> None:
    """Also one that may be empty, and in every locale."""

    def without_the_first(document: dict[str, Any]) -> dict[str, Any]:
        return {"segments": document["segments"][1:], "calls": document["calls"][1:]}

    changes = [((*EMAIL, "documents", "fr", part), without_the_first) for part in ("subject", "preheader", "html")]
    with pytest.raises(InvalidLibrary, match=r"defaults\.fr\.parts\.subject: it is not what"):
        validate(altered(*changes), TEXTS)
    with pytest.raises(InvalidLibrary, match=r"documents\.fr: no part calls the slot offer"):
        validate(altered(*changes, ((*EMAIL, "documents", "fr", "text"), without_the_first)), TEXTS)


def test_an_optional_slot_may_be_blank() -> None:
    texts = (*TEXTS, b"")
    offers = ((*EMAIL, "documents", "fr", part, "calls", 0, "fragments") for part in ("subject", "preheader", "text"))
    validate(altered(*(((*path, "offer/bold"), [len(TEXTS)]) for path in offers)), texts)


def test_the_hand_made_sample_is_in_order() -> None:
    validate(CONTENT, TEXTS)


def test_the_starter_is_in_order(starter_library: Library) -> None:
    validate(starter_library.content, starter_library.texts)


def test_what_was_compiled_is_in_order() -> None:
    compiled = Project.from_files(files()).compile(MOMENT)
    validate(compiled.content, compiled.texts)


def test_every_case_changes_something() -> None:
    for path, value, _ in WRONG:
        with suppress(KeyError):
            assert entry(path) != value, path
