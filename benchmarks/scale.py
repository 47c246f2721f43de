"""Projects of any size, made up: what the benchmarks of compiling, building and deciding measure.

    python -m benchmarks.scale FOLDER --components 2000 --segments 8 --stages 5 --locales 2

writes one. Templates, styles and images are the starter's, so a variant weighs what a real one does; copy is words that
mean nothing, the same each time, and no two texts alike.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MOST_LOCALES", "Scale", "project"]

_STARTER = Path(__file__).parents[1]
_LAYOUTS = {"email": "promo", "page": "landing"}
_TYPES = ("offer", "subject", "headline", "body", "proof", "cta")
_CONSTANT = ("image", "legal")
_ASSETS = ("logo.png", "og.jpg", "copse.png", "layers_line.jpg")
_LOCALES = "en fr de es it nl pt sv da fi pl cs".split()
_SITE = "https://www.harbourandpine.example"
_DAY = "2098-12-31"
MOST_LOCALES = len(_LOCALES)

Audience = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a project is to be.

    `slots` are those of a campaign (8 at least, two of them constant); `fields` the merge fields that every body holds.
    Without `campaigns`, there are as many as it takes for each component to have an audience of its own.
    """

    components: int = 2000
    slots: int = 8
    segments: int = 8
    stages: int = 5
    locales: int = 2
    fields: int = 2
    campaigns: int | None = None

    def __post_init__(self) -> None:
        if self.slots < len(_TYPES) + len(_CONSTANT) or not 1 <= self.locales <= MOST_LOCALES:
            raise ValueError(f"a project has at least 8 slots, and from 1 to {MOST_LOCALES} locales")
        if self.campaigns is not None and self.components > self._room(self.campaigns):
            raise ValueError(f"{self.campaigns} campaigns have room for {self._room(self.campaigns)} components")

    @property
    def types(self) -> tuple[str, ...]:
        """The component types of the slots that vary."""
        return (*_TYPES, *(f"section_{number}" for number in range(1, self.slots - len(_TYPES) - len(_CONSTANT) + 1)))

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Whom components are for: everybody, then segments, stages, and both, which are the most."""
        segments, stages = range(self.segments), range(self.stages)
        alone = [(None, None), *((segment, None) for segment in segments), *((None, stage) for stage in stages)]
        return (*alone, *itertools.product(segments, stages))

    @property
    def campaign_names(self) -> tuple[str, ...]:
        """The campaigns."""
        count = self.campaigns or next(some for some in itertools.count(1) if self.components <= self._room(some))
        return tuple(f"campaign_{number}" for number in range(1, count + 1))

    def _room(self, campaigns: int) -> int:
        return len(_CONSTANT) + campaigns * len(self.types) * len(self.audiences)


def project(scale: Scale) -> dict[str, str | bytes]:
    """The files of a project by their paths, as `Project.from_files` takes them; the same for an equal scale."""
    locales = _LOCALES[: scale.locales]
    files: dict[str, str | bytes] = dict(_from_the_starter(scale, locales))
    files["assembler.yaml"] = _settings(scale, locales)
    for name in scale.campaign_names:
        files[f"campaigns/{name}.yaml"] = _campaign(scale, name)
    for number, (type_, id_, tags) in enumerate(_components(scale)):
        for locale in locales:
            suffix = "" if locale == locales[0] else f".{locale}"
            words = _Words(f"{type_}/{id_}/{locale}", number, scale.fields)
            files[f"components/{type_}/{id_}{suffix}.md"] = words.file(type_, None if suffix else tags)
    return files


def _from_the_starter(scale: Scale, locales: list[str]) -> Iterator[tuple[str, str | bytes]]:
    """Templates, with more slots where there are more, and the types and images that they need."""
    sections = [type_ for type_ in scale.types if type_ not in _TYPES]
    for path in sorted((_STARTER / "templates").rglob("*")):
        name = path.relative_to(_STARTER).as_posix()
        stem = path.name.partition(".")[0]
        if not path.is_file() or path.name == "strings.yaml" or stem in ("letter", "story"):
            continue
        text = path.read_text(encoding="utf-8")
        if stem in _LAYOUTS.values():
            body = '{{ slot("body") }}\n'
            text = text.replace(body, body + "".join(f'{{{{ slot("{section}") }}}}\n' for section in sections))
        yield name, text
        if stem == "body":
            for section in sections:
                yield name.replace("/body.", f"/{section}."), text
    english = (_STARTER / "templates/strings.yaml").read_text(encoding="utf-8").partition("\nfr:")[0].partition("\n")[2]
    yield "templates/strings.yaml", "".join(f"{locale}:\n{english}\n" for locale in locales)
    for file in _ASSETS:
        yield f"assets/{file}", (_STARTER / "assets" / file).read_bytes()
    for type_ in (*scale.types, *_CONSTANT):
        written = "body" if type_ in sections else type_
        text = (_STARTER / f"components/{written}/_type.yaml").read_text(encoding="utf-8")
        yield (
            f"components/{type_}/_type.yaml",
            text.replace("max_length: 700", f"max_length: {700 + 240 * scale.fields}"),
        )


def _components(scale: Scale) -> Iterator[tuple[str, str, str]]:
    """The type, id and tags of each component: those that slots always hold, the defaults, then all others."""
    for type_ in _CONSTANT:
        yield type_, "house", "campaigns: all\n"
    rest = scale.components - len(_CONSTANT)
    places = itertools.product(enumerate(scale.audiences), scale.campaign_names, scale.types)
    for (number, audience), campaign, type_ in itertools.islice(
        places, max(rest, len(scale.campaign_names) * len(scale.types))
    ):
        yield type_, f"{campaign}_{number}", f"campaigns: [{campaign}]\n{_audience(audience)}"


def _audience(audience: Audience) -> str:
    segment, stage = audience
    return ("" if segment is None else f"segments: [segment_{segment}]\n") + (
        "" if stage is None else f"stages: [stage_{stage}]\n"
    )


def _settings(scale: Scale, locales: list[str]) -> str:
    brand = (_STARTER / "assembler.yaml").read_text(encoding="utf-8")
    brand = brand[brand.index("brand:") : brand.index("assets:")]
    lines = [
        "name: made_up",
        "owner: growth@harbourandpine.example",
        f"locales: [{', '.join(locales)}]",
        brand.rstrip(),
        'assets: {base_url: "https://cdn.harbourandpine.example/a/"}',
        "channels:",
        "  email: {envelope: email, unsubscribe: unsubscribe_url, address: 'Harbour & Pine, 4 Quay Street'}",
        "  page: {envelope: web}",
        "fields:",
        f'  unsubscribe_url: {{kind: url, example: "{_SITE}/u/1"}}',
        *(f"  field_{number}: {{kind: text}}" for number in range(scale.fields)),
        "signals:",
        _signal("kin", "choice", f"values: [{', '.join(f'kin_{number}' for number in range(max(scale.segments, 1)))}]"),
        _signal("months", "integer", f"range: [0, {10 * scale.stages + 10}]"),
        "stages:" + (" []" if not scale.stages else ""),
        *(
            f"  - {{id: stage_{number}, when: months >= {10 * number} and months < {10 * number + 10}}}"
            for number in range(scale.stages)
        ),
        "segments:" + (" []" if not scale.segments else ""),
        *(
            f"  - {{id: segment_{number}, when: 'kin == \"kin_{number}\"', owner: crm@harbourandpine.example,"
            f" hypothesis: people of kind {number} want words of their own, review_by: {_DAY}}}"
            for number in range(scale.segments)
        ),
        "policy: {link_hosts: [www.harbourandpine.example, cdn.harbourandpine.example]}",
    ]
    return "\n".join(lines) + "\n"


def _signal(name: str, kind: str, domain: str) -> str:
    return (
        f"  {name}: {{kind: {kind}, {domain}, source: order history, max_age: none, consent: none,"
        f" owner: crm@harbourandpine.example, review_by: {_DAY}, response: words of their own, fallback: the default}}"
    )


def _campaign(scale: Scale, name: str) -> str:
    slots = {type_: f"{{type: {type_}, default: {type_}/{name}_0}}" for type_ in scale.types}
    slots |= {type_: f"{{type: {type_}, default: {type_}/house, constant: true}}" for type_ in _CONSTANT}
    return (
        "owner: crm@harbourandpine.example\nobjective: more people buy again\n"
        "outcome: {event: purchase, within: 30d, minimum_lift: 10%}\n"
        f"decide_by: {_DAY}\nhypothesis: words of their own bring back more people than a discount does\n"
        f"review_by: {_DAY}\nchannels: {{{', '.join(f'{key}: {value}' for key, value in _LAYOUTS.items())}}}\nslots:\n"
        + "".join(f"  {key}: {value}\n" for key, value in slots.items())
    )


class _Words:
    """The copy of one component in one locale."""

    def __init__(self, seed: str, number: int, fields: int) -> None:
        self._random = random.Random(seed)
        self._number = number
        self._fields = fields

    def file(self, type_: str, tags: str | None) -> str:
        """The file of a component of a type; without tags, a translation of it."""
        fields, body = self._written(type_, translated=tags is None)
        front = (tags or "") + "".join(f"{key}: {value}\n" for key, value in fields.items())
        return f"---\n{front}---\n{body}\n" if front else f"{body}\n"

    def _written(self, type_: str, *, translated: bool) -> tuple[dict[str, str], str]:
        match type_:
            case "subject":
                return {"preheader": self._some(9)}, self._some(5)
            case "headline":
                return {"kicker": self._some(3)}, self._some(7)
            case "offer":
                code = {} if translated else {"code": f"CODE{self._number}"}
                return {"detail": self._some(12), **code, "terms": self._some(16)}, self._some(6)
            case "proof":
                return {"source": self._some(4)}, self._some(16)
            case "cta":
                url = {} if translated else {"url": f"{_SITE}/about/{self._number}"}
                return {**url, "note": self._some(8)}, self._some(3)
            case "image":
                alt = self._some(6)
                return {
                    "picture": f"{{alt: {alt}}}" if translated else f"{{file: layers_line.jpg, alt: {alt}}}"
                }, self._some(9)
            case "legal":
                return {}, self._some(20)
            case _:
                return {}, self._body()

    def _body(self) -> str:
        told = " ".join(f'{self._some(1)} {{{{ field_{field} | default: "friend" }}}}' for field in range(self._fields))
        link = f"[{self._some(3)}]({_SITE}/read/{self._number})"
        points = "\n".join(f"- {self._some(5)}" for _ in range(3))
        return f"{self._some(8)} {told}.\n\n{self._some(20)}, {link}.\n\n{points}"

    def _some(self, count: int) -> str:
        words = ["".join(self._random.choices(_SYLLABLES, k=self._random.choice((2, 2, 3)))) for _ in range(count)]
        return " ".join(words).capitalize()


_SYLLABLES = [one + two for one in "bfgklmnprstv" for two in ("a", "e", "i", "o", "u", "an", "en", "or")]


def main() -> int:
    """Write a project to a folder."""
    parser = argparse.ArgumentParser(description="Write a project of any size.")
    parser.add_argument("folder", type=Path)
    for name, default in (
        ("components", 2000),
        ("slots", 8),
        ("segments", 8),
        ("stages", 5),
        ("locales", 2),
        ("fields", 2),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--campaigns", type=int)
    asked = vars(parser.parse_args())
    folder = asked.pop("folder")
    files = project(Scale(**asked))
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    print(f"{len(files)} files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
