"""Copy sounds as if the reader were being watched, such as: we noticed you looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from unicodedata import normalize

import regex

from assembler.authoring.check.project_texts import string_texts
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.locales import language
from assembler.authoring.project.settings import Settings

# Phrases that tell people what was recorded about them. An apostrophe stands for either form of it.
_PHRASES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "we noticed you", "we noticed that you", "we've noticed you", "we've noticed that you",
        "we have noticed that you", "we saw you", "we saw that you", "we've seen you", "we've seen that you",
        "we see you", "we see that you", "we know you", "we know that you", "we know what you", "we know where you",
        "we know who you", "we've been watching", "we have been watching", "we've been tracking",
        "we have been tracking", "we tracked", "based on your browsing", "based on your activity",
        "based on your behaviour", "based on your behavior", "based on your search history", "based on your location",
        "based on your data", "your browsing history", "your browsing behaviour", "your browsing behavior",
        "your search history", "your recent searches", "you recently viewed", "you recently looked at",
        "you recently searched", "you looked at", "you were looking at", "you have been looking at",
        "you've been looking at", "you searched for", "you visited our", "you visited the page", "since you viewed",
        "because you viewed", "you left behind", "you clicked on", "you opened our", "you didn't open",
        "you haven't opened", "your last visit", "you spent time on", "our records show", "our data shows",
        "according to our records", "people like you", "customers like you", "we remember that you",
    ),
    "fr": (
        "nous avons remarqué", "on a remarqué", "nous avons vu que vous", "nous avons constaté que vous",
        "nous savons que vous", "nous savons ce que vous", "nous savons où vous", "nous voyons que vous",
        "vous avez consulté", "vous avez récemment consulté", "vous avez regardé", "vous avez récemment regardé",
        "vous avez recherché", "vous avez cherché", "vous avez cliqué", "vous avez visité", "vous n'avez pas ouvert",
        "vous avez ouvert notre", "d'après votre navigation", "selon votre navigation",
        "en fonction de votre navigation", "d'après vos recherches", "votre historique", "vos recherches récentes",
        "d'après votre activité", "selon votre activité", "d'après votre position", "d'après vos données",
        "votre dernière visite", "d'après nos données", "selon nos données", "nos données montrent",
        "les personnes comme vous", "les clients comme vous", "nous nous souvenons de vous", "nous vous suivons",
    ),
    "de": (
        "uns ist aufgefallen", "wir haben bemerkt", "wir haben gesehen, dass", "wir haben gesehen, was",
        "wir sehen, dass sie", "wir sehen, dass du", "wir wissen, dass sie", "wir wissen, dass du",
        "wir wissen, was sie", "wir wissen, was du", "wir wissen, wo sie", "wir wissen, wo du",
        "sie haben sich angesehen", "du hast dir angesehen", "sie haben gesucht", "du hast gesucht",
        "nach dem sie gesucht", "nach dem du gesucht", "sie haben geklickt", "du hast geklickt", "sie haben besucht",
        "du hast besucht", "ihr suchverlauf", "dein suchverlauf", "ihr browserverlauf", "dein browserverlauf",
        "ihr surfverhalten", "dein surfverhalten", "basierend auf ihrem verhalten", "basierend auf deinem verhalten",
        "basierend auf ihren aktivitäten", "basierend auf deinen aktivitäten", "aufgrund ihres standorts",
        "aufgrund deines standorts", "ihr letzter besuch", "dein letzter besuch", "bei ihrem letzten besuch",
        "bei deinem letzten besuch", "nicht geöffnet haben", "nicht geöffnet hast", "unseren daten zufolge",
        "laut unseren daten", "unsere daten zeigen", "menschen wie sie", "menschen wie du", "kunden wie sie",
        "kunden wie du",
    ),
    "es": (
        "hemos notado", "notamos que", "hemos visto que", "vimos que", "vemos que has", "vemos que ha",
        "sabemos que has", "sabemos que usted", "sabemos que tú", "sabemos lo que", "sabemos dónde",
        "has visto recientemente", "ha visto recientemente", "has buscado", "ha buscado", "has estado mirando",
        "ha estado mirando", "has estado viendo", "has visitado", "ha visitado", "has hecho clic", "ha hecho clic",
        "no has abierto", "no ha abierto", "según tu navegación", "según su navegación", "basado en tu actividad",
        "basado en su actividad", "en función de tu actividad", "en función de su actividad", "tu historial",
        "su historial", "tus búsquedas recientes", "sus búsquedas recientes", "según tu ubicación",
        "según su ubicación", "tu última visita", "su última visita", "según nuestros datos",
        "nuestros datos muestran", "personas como tú", "personas como usted", "clientes como tú",
        "clientes como usted",
    ),
}  # fmt: skip


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    patterns = _patterns(unit.around.settings)
    for copy in unit.copies:
        for match in _phrases(patterns, unit.locale_of(copy), copy.text) if copy.kind != "url" else ():
            yield _finding(copy.inside(match.start()), match)


@SURROUNDINGS.rule(
    "C04",
    "warning",
    __doc__,
    "Say what is on offer and why it is good; `policy.surveillance` in assembler.yaml adds phrases by locale.",
    READY_COMPONENTS.by(_in_copy),
)
def sounds_like_surveillance(checked: CheckedProject) -> Iterator[Finding]:
    patterns = _patterns(checked.project.settings)
    for locale, place, text in string_texts(checked.project):
        for match in _phrases(patterns, locale, text):
            yield _finding(place, match)


def _finding(place: Place, match: regex.Match[str]) -> Finding:
    message = f"{' '.join(match[0].split())!r} sounds like surveillance"
    return Finding(place, message, "offer what helps, and leave unsaid how you came to think of it")


def _phrases(patterns: Mapping[str, regex.Pattern[str]], locale: str, text: str) -> Iterator[regex.Match[str]]:
    """The phrases of a language in a text; a list for a whole locale, such as fr-CA, comes on top."""
    told = -1
    for name in dict.fromkeys((locale, language(locale))):
        for match in patterns[name].finditer(text) if name in patterns else ():
            if match.start() != told:
                told = match.start()
                yield match


def _patterns(settings: Settings) -> dict[str, regex.Pattern[str]]:
    own = settings.policy.surveillance
    return {locale: _pattern((*_PHRASES.get(locale, ()), *own.get(locale, ()))) for locale in {*_PHRASES, *own}}


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> regex.Pattern[str]:
    """Whole words, the longest phrase first, with any blanks between them, either apostrophe, in NFC or in NFD."""
    spelled = (normalize(form, phrase) for phrase in phrases if phrase.strip() for form in ("NFC", "NFD"))
    listed = sorted((phrase.split() for phrase in dict.fromkeys(spelled)), key=lambda words: -len(" ".join(words)))
    forms = (r"\s+".join(map(regex.escape, words)).replace("’", "'").replace("'", "['’]") for words in listed)
    return regex.compile(rf"(?<!\w)(?:{'|'.join(forms) or '(?!)'})(?!\w)", regex.IGNORECASE)
