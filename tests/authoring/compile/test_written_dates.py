"""Dates in templates: in ISO 8601, and written out for readers of each locale."""

from __future__ import annotations

from datetime import date

import pytest

from assembler.authoring.compile.written_dates import in_words
from tests.authoring.builders import MOMENT, Files, component, in_memory, project
from tests.authoring.check.cases import findings

FIRST, LATER = date(2027, 2, 1), date(2027, 8, 21)


@pytest.mark.parametrize(
    ("locale", "first", "later"),
    [
        ("en-US", "February 1, 2027", "August 21, 2027"),
        ("en-GB", "1 February 2027", "21 August 2027"),
        ("en-AU", "1 February 2027", "21 August 2027"),
        ("en-GB-oxendict", "1 February 2027", "21 August 2027"),
        ("fr", "1er février 2027", "21 août 2027"),
        ("fr-CA", "1er février 2027", "21 août 2027"),
        ("fr-ZZ", "1er février 2027", "21 août 2027"),
        ("de", "1. Februar 2027", "21. August 2027"),
        ("de-1996", "1. Februar 2027", "21. August 2027"),
        ("es", "1 de febrero de 2027", "21 de agosto de 2027"),
        ("it", "1 febbraio 2027", "21 agosto 2027"),
        ("no", "1. februar 2027", "21. august 2027"),
        ("pl", "1 lutego 2027", "21 sierpnia 2027"),
        ("hu", "2027. február 1.", "2027. augusztus 21."),
        ("ja", "2027年2月1日", "2027年8月21日"),
        ("zh-TW", "2027年2月1日", "2027年8月21日"),
        ("sr-Latn", "1. februar 2027.", "21. avgust 2027."),
        ("tlh", "2027-02-01", "2027-08-21"),
        ("und", "2027-02-01", "2027-08-21"),
        ("qaa", "2027-02-01", "2027-08-21"),
    ],
)
def test_a_locale_has_its_own_words_or_those_of_its_parents(locale: str, first: str, later: str) -> None:
    assert (in_words(FIRST, locale, "UTC"), in_words(LATER, locale, "UTC")) == (first, later)


@pytest.mark.parametrize(
    ("locale", "timezone", "words"),
    [
        ("en", "UTC", "January 1, 2027"),
        ("en", "America/New_York", "January 1, 2027"),
        ("en", "Europe/London", "1 January 2027"),
        ("en", "Europe/Berlin", "1 January 2027"),
        ("en-US", "Europe/London", "January 1, 2027"),
        ("de", "Europe/Vienna", "1. Jänner 2027"),
        ("de-DE", "Europe/Vienna", "1. Januar 2027"),
        ("fr", "Europe/London", "1er janvier 2027"),
        ("sr", "Europe/Podgorica", "1. јануар 2027."),
    ],
)
def test_a_locale_without_a_territory_is_at_home_in_the_time_zone(locale: str, timezone: str, words: str) -> None:
    assert in_words(date(2027, 1, 1), locale, timezone) == words


def test_every_day_that_may_be_written_has_words() -> None:
    assert in_words(date.min, "fr", "UTC") == "1er janvier 1"
    assert in_words(date.max, "en-GB", "UTC") == "31 December 9999"


TEXT = "templates/email/components/offer.text.j2"
WRITTEN = "{{ body }} {{ ends }} {{ ends.iso }} {{ ends.words }}{% if ends.words is defined %}!{% endif %}\n"


@pytest.mark.parametrize(("locale", "words"), [("en", "1 May 2027"), ("fr", "1er mai 2027"), ("fr-CA", "1er mai 2027")])
def test_templates_write_a_date_in_each_way(locale: str, words: str) -> None:
    library = in_memory(project({TEXT: WRITTEN})).compile(at=MOMENT)
    context = {"locale": locale, "segment": "sweet_tooth"}
    text = library.assemble("back", channel="email", context=context, at=MOMENT).text
    assert text is not None
    assert f" 2027-05-01 2027-05-01 {words}!" in text


def test_a_date_that_is_not_set_is_empty_in_each_way() -> None:
    library = in_memory(project(component("offer/tea", ends=None), {TEXT: WRITTEN})).compile(at=MOMENT)
    text = library.assemble("back", channel="email", context={"segment": "sweet_tooth"}, at=MOMENT).text
    assert text is not None
    assert "* Free tea\n" in text


def test_a_form_that_dates_do_not_have_is_told() -> None:
    files: Files = {TEXT: "{{ body }} {{ ends.word }} {{ ends }}\n"}
    assert findings(files, "R03") == [f"{TEXT}:1:20 R03 no field 'word' in ends"]
