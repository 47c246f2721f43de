"""C04, C06 and L02: phrases that sound like surveillance, links that say nothing, translations that are missing."""

from __future__ import annotations

from tests.authoring.builders import Files, component, rendition, settings, strings, translation

AWAY, FRENCH = "components/story/away.md", "components/story/away.fr.md"
STRINGS, STORY = "templates/strings.yaml", "templates/email/components/story.html.j2"
SWEET = "components/title/sweet.md"


CASES: list[tuple[Files, list[str]]] = [
    (
        component("story/away", "Hello. We noticed you looked away. Much is **new**."),
        [f"{AWAY}:5:8 C04 'We noticed you' sounds like surveillance"],
    ),
    (
        component("story/away", "We’ve noticed\nthat you were gone. Much is **new**."),
        [f"{AWAY}:5:1 C04 'We’ve noticed that you' sounds like surveillance"],
    ),
    (
        translation("story/away", "Nous avons vu que vous aimez le thé. Du **nouveau**."),
        [f"{FRENCH}:1:1 C04 'Nous avons vu que vous' sounds like surveillance"],
    ),
    (
        settings() | translation("title/plain", 'Vous avez cliqué, {{ first_name | default: "vous" }}', "fr-CA"),
        ["components/title/plain.fr-CA.md:1:1 C04 'Vous avez cliqué' sounds like surveillance"],
    ),
    (
        component("story/away", "A cosy chat. Much is **new**.")
        | settings(policy={"surveillance": {"en": ["cosy chat"]}}),
        [f"{AWAY}:5:3 C04 'cosy chat' sounds like surveillance"],
    ),
    (
        translation("story/away", "Une causette. Du **nouveau**.")
        | settings(policy={"surveillance": {"fr": ["causette"], "en": ["causette"]}}),
        [f"{FRENCH}:1:5 C04 'causette' sounds like surveillance"],
    ),
    (strings(en={"leave": "We tracked"}), [f"{STRINGS}:1:13 C04 'We tracked' sounds like surveillance"]),
    (
        component("story/away", "[Click here](https://www.sample.example/x). Much is **new**.")
        | translation("story/away", "[Du thé](https://www.sample.example/x). Du **nouveau**."),
        [f"{AWAY}:5:2 C06 a link that says only 'Click here'"],
    ),
    (
        component("story/away", "[A story](https://www.sample.example/x) Much is **new**.")
        | translation("story/away", "[*En savoir plus*](https://www.sample.example/x) Du **nouveau**."),
        [f"{FRENCH}:1:2 C06 a link that says only 'En savoir plus'"],
    ),
    (
        rendition("email/story.html", link='<a href="{{ url }}">Read more …</a>'),
        [f"{STORY}:1:164 C06 a link that says only 'Read more …'"],
    ),
    (
        settings() | component("title/sweet", fr=None),
        [f"{SWEET}:3:1 L02 title/sweet is not translated into fr, fr-CA, where people get the default"],
    ),
]

NEAR_MISSES: list[tuple[str, Files]] = [
    ("C04", component("story/away", "We noticed yours too late. Much is **new**.")),
    ("C04", translation("story/away", "We noticed you. Du **nouveau**.")),
    (
        "C04",
        component("story/away", "A cosy chat. Much is **new**.")
        | settings(policy={"surveillance": {"fr": ["cosy chat"]}}),
    ),
    (
        "C06",
        component("story/away", "[Here is our story](https://www.sample.example/x). Much is **new**.")
        | translation("story/away", "[Du thé](https://www.sample.example/x). Du **nouveau**."),
    ),
    ("C06", component("story/away", "Click here, or there. Much is **new**.")),
    ("C06", rendition("email/story.html", link='<a href="{{ url }}" aria-label="See the shop">More</a>')),
    ("L02", {"components/title/plain.fr-CA.md": None}),
    ("L02", component("title/sweet", segments=None, fr=None)),
]
