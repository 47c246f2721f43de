"""A variant as an e-mail message: what other programs read from it, and what can never get into it."""

from __future__ import annotations

import email
import quopri
import re
import smtplib
import socket
from datetime import UTC, date, datetime, timedelta, timezone
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from hypothesis import example, given, settings, strategies as st

from assembler import Library, Variant
from assembler.runtime.message import message, quoted_printable
from tests.examples import examples
from tests.runtime.sample import library

AT = datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version",
    "Content-Type",
]  # fmt: skip
GIVEN: dict[str, Any] = {
    "sender": "Harbour & Pine <hello@harbourandpine.example>",
    "to": "maya@people.example",
    "unsubscribe": "https://www.harbourandpine.example/u/1?a=b&c=d",
}


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def made(subject: str = "Hello", text: str = "Hi", html: str = "<p>Hi</p>", **given: object) -> bytes:
    bodies = {"plain": quoted_printable(text.encode()), "html": quoted_printable(html.encode())}
    return message(subject.encode(), bodies, **{**GIVEN, "message_id": None, "date": AT, **given})


@pytest.fixture
def variant(starter_library: Library) -> Variant:
    context = {"id": "3", "locale": "fr", "consent": ["marketing"], "fields": {"first_name": "Zoë"},
               "signals": {"months_since_purchase": 9, "spend_last_year": 600}}  # fmt: skip
    return starter_library.assemble("come_back", channel="email", context=context, at=AT)


def test_another_parser_reads_what_was_written(variant: Variant) -> None:
    message = parsed(variant.message(**GIVEN))
    assert message.keys() == HEADERS
    assert message["Subject"] == variant.subject
    assert message["From"].addresses[0].display_name == "Harbour & Pine"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].datetime == AT
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n").strip() == (variant.text or "").strip()
    assert html.get_content().replace("\r\n", "\n").strip() == (variant.html or "").strip()
    assert not [part.defects for part in message.walk() if part.defects]


def test_the_same_call_has_the_same_bytes_and_every_line_is_short(variant: Variant) -> None:
    first, second = variant.message(**GIVEN), variant.message(**GIVEN)
    assert first == second
    head, _, body = first.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 78
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert b"\n" not in first.replace(b"\r\n", b"") and b"\r" not in first.replace(b"\r\n", b"")
    assert variant.message(**{**GIVEN, "to": "another@people.example"}) != first


def test_a_mail_server_takes_it_and_hands_on_the_same_words(variant: Variant) -> None:
    received: list[email.message.Message] = []

    class Keep(Message):
        def handle_message(self, message: email.message.Message) -> None:
            received.append(message)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.sendmail("hello@harbourandpine.example", ["maya@people.example"], variant.message(**GIVEN))
    finally:
        controller.stop()
    (mail,) = received
    payloads = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    expected = [variant.encoded["text"], variant.encoded["html"]]
    assert [data.replace(b"\r\n", b"\n").strip() for data in payloads if isinstance(data, bytes)] == [
        word.strip() for word in expected
    ]


@given(
    text=st.text(min_size=1, max_size=400).filter(
        lambda line: line.strip() and not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|=\?", line)
    )
)
@settings(max_examples=examples(200), deadline=None)
def test_any_subject_is_read_back(text: str) -> None:
    data = made(subject=text)
    assert parsed(data).keys() == HEADERS
    words = b"".join(data.partition(b"\r\nSubject: ")[2].partition(b"\r\nDate: ")[0].split(b"\r\n"))
    assert str(make_header(decode_header(words.decode()))).strip() == text.strip()


@given(pieces=st.lists(st.text(max_size=120) | st.text(".From \n", max_size=120), max_size=8))
@example(pieces=[".."])
@example(pieces=["." * 200, ".From me", "From From "])
@settings(max_examples=examples(300), deadline=None)
def test_quoted_pieces_join_to_the_quoted_whole(pieces: list[str]) -> None:
    data = [piece.replace("\r", "").encode("utf-8", "ignore") for piece in pieces]
    quoted = b"".join(map(quoted_printable, data))
    assert quopri.decodestring(quoted).replace(b"\r\n", b"\n") == b"".join(data)
    assert all(len(line) <= 76 for line in quoted.split(b"\r\n"))
    assert not [line for line in quoted.split(b"\r\n") if line.startswith((b".", b"From "))]


@pytest.mark.parametrize(
    ("piece", "lines"),
    [
        (b".", [b"=2E=", b""]),
        (b"a\nFrom me", [b"a", b"=46rom me=", b""]),
        (b"a\nJ\xc3\xaa", [b"a", b"J=C3=AA=", b""]),
        (b"." + b"x" * 72, [b"=2E" + b"x" * 72 + b"=", b""]),
        (b"." + b"x" * 73, [b"=2E=", b"x" * 73 + b"=", b""]),
        (b"\n/" + b"." * 74, [b"", b"/" + b"." * 74 + b"=", b""]),
    ],
)
def test_a_line_is_broken_where_it_would_be_too_long(piece: bytes, lines: list[bytes]) -> None:
    assert quoted_printable(piece).split(b"\r\n") == lines


ATTACKS = [
    "a\r\nBcc: e@evil.example",
    "a\nBcc: e@evil.example",
    "=?utf-8?q?Hi=0D=0ABcc:_e@x?=",
    "a\x00b",
    "a\u2028Bcc: x",
    "\x85",
    "a\ud800",
]


@pytest.mark.parametrize("value", ATTACKS, ids=ascii)
@pytest.mark.parametrize("name", ["sender", "to", "unsubscribe", "message_id"])
def test_nothing_given_can_add_a_header(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        made(**{name: f"{value} <a@x.example>" if name in ("sender", "to") else value})


@pytest.mark.parametrize("value", ATTACKS[:6], ids=ascii)
def test_a_subject_cannot_either(value: str) -> None:
    with pytest.raises(ValueError, match="subject"):
        made(subject=value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sender", "nobody"),
        ("sender", ""),
        ("to", "a@x.example, b@y.example"),
        ("to", "a b@x.example"),
        ("to", "a@x.example>"),
        ("to", "a..b@x.example"),
        ("to", "ä@x.example"),
        ("unsubscribe", "http://x.example/u"),
        ("unsubscribe", "mailto:a@x.example"),
        ("unsubscribe", "https://x.example/<u>"),
        ("unsubscribe", "https://x.example/" + "u" * 1000),
        ("message_id", "no-brackets@x.example"),
        ("message_id", "<a@b> <c@d>"),
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        made(**{name: value})


@pytest.mark.parametrize(
    ("sender", "written"),
    [
        ("a@x.example", "a@x.example"),
        ("Ann Bo <a@x.example>", "Ann Bo <a@x.example>"),
        ("Ann, Bo <a@x.example>", '"Ann, Bo" <a@x.example>'),
        ('Ann "B" <a@x.example>', '"Ann \\"B" <a@x.example>'),
        ("Zoë <a@x.example>", "=?utf-8?B?Wm/Dqw==?=\r\n <a@x.example>"),
    ],
)
def test_a_name_is_written_as_mail_programs_read_it(sender: str, written: str) -> None:
    assert f"From: {written}\r\n".encode() in made(sender=sender)


@pytest.mark.parametrize("sender", ["a@x.example", "Anna <a@x.example>", "A. <a@x.example>", "Zoë <a@x.example>"])
def test_a_message_is_named_after_its_senders_domain(sender: str) -> None:
    assert re.search(rb"\r\nMessage-ID: <[0-9a-f]{32}@x\.example>\r\n", made(sender=sender))


def test_a_page_is_no_message(starter_library: Library) -> None:
    page = starter_library.assemble("come_back", channel="page", at=AT)
    with pytest.raises(ValueError, match="subject"):
        page.message(**GIVEN)


def test_a_stored_default_needs_a_date(starter_library: Library) -> None:
    stored = starter_library.default("come_back", channel="email", locale="en")
    with pytest.raises(ValueError, match=r"^a stored default has no moment; give a date$"):
        stored.message(**GIVEN)
    message = parsed(stored.message(**GIVEN, date=AT))
    assert message["Subject"] == stored.subject


class Raising(str):
    """Text whose methods raise."""

    __slots__ = ()

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("text")

    __str__ = __repr__ = __len__ = __iter__ = __getitem__ = __eq__ = __hash__ = strip = _raise


def test_any_class_of_text_will_do(variant: Variant) -> None:
    raising: dict[str, Any] = {name: Raising(value) for name, value in GIVEN.items()}
    assert variant.message(**raising) == variant.message(**GIVEN)


@pytest.mark.parametrize(
    "value", [None, 7, b"a@x.example", [], object(), len, datetime.max], ids=lambda value: type(value).__name__
)
@pytest.mark.parametrize("name", ["sender", "to", "unsubscribe", "message_id"])
def test_what_is_no_text_is_told_so(variant: Variant, name: str, value: object) -> None:
    if (name, value) != ("message_id", None):
        with pytest.raises(TypeError, match=f"{name} must be text"):
            variant.message(**{**GIVEN, name: value})


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("sender", "x" * 200 + " <a@x.example>", True),
        ("sender", "x" * 201 + " <a@x.example>", False),
        ("sender", "é" * 200 + " <a@x.example>", True),
        ("sender", '\\"' * 100 + " <a@x.example>", True),
        ("to", "a" * 64 + "@x.example", True),
        ("to", "a" * 65 + "@x.example", False),
        ("to", "a@" + "x" * 252, True),
        ("to", "a@" + "x" * 253, False),
        ("to", " " * 984 + "<a@x.example>", True),
        ("to", " " * 985 + "<a@x.example>", True),
        ("to", " " * 985 + "<a@x.example>" + " ", False),
        ("to", "x" * 50_000_000, False),
        ("unsubscribe", "https://x.example/" + "u" * 890, True),
        ("unsubscribe", "https://x.example/" + "u" * 891, False),
        ("message_id", "<" + "a" * 200 + "@x.example>", True),
        ("message_id", "<" + "a" * 201 + "@x.example>", False),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_what_is_longer_than_a_header_may_be_is_refused(name: str, value: str, fits: bool) -> None:
    if fits:
        head = made(**{name: value}).partition(b"\r\n\r\n")[0]
        assert max(map(len, head.split(b"\r\n"))) <= 998
    else:
        with pytest.raises(ValueError, match=name):
            made(**{name: value})


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        (
            datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            b"Sat, 21 Nov 2026 19:30:00 +0000",
        ),
        (datetime.min.replace(tzinfo=UTC), b"Mon, 01 Jan 0001 00:00:00 +0000"),
        (datetime.max.replace(tzinfo=UTC), b"Fri, 31 Dec 9999 23:59:59 +0000"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), None),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), None),
    ],
)
def test_a_message_is_sent_at_any_moment_that_has_a_date_in_utc(
    starter_library: Library, variant: Variant, at: datetime, sent: bytes | None
) -> None:
    then = starter_library.assemble("come_back", channel="email", at=at)
    for given_ in ((variant, at), (then, None)):
        if sent is None:
            with pytest.raises(ValueError, match="the year"):
                given_[0].message(**GIVEN, date=given_[1])
        else:
            assert b"\r\nDate: " + sent + b"\r\n" in given_[0].message(**GIVEN, date=given_[1])


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 11, 22), date(2026, 11, 22), "2026-11-22T12:00:00Z", 0, False, "", object()],
    ids=lambda value: type(value).__name__,
)
def test_a_date_must_be_an_aware_datetime(variant: Variant, at: Any) -> None:
    with pytest.raises(TypeError, match=r"^date must be an aware datetime, such as datetime.now\(UTC\)$"):
        variant.message(**GIVEN, date=at)


@pytest.mark.parametrize("name", ["?x", "x=", "=?x", "=", "?", "=?utf-8?q?x?="])
@pytest.mark.parametrize("fields", [{}, {"greeting": "hi", "account_url": "https://www.harbourandpine.example/1"}])
def test_no_name_begins_an_encoded_word_with_what_stands_around_it(name: str, fields: dict[str, str]) -> None:
    context = {"fields": {"first_name": name, **fields}}
    sent = library().assemble("welcome", channel="email", context=context)
    assert sent.subject == "en:<(headline/all [friend])|headline>"
    assert sent.message(**GIVEN)
