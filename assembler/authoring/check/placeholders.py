"""Placeholders that other systems, and people in a hurry, leave in copy: [First Name], %%first%%, Your text here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that was left behind at an offset; `name` is the value that it was to become, where it has one."""

    start: int
    text: str
    name: str | None = None

    @property
    def end(self) -> int:
        """The offset at which it ends."""
        return self.start + len(self.text)


# Words that name a value, and words that stand beside those; in the languages that most copy is written in.
_HEADS = frozenset(
    (
        "name names fname lname firstname lastname fullname username surname nickname company brand product link url "
        "date price amount number total city town state country zip postcode address email e-mail mail phone telephone "
        "title text copy headline subject preheader tagline caption cta button image photo logo code id here value "
        "field placeholder organisation organization recipient tbc tbd tba "
        "prénom prenom nom entreprise société produit lien prix ville montant adresse courriel ici texte titre "
        "vorname nachname anrede firma firmenname produkt produktname datum preis betrag ort stadt hier überschrift "
        "nombre apellido apellidos empresa producto enlace fecha precio ciudad importe aquí texto título "
        "nome cognome azienda prodotto data prezzo città testo titolo sobrenome apelido produto preço cidade "
        "naam voornaam achternaam bedrijf bedrijfsnaam prijs plaats"
    ).split()
)
_BESIDE = frozenset(
    (
        "a an the your our my their first last full given middle family sender customer client user contact member "
        "subscriber receiver item order invoice store shop event job course street home business billing shipping "
        "delivery due start end expiry expiration renewal trial account promo discount coupon voucher offer sale "
        "insert enter add put type write replace with of and llc ltd inc gmbh sarl "
        "de du la le les l d votre vos ajouter famille ihr ihre ihren dein deine einfügen eingeben su tu il tuo suo o "
        "seu uw"
    ).split()
)
_ALONE = frozenset(
    {"first", "last", "day", "month", "year", "time", "tag", "monat", "jahr", "jour", "mois", "année", "heure"}
)
_INSERTING = regex.compile(r"(?i:insert|insérer|inserer|einfügen|inserta|insertar|inserisci|inserir|insira|invoegen)\b")
# Capitals in brackets that are said to readers.
_SAID = frozenset(
    (
        "PDF FAQ NEW VIDEO WEBINAR SIC AD SALE FREE UK US USA EU UPDATE REMINDER LIVE PODCAST VIP AM PM RSVP SOLDES "
        "NOUVEAU NEU NUEVO NOVO GRATIS OFFRE INFO ALERT ALERTE EXCLUSIVE TODAY HEUTE LAST CHANCE FLASH PROMO REBAJAS "
        "SALDI OUTLET FRIDAY CYBER EARLY MEMBERS ONLY SOLD ENDS NOW HOT TOP TIP TIPS NEWS EVENT INVITE INVITATION "
        "SURVEY DEAL DEALS GIFT BONUS"
    ).split()
)

_BRACKETS = regex.compile(r"(?<!<!(?:--)?)\[(?P<name>[^\[\]\n]{1,60})\]")
_DEFINED = regex.compile(r"^[ ]{0,3}\[([^\[\]\n]{1,60})\]:", regex.MULTILINE)
_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}\p{N}_ .-]*[\p{Lu}\p{N}]")
_WORD = regex.compile(r"\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}")
_TAGS = regex.compile(
    r"""\[\[(?P<name>[^\[\]\n]{1,60})\]\]                        # [[first_name]]
      | \*\|(?P<name>[^|\n]{1,80})\|\*                           # *|FNAME|*
      | (?<!\d)%%[=\[]?(?P<name>[\p{L}_][^%\n]{0,80})%%          # %%first%%
      | (?<![\w%])%(?P<name>\p{L}(?!\d)[\p{L}\p{N}_.-]{2,40})%(?!\w)   # %FIRSTNAME%
      | <<(?P<name>[\p{L}_][\p{L}\p{N}_. ]{0,40})>>           # <<name>>
      | «(?P<name>\p{L}+_[\p{L}\p{N}_]+)»                        # «First_Name»
      | <%=?(?P<name>[^%\n]{1,80})%>                             # <%= name %>
      | (?<![{])[$\#@]\{(?P<name>[^{}\n]{1,60})\}                # ${name}, #{name}, @{name}
      | (?<![{])\{!\$?(?P<name>[\w.]{1,60})\}                    # {!Contact.FirstName}
      | ~(?P<name>\p{Lu}\w{1,40}\.\w{1,40})~                     # ~Contact.FirstName~
      | (?<![\w.])@(?P<name>\p{Lu}[\p{Lu}_]{2,40})@(?!\w)        # @FIRSTNAME@
      | \$(?P<name>\p{Lu}[\p{L}_]{1,40}(?:\ \p{Lu}[\p{L}_]{1,40}){0,2})\$   # $First Name$
      | (?P<sign>\#\#|@@|\$\$)(?P<name>[\p{L}_]{2,40})(?P=sign)  # ##name##
      | (?<![\w_])__(?P<name>\p{Lu}[\p{Lu}\p{N}]*_[\p{Lu}\p{N}_]*[\p{Lu}\p{N}])__(?![\w_])   # __FIRST_NAME__
      | \b(?P<name>FNAME|LNAME|FIRSTNAME|LASTNAME|FirstName|LastName|FIRST_NAME|LAST_NAME)\b
      | %\(\w{1,40}\)s | (?<![\w%])%(?:\d\$)?[s@](?![\w%])       # %s
      | \[object\ Object\] | \bInvalid\ Date\b | \b(?:REPLACE|CHANGE)[ _-]?(?:ME|THIS)\b
      | \b(?:DD|dd)(?P<stop>[./-])(?:MM|mm)(?P=stop)(?:YY|yy){1,2}\b
      """,
    regex.VERBOSE,
)
_IN_TEXT = regex.compile(r"(?<![\w_])__(?P<name>\p{Lu}[\p{Lu}\p{N}]*)__(?![\w_])")
_BRACES = regex.compile(r"(?<![{$#\w])\{(?P<name>[A-Za-z_][\w. ]{0,40})\}(?!\})")
_PART = (
    r"(?:headline|heading|title|subtitle|text|copy|subject(?:[ ]line)?|preheader|tagline|body(?:[ ]copy|[ ]text)?"
    r"|paragraph|caption|image|logo|content|quote|description|button(?:[ ]text)?|name|link|texte|titre|überschrift"
    r"|testo|titolo|texto|título|tekst)"
)
# A whole line, or all between two tags.
_WHOLE = regex.compile(
    rf"""(?:^|(?<=>))[^\w\n<>]*(?P<all>(?i:
        TBC | TBD | TBA | TK | n/a | FIXME | asdf\w* | placeholder | untitled | click\ to\ edit | edit\ me | test
      | to\ be\ (?:confirmed|decided|defined|written|done) | (?:sample|dummy)\ (?:text|copy) | headline
      | subject(?:\ line)? | body\ (?:copy|text) | button\ text | heading\ \d
      | (?:(?:add|enter|type|write|put)\ )?(?:your|the|a)?\s?{_PART}(?:\ goes)?\ here
      | insert\ (?:[\w'’-]+\ ){{0,4}}[\w'’-]+
      | (?:votre|le|ton)?\s?{_PART}\ ici | (?:ihr|dein|der)?\s?{_PART}\ hier(?:\ einfügen)? | hier\ {_PART}\ einfügen
      | (?:tu|su|il\ tuo|o\ seu)?\s?{_PART}\ (?:aquí|qui|aqui) | (?:uw|jouw)\ {_PART}\ hier
      ))[^\w\n<>]*(?=$|<)""",
    regex.VERBOSE | regex.MULTILINE,
)
_WITHIN = regex.compile(rf"(?i:\b{_PART}\ goes\ here\b|\binsert\ (?:[\w'’-]+\ ){{0,4}}here\b)")


def placeholders(text: str, *, markdown: bool = False, braces: bool = False) -> Iterator[Leftover]:
    """Every placeholder of a text, at its offset. In Markdown [words](address) and __words__ are none.

    `braces` says whether {name} is one: in copy it has a finding of its own.
    """
    matches = [
        *_TAGS.finditer(text),
        *(() if markdown else _IN_TEXT.finditer(text)),
        *(_BRACES.finditer(text) if braces else ()),
        *_brackets(text, markdown=markdown),
    ]
    yield from (Leftover(match.start(), match[0], match["name"]) for match in matches)
    yield from (Leftover(match.start("all"), match["all"]) for match in _WHOLE.finditer(text))
    yield from (Leftover(match.start(), match[0]) for match in _WITHIN.finditer(text))


def _brackets(text: str, *, markdown: bool) -> Iterator[regex.Match[str]]:
    """Brackets that name a value. In Markdown an address, after them or defined, makes them the words of a link."""
    labels = {label.casefold() for label in _DEFINED.findall(text)} if markdown else set()
    for match in _BRACKETS.finditer(text):
        is_link = markdown and (text.startswith("(", match.end()) or match["name"].casefold() in labels)
        if not is_link and _in_brackets(match["name"]):
            yield match


def _in_brackets(inner: str) -> bool:
    """Return whether what stands in brackets names a value, or tells what to write, rather than saying something."""
    if _INSERTING.match(inner) or "_" in inner.strip("_"):
        return True
    if _CAPITALS.fullmatch(inner):
        return _SAID.isdisjoint(regex.split(r"[ ._-]", inner))
    words = [word.casefold() for word in _WORD.findall(inner)]
    if len(words) == 1 and words[0] in _ALONE:
        return True
    fallback = regex.search(r"[,|]\s*(?:fallback|default)\b", inner)
    return bool(fallback) or (bool(_HEADS.intersection(words)) and _HEADS.union(_BESIDE).issuperset(words))
