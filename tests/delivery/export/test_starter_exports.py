"""The starter on every engine: each campaign and channel, each token, each part, and people of whom little is right.

The templates are those that an export writes; what they have to come to is what `build` makes of the same variant, and
the engines are asked directly. Without ASSEMBLER_EXAMPLES=all, some pairs are tried on some engines.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.delivery.export.artefacts import Artefact, ArtefactMaker
from assembler.delivery.export.outcomes import Period
from assembler.delivery.export.proof.engine import Engine
from assembler.delivery.export.proof.engines import engine_for
from assembler.delivery.export.provider_facts import provider_facts
from assembler.delivery.export.request import ExportRequest
from assembler.errors import ProjectError
from tests.conftest import ROOT, STARTER_MOMENT
from tests.delivery.export.cases import ENGINES, KINDS, NO_NODE
from tests.examples import ALL

PAIRS = [
    ("come_back", "email"),
    ("come_back", "page"),
    ("first_trail", "page"),
    ("welcome", "email"),
    ("welcome", "page"),
]
SAMPLED = {("come_back", "email"): ("customerio", "klaviyo"), ("first_trail", "page"): KINDS}
GIVEN_UP = ("holdout", "tests", "needs")
JS = """
const {templates, people} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const {Liquid} = require("liquidjs");
const engine = new Liquid({strictVariables: true, lenientIf: true});
const braze = (text) => text.replace(/\\{\\{custom_attribute\\.\\$\\{(\\w+)\\}\\}\\}/g, "custom_attribute.$1");
const rendered = templates.map((text) => {
  const parsed = engine.parse(braze(text));
  return people.map((person) => engine.renderSync(parsed, {customer: person, custom_attribute: person}));
});
process.stdout.write(JSON.stringify(rendered));
"""


class LiquidJs:
    """liquidjs, strict: what is undefined is an error there, unless a default stands for it."""

    name = "liquidjs"

    def render(self, template: str, people: Sequence[Mapping[str, object]]) -> list[str]:
        asked = json.dumps({"templates": [template], "people": people})
        done = subprocess.run(
            ["node", "-e", JS], input=asked, cwd=ENGINES, capture_output=True, text=True, check=True, timeout=120
        )
        (rendered,) = json.loads(done.stdout)
        return [str(text) for text in rendered]


@pytest.fixture(scope="module")
def with_providers() -> Project:
    """The starter with a provider of each kind."""
    files: dict[str, str | bytes] = {}
    for name in ("campaigns", "components", "templates", "assets"):
        files |= {
            path.relative_to(ROOT).as_posix(): path.read_bytes()
            for path in sorted((ROOT / name).rglob("*"))
            if path.is_file() and path.suffix != ".py"
        }
    fields = {kind: "FNAME" if kind == "mailchimp" else "asm_first_name" for kind in KINDS}
    lines = [f"  {kind}: {{kind: {kind}, attribute: ASM, fields: {{first_name: {fields[kind]}}}}}" for kind in KINDS]
    written = (ROOT / "assembler.yaml").read_text(encoding="utf-8")
    providers = written.index("providers:")
    end = written.index("\nsignals:", providers)
    files["assembler.yaml"] = written[:providers] + "\n".join(["providers:", *lines, ""]) + written[end:]
    return Project.from_files(files)


def engines(kind: str) -> Iterator[Engine]:
    """The engines that can be asked for a kind of provider."""
    if kind in ("sendgrid", "iterable") and not (ENGINES / "node_modules").is_dir():
        pytest.skip(NO_NODE)
    yield engine_for(kind, ENGINES)
    if kind in ("customerio", "braze") and shutil.which("node") and (ENGINES / "node_modules").is_dir():
        yield LiquidJs()


def artefact(project: Project, library: Library, kind: str, pair: tuple[str, str], locale: str, by: Any) -> Artefact:
    """What an export makes of a campaign in a channel and locale, as it is written, without its own proof."""
    without = {*(GIVEN_UP if by == "cell" else ()), *(("subject", "preheader") if kind == "mailchimp" else ())}
    request = ExportRequest(
        campaign=pair[0],
        provider=kind,
        settings=project.settings.providers[kind],
        period=Period(start=STARTER_MOMENT),
        channels=(pair[1],),
        locales=(locale,),
        by=by,
        without=frozenset(without),
        unproven=True,
    )
    maker = ArtefactMaker(project.loaded, library, request, provider_facts()[kind])
    (pasted,), _ = maker.make(Path("/nowhere"), None)
    return pasted


def people(artefact: Artefact, ignores_case: bool) -> Iterator[tuple[dict[str, object], str | None]]:
    """Everybody: what a provider holds of them in place of a token, and the token that it stands for, if any."""
    for token in artefact.tokens:
        yield {"ASM": token}, token
        yield {"ASM": token.upper()}, token if ignores_case else None
    for value in (None, "", "v0123456789ab", 5):
        yield {"ASM": value}, None
    yield {}, None


TOO_LARGE = [(kind, ("come_back", "email"), "cell") for kind in ("sendgrid", "iterable", "mailchimp")]
"""There a branch repeats for each of 42 cells."""

CASES = [
    pytest.param(kind, pair, by, id=f"{kind}-{pair[0]}-{pair[1]}-{by}")
    for kind in KINDS
    for pair in PAIRS
    for by in ("key", "cell")
    if (ALL and (kind, pair, by) not in TOO_LARGE) or (kind in SAMPLED.get(pair, ()) and by == "key")
]


@pytest.mark.parametrize(("kind", "pair", "by"), CASES)
def test_an_engine_makes_the_bytes_that_a_build_writes(
    kind: str, pair: tuple[str, str], by: str, with_providers: Project
) -> None:
    library = with_providers.compile(STARTER_MOMENT)
    ignores_case = provider_facts()[kind].ignores_case
    for locale in library.locales if ALL else library.locales[:1]:
        pasted = artefact(with_providers, library, kind, pair, locale, by)
        plan = library.plan(pair[0], channel=pair[1], locale=locale)
        everybody = list(people(pasted, ignores_case))
        for part in pasted.parts:
            given_up = kind == "mailchimp" and part.name in ("subject", "preheader")
            wanted = [
                library.join(plan, plan.defaults if token is None or given_up else pasted.tokens[token].choices)
                for _, token in everybody
            ]
            for engine in engines(kind):
                rendered = engine.render(part.template, [person for person, _ in everybody])
                for text, parts, person in zip(rendered, wanted, everybody, strict=True):
                    assert text.encode() == parts[part.name], (engine.name, part.path, person)


@pytest.mark.parametrize(("kind", "pair", "by"), TOO_LARGE)
def test_what_no_provider_would_take_is_refused(
    kind: str, pair: tuple[str, str], by: str, with_providers: Project
) -> None:
    library = with_providers.compile(STARTER_MOMENT)
    with pytest.raises(ProjectError) as error:
        artefact(with_providers, library, kind, pair, "en", by)
    assert {finding.code for finding in error.value.diagnostics} == {"X05"}


@pytest.mark.parametrize("kind", KINDS if ALL else ("customerio", "klaviyo", "sfmc"))
def test_values_stand_where_they_belong(kind: str, with_providers: Project) -> None:
    """A name among words is the person's; what a provider lacks of it is the copy's own word."""
    library = with_providers.compile(STARTER_MOMENT)
    pair = ("welcome", "email")
    pasted = artefact(with_providers, library, kind, pair, "en", "key")
    plan = library.plan(*pair[:1], channel=pair[1], locale="en")
    field = "FNAME" if kind == "mailchimp" else "asm_first_name"
    held: list[tuple[dict[str, object], dict[str, str]]] = [
        ({field: "Maya"}, {"first_name": "Maya"}),
        ({field: 42}, {"first_name": "42"}),
        ({field: None}, {}),
        ({field: ""}, {}),
        ({}, {}),
    ]
    changed = 0
    for token, chosen in pasted.tokens.items():
        for part in pasted.parts:
            if kind == "mailchimp" and part.name == "html":
                continue  # nothing says that values are escaped there
            choices = plan.defaults if part.name in ("subject", "preheader") and kind == "mailchimp" else chosen.choices
            wanted = [library.join(plan, choices, values)[part.name].decode() for _, values in held]
            changed += len(set(wanted)) > 1
            for engine in engines(kind):
                assert engine.render(part.template, [{"ASM": token, **person} for person, _ in held]) == wanted
    assert changed
