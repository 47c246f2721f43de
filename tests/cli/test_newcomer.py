"""The first hour of a newcomer with a brand of their own: ten commands and edits, and nothing is taken away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from assembler.authoring import Project
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("known_results")

TYPES = ("subject", "headline", "image", "body", "cta")
SIGNAL = """
signals:
  sites:
    kind: integer
    source: account records
    max_age: 35d
    consent: none
    owner: growth@lumengrid.example
    review_by: 2027-04-30
    response: companies with many sites read of one view over all of them
    fallback: unknown companies get the default
  months_with_us:
    kind: integer
    source: account records
    max_age: 35d
    consent: none
    owner: growth@lumengrid.example
    review_by: 2027-04-30
    response: new companies get help with the first meter, others with the next question
    fallback: unknown companies get the default
"""
CELLS = {
    "single": ("--segment", "single_site"),
    "many": ("--segment", "many_sites"),
    "first": ("--stage", "first_weeks"),
    "settled": ("--stage", "settled"),
    "many_first": ("--segment", "many_sites", "--stage", "first_weeks"),
}
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "subject": {
        "single": ("Your meter, read for you", "Ihr Zähler, für Sie abgelesen"),
        "many": ("All your sites on one page", "Alle Standorte auf einer Seite"),
        "first": ("Three steps to your first reading", "Drei Schritte zur ersten Messung"),
        "settled": ("What last winter cost you", "Was der letzte Winter gekostet hat"),
        "many_first": ("Begin with your hungriest site", "Beginnen Sie beim größten Verbraucher"),
    },
    "headline": {
        "single": ("No more walks to the cellar", "Nie mehr in den Keller"),
        "many": ("See which site needs you today", "Welcher Standort Sie heute braucht"),
        "first": ("Plug in, scan, read", "Einstecken, scannen, ablesen"),
        "settled": ("Now look for what runs at night", "Suchen Sie, was nachts läuft"),
        "many_first": ("One site first, all others after it", "Erst ein Standort, dann alle anderen"),
    },
    "image": {
        "single": ("The meter in your cellar", "Der Zähler in Ihrem Keller"),
        "many": ("A map with every site", "Eine Karte mit jedem Standort"),
        "first": ("What is in the box", "Was in der Schachtel liegt"),
        "settled": ("A curve of one night", "Die Kurve einer Nacht"),
        "many_first": ("The site that uses most", "Der Standort mit dem höchsten Verbrauch"),
    },
    "body": {
        "single": (
            "We read the meter each hour and tell you once it matters.",
            "Wir lesen stündlich ab und melden, was zählt.",
        ),
        "many": (
            "Sites are sorted by what they waste, with the reason beside.",
            "Standorte stehen nach Verlusten, mit dem Grund.",
        ),
        "first": (
            "Plug the reader in, scan its code, and wait for the light.",
            "Leser einstecken, Code scannen, auf das Licht warten.",
        ),
        "settled": (
            "Open the curve of last night: what never sleeps costs most.",
            "Sehen Sie die letzte Nacht an: Was nie ruht, kostet.",
        ),
        "many_first": (
            "Where savings are largest, the reader has paid first.",
            "Wo am meisten zu sparen ist, lohnt er sich zuerst.",
        ),
    },
    "cta": {
        "single": ("Read my meter", "Zähler ablesen"),
        "many": ("Compare my sites", "Standorte vergleichen"),
        "first": ("Set up the reader", "Leser einrichten"),
        "settled": ("Open last night", "Letzte Nacht ansehen"),
        "many_first": ("Choose a first site", "Ersten Standort wählen"),
    },
}
PREHEADERS = {
    "single": (
        "From today the numbers come to you, and not the other way",
        "Ab heute kommen die Zahlen zu Ihnen, nicht umgekehrt",
    ),
    "many": (
        "Which building wastes most, and what you can do about it",
        "Welches Gebäude am meisten verliert, und was dagegen hilft",
    ),
    "first": (
        "You need a socket, a telephone and about ten minutes",
        "Sie brauchen eine Steckdose, ein Telefon und zehn Minuten",
    ),
    "settled": (
        "Month by month, and against the weather of these weeks",
        "Monat für Monat, bereinigt um das Wetter dieser Wochen",
    ),
    "many_first": (
        "A plan for the order in which your readers are plugged in",
        "Ein Plan, in welcher Reihenfolge die Leser eingesteckt werden",
    ),
}


def logo(ink: str) -> bytes:
    picture = Image.new("RGBA", (480, 96))
    ImageDraw.Draw(picture).rectangle((0, 20, 300, 76), fill=ink)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def translations(type_: str, cell: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Both files of a component with its words, made of the draft that is there."""
    path = folder / f"components/{type_}/{cell}.md"
    english, german = WORDS[type_][cell]
    draft = path.read_text().replace("status: draft", "status: ready")
    head, _, _ = draft.rpartition("TODO\n")
    front = ""
    if type_ == "subject":
        head = head.replace("preheader: TODO", f"preheader: {PREHEADERS[cell][0]}")
        front = f"---\npreheader: {PREHEADERS[cell][1]}\n---\n"
    if type_ == "image":
        head = head.replace("alt: TODO", f'alt: "{english}, drawn"')
        front = f"---\npicture: {{alt: '{german}, gezeichnet'}}\n---\n"
    yield path, f"{head}{english}\n"
    yield path.with_suffix(".de.md"), f"{front}{german}\n"


def test_a_brand_of_ones_own_is_clean_after_ten_commands_and_edits(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, steps = tmp_path / "lumen", 0

    def command(*arguments: str) -> None:
        nonlocal steps
        steps += 1
        result = run(*arguments)
        assert result.exit_code == 0, result.stdout + result.stderr

    def edit(*changes: tuple[Path, str | bytes]) -> None:
        nonlocal steps
        steps += 1
        for path, text in changes:
            path.write_bytes(text.encode() if isinstance(text, str) else text)

    who = ("--name", "Lumen Grid", "--url", "https://www.lumengrid.example", "--colour", "#0b4f8a")
    command("init", str(folder), *who, "--locales", "en,de", "--channels", "email,page,push")
    monkeypatch.chdir(folder)
    before = {path for path in folder.rglob("*") if path.is_file()}
    edit((folder / "assets/logo.png", logo("#0b4f8a")), (folder / "assets/logo_dark.png", logo("#9cc4ec")))

    settings = (folder / "assembler.yaml").read_text()
    audiences = (
        "stages:\n  - {id: first_weeks, when: months_with_us <= 1}\n  - {id: settled, when: months_with_us >= 12}\n"
        "segments:\n"
    )
    for name, rule in (("single_site", "sites == 1"), ("many_sites", "sites >= 5")):
        audiences += (
            f"  - id: {name}\n    when: {rule}\n    owner: growth@lumengrid.example\n    review_by: 2027-04-30\n"
            f"    hypothesis: words about what {name.replace('_', ' ')} means answer the question that they have\n"
        )
    second = settings.replace('spark: "#0b4f8a"', 'spark: "#f2a900"')
    assert second != settings
    edit((folder / "assembler.yaml", second + SIGNAL + audiences))

    for cell, tags in CELLS.items():
        command("new", "component", *(f"{type_}/{cell}" for type_ in TYPES), *tags)
    edit(*(change for type_ in TYPES for cell in CELLS for change in translations(type_, cell, folder)))
    command("check", "--strict")

    assert steps <= 10
    assert before <= {path for path in folder.rglob("*") if path.is_file()}
    project = Project.load(folder)
    assert list(project.loaded.settings.channels) == ["email", "page", "push"]
    for type_ in TYPES:
        assert sum(component.type == type_ for component in project.loaded.components.values()) == 6
