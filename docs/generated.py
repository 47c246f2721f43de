"""The pages that are made from the code while the site is built: rules, commands, files, and Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import assembler as package
from assembler.authoring.check.examples import RuleExample
from assembler.cli.commands import assembler
from assembler.cli.every_rule import every_example, every_rule
from assembler.cli.schemas import schemas
from assembler.delivery.export.provider_facts import provider_facts

ROOT = Path(__file__).parents[1]
_SIGNS = re.compile(r"[<>*_{}\[\]]")
"""What Markdown would take for more than itself."""

FAMILIES = {
    "R": "Reading: what cannot be read, or names what is not there",
    "D": "The default: it is there, and for everyone",
    "T": "Targeting: who gets what, and whether it makes sense",
    "C": "Copy",
    "E": "E-mails",
    "P": "Pages",
    "A": "Images",
    "V": "Variation: variants that differ",
    "L": "Languages",
    "S": "Security and privacy",
    "G": "Governance: owners, reviews and days",
    "X": "Exports: what keeps a campaign from an e-mail provider",
}
PYTHON = {
    "For decision services": ("assembler", ("Library", "Person", "Variant", "Decision", "Explanation")),
    "Words": ("assembler", ("Reason", "SlotReason", "Fit", "Arm", "Loss", "Problem", "ErrorCode")),
    "Errors": (
        "assembler",
        ("AssemblerError", "ProjectError", "LibraryError", "ContextError", "UnknownCampaign", "UnknownChannel"),
    ),
    "For tools that compile": ("assembler.authoring", ("Project", "Diagnostic", "Place")),
    "For exposures": (
        "assembler.measure.exposures",
        ("exposure", "pseudonym", "Exposures", "ExposureRecorder", "Exposure"),
    ),
    "For flags of OpenFeature": ("assembler.delivery.exposure_hook", ("ExposureHook",)),
    "For tests": ("assembler.review.snapshot", ("variant_snapshot",)),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the documents at the root, and the pictures."""
    pages = {
        "rules": rules(),
        "commands": commands(),
        "files": file_keys(),
        "python": python(),
        "providers": providers(),
    }
    for name, text in pages.items():
        files.append(File.generated(config, f"reference/{name}.md", content=text))
    for name, document in (("security", "SECURITY.md"), ("changes", "CHANGELOG.md")):
        files.append(File.generated(config, f"reference/{name}.md", abs_src_path=str(ROOT / document)))
    for picture in sorted((ROOT / "benchmarks/pictures").iterdir()):
        files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Let links that hold in the repository hold in the site."""
    return re.sub(r"\]\(((?:\.\./)*)\.\./benchmarks/pictures/", r"](\1pictures/", markdown)


def rules() -> str:
    """The page of all rules."""
    lines = [
        "# Rules",
        "*For everybody who asks what a code means. After this page you know what is checked, and how to mend it.*",
        f"There are {len(every_rule())} rules. `assembler rule E14` prints one of them in a terminal.",
    ]
    examples = every_example()
    for family, of_family in groupby(every_rule().values(), key=lambda rule: rule.code[0]):
        lines.append(f"## {FAMILIES[family]}")
        for rule in of_family:
            lines += [f"### {rule.code}", f"**{_prose(rule.summary)}**", f"*{rule.severity}* · {_prose(rule.fix)}"]
            lines += _example(examples[rule.code])
    return "\n\n".join(lines) + "\n"


def _example(example: RuleExample) -> Iterator[str]:
    language = {".md": "markdown", ".yaml": "yaml", ".j2": "jinja", ".css": "css"}.get(
        Path(example.path).suffix, "text"
    )
    if example.bad is None:
        yield f"It fails without `{example.path}`, and passes with it:"
    else:
        yield f"This fails, in `{example.path}`:\n\n````{language}\n{example.bad}\n````\n\nThis passes:"
    yield f"````{language}\n{example.good}\n````"


def commands() -> str:
    """The page of all commands."""
    lines = [
        "# Commands",
        "*For everybody at a terminal. After this page you know every command and option.*",
        "Exit codes: 0 fine, 1 findings, 2 usage or a project that cannot be read, 3 a fault of Assembler itself.",
        "Results go to standard output, talk to standard error.",
    ]
    for name, command in assembler.commands.items():
        lines += _command(f"assembler {name}", command, 2)
        if isinstance(command, click.Group):
            for below, subcommand in command.commands.items():
                lines += _command(f"assembler {name} {below}", subcommand, 3)
    return "\n\n".join(lines) + "\n"


def _command(name: str, command: click.Command, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield f"{'#' * level} {name}"
    summary, _, rest = (command.help or "").partition("\n\n")
    yield _prose(summary)
    yield f"```text\n{name} {' '.join(command.collect_usage_pieces(context))}\n```"
    for paragraph in filter(None, rest.split("\n\n")):
        yield f"```text\n{paragraph.lstrip(chr(8)).strip(chr(10))}\n```" if paragraph[0] == "\b" else _prose(paragraph)
    options = (parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option))
    records = [record for option in options if (record := option.get_help_record(context))]
    if records:
        rows = (f"| `{written}` | {_cell(words)} |" for written, words in records)
        yield "\n".join(["| option | meaning |", "|---|---|", *rows])


PROOFS = {
    "liquid": "Liquid (python-liquid)",
    "django": "templates of Django",
    "handlebars": "Handlebars (in node)",
    "self": "nothing: a reader of our own",
}
"""By the engine of a provider, what its templates are proven on."""


def providers() -> str:
    """The page of e-mail providers, with the source of each statement."""
    lines = [
        "# E-mail providers",
        "*For whoever sends through an e-mail provider. After this page you know what each can have, and who says so.*",
        "`assembler export` writes templates for them. [How that is done](../how-to/email-provider.md)",
        "\n".join(
            [
                "| kind | provider | proven on | names of attributes | the same for everybody | bytes at most |",
                "|---|---|---|---|---|---:|",
                *(
                    f"| `{kind}` | {facts.name} | {PROOFS[facts.engine]} | {facts.attribute_words} "
                    f"| {', '.join(facts.same_for_all) or 'nothing'} | {facts.most_bytes:,} |"
                    for kind, facts in provider_facts().items()
                ),
            ]
        ),
    ]
    for facts in provider_facts().values():
        lines.append(f"## {facts.name}")
        lines.append("\n".join(f"- The {part} goes into {where}." for part, where in facts.paste.items()))
        lines.append("\n".join(f"- {_prose(source.says)} [Source]({source.url})" for source in facts.sources))
    return "\n\n".join(lines) + "\n"


def file_keys() -> str:
    """The page of all files and their keys."""
    lines = [
        "# Files",
        "*For everybody who edits a project's files. After this page you know every key, and what it takes and means.*",
        "`assembler schema` prints the same as JSON Schema, for editors. [Where each file lies](project.md)",
    ]
    for schema in schemas().values():
        if "properties" in schema:
            lines.append(f"## {_prose(schema['title'])}")
            lines.append(_keys(schema))
            for noun, below in schema.get("$defs", {}).items():
                if f"#/$defs/{noun}" in str({**schema, "$defs": {**schema["$defs"], noun: {}}}):
                    lines += [f"### {noun} {{ #{_anchor(schema, noun)} }}", _keys(below, schema)]
    return "\n\n".join(lines) + "\n"


def _anchor(schema: dict[str, Any], noun: str) -> str:
    return f"{schema['$id'].rpartition(':')[2]}-{noun}".lower()


def _keys(schema: dict[str, Any], root: dict[str, Any] | None = None) -> str:
    required = schema.get("required", ())
    rows = ["| key | takes | meaning |", "|---|---|---|"]
    for key, of in schema["properties"].items():
        absent = " **Required.**" if key in required else _absent(of)
        rows.append(f"| `{key}` | {_kind(of, root or schema)} | {_cell(of.get('description', ''))}{absent} |")
    return "\n".join(rows)


def _absent(of: dict[str, Any]) -> str:
    default = of.get("default")
    return "" if default in (None, [], {}) or isinstance(default, dict) else f" If omitted: `{_written(default)}`."


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def _kind(of: dict[str, Any], root: dict[str, Any]) -> str:
    """What a key takes, in words."""
    if "$ref" in of:
        noun = of["$ref"].rpartition("/")[2]
        return f"[{noun}](#{_anchor(root, noun)})"
    if several := of.get("anyOf", of.get("oneOf")):
        return " or ".join(dict.fromkeys(_kind(one, root) for one in several if one.get("type") != "null"))
    if "enum" in of or "const" in of:
        return ", ".join(f"`{word}`" for word in of.get("enum", [of.get("const")]))
    if of.get("type") == "array":
        return f"list of {_kind(of['items'], root)}" if "items" in of else "list"
    if of.get("type") == "object" and isinstance(of.get("additionalProperties"), dict):
        return f"names, each with {_kind(of['additionalProperties'], root)}"
    if "%" in of.get("pattern", ""):
        return "share"
    if "mhdw" in of.get("pattern", ""):
        return "age"
    names = {"string": of.get("format", "text"), "boolean": "`true` or `false`", "object": "names with values"}
    kinds = [of["type"]] if isinstance(of.get("type"), str) else [kind for kind in of.get("type", []) if kind != "null"]
    return " or ".join(str(names.get(kind, kind)) for kind in kinds)


def python() -> str:
    """The page of what is public, for mkdocstrings to fill."""
    lines = [
        "# Python",
        "*For engineers. After this page you know every public class and function, what goes in, and what comes out.*",
        f"This is version {package.__version__}. What is not on this page is free to change.",
    ]
    for heading, (module, names) in PYTHON.items():
        lines.append(f"## {heading}")
        lines += [f"::: {module}.{name}" for name in names]
    return "\n\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Text for a cell of a table, or a heading."""
    return _prose(text).replace("|", "\\|")


def _prose(text: str) -> str:
    """Plain words as Markdown, on one line; what stands in backticks stays as it is."""
    parts = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(
        part if part.startswith("`") else _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", part) for part in parts
    )
