"""Placeholders of every kind are found; brackets and signs that say something are not."""

from __future__ import annotations

import pytest

from assembler.authoring.check.placeholders import placeholders

PLACEHOLDERS = [
    # Brackets, in any case and with blanks
    "[Product Name]", "[Sender Name]", "[Company Name, LLC]", "[First Name]", "[first name]", "[FIRST NAME]", "[FNAME]",
    "[first_name]", "[FirstName]", "[contact.firstname]", "[firstname,fallback=there]", "[%first_name%]", "[Name]",
    "[your company]", "[Your Name]", "[date]", "[expiry date]", "[link]", "[insert link]", "[Insert the offer of May]",
    "[CTA]", "[COMPANY]", "[OFFER DETAILS]", "[Month]", "[City]", "[tbc]", "[Prénom]", "[Nom de famille]", "[Vorname]",
    "[Ihr Name]", "[nombre]", "[Cognome]", "[[x]]", "[[data:firstname]]",
    # Tags of other systems
    "*|FNAME|*", "%%first%%", "%%=v(@first)=%%", "%FIRSTNAME%", "%first_name%", "<<name>>", "«First_Name»",
    "<%= name %>", "${name}", "#{name}", "~Contact.FirstName~", "@FIRSTNAME@", "$First Name$", "##name##",
    "__FIRST_NAME__", "FNAME", "FirstName", "%(name)s", "%s", "[object Object]", "Invalid Date", "DD/MM/YYYY",
    "dd.mm.yy", "REPLACE_ME", "{name}", "{First Name}",
    # Whole texts
    "TBC", "tbd", "TBA", "Placeholder", "Your text here", "Text here", "Headline goes here", "Insert headline here",
    "insert your name", "Subject line", "Sample text", "Votre texte ici", "Hier Text einfügen", "Tu texto aquí",
]  # fmt: skip

SOUND = [
    "[sic]", "(we)", "[…]", "[1]", "[a]", "[A]", "[ ]", "[x]", "[Size M]", "[PDF]", "[Video]", "[Webinar] x", "[en]",
    "[NEW] for spring", "[LAST CHANCE]", "[SUMMER SALE]", "[Last day] 20% off", "[Save the date]", "[New date]",
    "[Your invitation]", "[Photo: A. Byron]", "[iPhone]", "[YouTube]", "[booking.com]", "[Event]", "[Black Friday]",
    "£5", "5%% and 6%%", "5% to 10%", "50%off or 60%off", "100%s", "https://x.example/caf%C3%A9s%20x", "~20% ~30%",
    "$5 and $6", "#1 ## #2", "@name@x.example", "a_b_c and __", "«oui»", "x << y >> z", "{}", "{ }",
    "Get your copy here", "Enter code HIKE20 here", "Read the text here", "Type your answer here", "The headline act",
    "Title fight", "Subject to change", "Venue TBC on the day", "Test drive it", "n/a is short", "",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", "({})"])
def test_a_placeholder_is_found(text: str, around: str) -> None:
    whole = around.format("@").replace("@", text, 1)
    first = min(placeholders(whole, braces=True), key=lambda placeholder: placeholder.start)
    assert (first.start, first.text) == (whole.index(text), text)


@pytest.mark.parametrize("text", SOUND)
def test_what_is_said_is_none(text: str) -> None:
    assert list(placeholders(text, braces=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Name](https://x.example/a)", "[Date][d]\n\n[d]: https://x.example", "[Name]\n\n[name]: https://x.example",
        "__NAME__ is bold", "[link]: https://x.example",
    ],
)  # fmt: skip
def test_in_markdown_the_words_of_links_and_bold_words_are_none(text: str) -> None:
    assert [placeholder for placeholder in placeholders(text, markdown=True) if placeholder.text != "[Date]"] == []


@pytest.mark.parametrize("text", ["Dear [Name]:", "[First][Last]", "__NAME__"])
def test_in_a_text_they_are(text: str) -> None:
    assert list(placeholders(text))
