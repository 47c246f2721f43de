"""`assembler new`: what it can add to a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from assembler.cli.exit_codes import USAGE, Unusable, tell_errors
from assembler.cli.init import asked, at_terminal, logo_font, tell_edits
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import known
from assembler.cli.output import put, tell
from assembler.cli.parameters import AnyOf, Named, NewAddress
from assembler.cli.text.columns import wrapped
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.project.project import LoadedProject
    from assembler.authoring.scaffold.extended_project import Addition, ExtendedProject

_KINDS: Final = ("integer", "number", "boolean", "text", "choice", "date")


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the kinds, in the order of a first day."""
        return list(self.commands)


@click.group(cls=_InOrder)
def new() -> None:
    """Add a component, campaign, segment or another to a project.

    Writes the smallest good file, refuses a name that is taken, and prints the
    paths.

    For whoever keeps a project.
    """


def _extending(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--project` and `--as-of`, and the project that they name as `extended`."""

    @with_project
    @wraps(command)
    def extends(*, opened: Opened, **options: Any) -> Any:
        from assembler.authoring.scaffold.extended_project import ExtendedProject

        return command(extended=ExtendedProject(opened.folder, opened.project.loaded, opened.moment), **options)

    return extends


def _several(flag: str, help_: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return an option that names something of the project, and may be given several times."""
    kind = flag.strip("-")
    return click.option(flag, f"{kind}s", metavar="NAME", multiple=True, type=Named(kind), help=help_)


def _all_known(kind: str, names: Iterable[str], there: Iterable[str]) -> list[str]:
    """Return names without repetition. Raises `Unusable` where one is not there, with the nearest that is."""
    choices = list(there)
    return [known(kind, name, choices) for name in dict.fromkeys(names)]


def _read(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read what is told of a sender, as a callback. Raises `BadParameter` where it cannot be read."""
    from assembler.authoring.scaffold.brand import postal_address, url

    if value is None:
        return None
    try:
        return postal_address(value) if param.name == "address" else url(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def _add(extended: ExtendedProject, addition: Addition, *sentences: str) -> None:
    """Write what is added, print its paths, and say what comes next. Ends the command where it could not be read."""
    try:
        paths = extended.add(addition)
    except ProjectError as error:
        tell_errors(error)
        tell("Nothing is written: the files would not be read as they are meant.")
        raise click.exceptions.Exit(USAGE) from None
    for path in paths:
        put(path)
    for sentence in sentences:
        tell(wrapped(sentence, rest="  "))


@new.command()
@click.argument("addresses", metavar="TYPE/ID...", type=NewAddress(), nargs=-1, required=True)
@_several("--campaign", "A campaign that it is for, or all; several times for several. Default: the only one.")
@_several("--segment", "A segment that it is for; several times for several. Default: everyone.")
@_several("--stage", "A stage that it is for; several times for several. Default: every stage.")
@_extending
def component(
    extended: ExtendedProject,
    addresses: tuple[str, ...],
    campaigns: tuple[str, ...],
    segments: tuple[str, ...],
    stages: tuple[str, ...],
) -> None:
    """Write a component, or one of several types, as a draft.

    A draft is never sent: write its words, then set `status: ready`.
    TYPE/ID is its address, such as headline/back_loyal.

    For whoever writes copy.
    """
    from assembler.authoring.scaffold.component import new_components

    settings = extended.loaded.settings
    addition = new_components(
        extended,
        addresses,
        campaigns=_campaigns(extended.loaded, campaigns),
        segments=_all_known("segment", segments, (segment.id for segment in settings.segments)),
        stages=_all_known("stage", stages, (stage.id for stage in settings.stages)),
    )
    _add(extended, addition, "next: write the words in place of TODO, then `status: ready`")


def _campaigns(loaded: LoadedProject, names: tuple[str, ...]) -> list[str] | str:
    there = list(loaded.campaigns)
    if "all" in names:
        if len(set(names)) > 1:
            raise Unusable("`all` stands for every campaign: give --campaign all alone, or the campaigns by name")
        return "all"
    if not names and len(there) != 1:
        raise Unusable("say which campaign it is for: --campaign " + (" or ".join(there) or "all"))
    return _all_known("campaign", names or there, there)


@new.command()
@click.argument("name", metavar="ID")
@click.option(
    "--like",
    metavar="CAMPAIGN",
    type=Named("campaign"),
    help="Whose layouts, slots and defaults it begins with. Default: the first.",
)
@click.option("--objective", metavar="TEXT", help="What is to happen more often.")
@click.option("--hypothesis", metavar="TEXT", help="Why its words will bring that about.")
@_extending
def campaign(extended: ExtendedProject, name: str, like: str | None, **told: str | None) -> None:
    """Write a campaign that begins with the defaults of another.

    Those components are opened to it, so that it is whole at once; write
    defaults of its own as soon as it has words of its own.

    For the owner of the programme.
    """
    from assembler.authoring.scaffold.campaign import new_campaign

    models = extended.loaded.campaigns
    if not models:
        raise Unusable("there is no campaign to take layouts, slots and defaults from: write campaigns/<id>.yaml")
    model = models[known("campaign", like, models) if like else next(iter(models))]
    addition = new_campaign(extended, name, model, told["objective"], told["hypothesis"])
    adding = f"next: `assembler new component TYPE/{name} --campaign {name}`, and name it as a default in its slot"
    _add(extended, addition, adding)


_when = click.option("--when", "rule", metavar="RULE", required=True, help='Who is in it, such as "orders >= 3".')


@new.command()
@click.argument("name", metavar="ID")
@_when
@click.option("--owner", metavar="WHO", type=Named("owner"), help="Who keeps it. Default: the project's owner.")
@click.option("--hypothesis", metavar="TEXT", help="Why words of its own pay. Default: that they bring more to act.")
@_extending
def segment(extended: ExtendedProject, name: str, rule: str, owner: str | None, hypothesis: str | None) -> None:
    """Add a segment to assembler.yaml, after all others.

    The first segment whose rule is true takes a person: move it up where it
    matters more.

    For the owner of the programme.
    """
    from assembler.authoring.scaffold.settings_entries import new_segment

    addition = new_segment(extended, name, rule, owner, hypothesis)
    _add(extended, addition, f"next: `assembler new component TYPE/ID --segment {name}`")


@new.command()
@click.argument("name", metavar="ID")
@_when
@_extending
def stage(extended: ExtendedProject, name: str, rule: str) -> None:
    """Add a stage to assembler.yaml, after all others.

    Stages are in the order of the funnel; the first whose rule is true takes a
    person.

    For the owner of the programme.
    """
    from assembler.authoring.scaffold.settings_entries import new_stage

    _add(extended, new_stage(extended, name, rule), f"next: `assembler new component TYPE/ID --stage {name}`")


@new.command()
@click.argument("name", metavar="ID")
@click.option(
    "--kind",
    metavar="KIND",
    required=True,
    type=AnyOf(*_KINDS),
    help="integer, number, boolean, text, choice or date.",
)
@click.option("--values", metavar="LIST", help="What a choice may be, with commas between, such as new,regular.")
@click.option("--source", metavar="TEXT", required=True, help="The first-party system that writes it.")
@click.option("--max-age", metavar="AGE", default="35d", help="Older is unknown: 12h, 35d, 4w or none. Default: 35d.")
@click.option(
    "--consent",
    metavar="PURPOSE",
    type=Named("purpose", "none"),
    default="marketing",
    help="What it needs, or none. Default: marketing.",
)
@_extending
def signal(extended: ExtendedProject, name: str, kind: str, values: str | None, **told: str) -> None:
    """Add a signal to assembler.yaml: one fact that rules may ask.

    Nothing is collected by it: your systems give it in a context.

    For engineers, and whoever keeps the signals.
    """
    from assembler.authoring.scaffold.settings_entries import new_signal

    addition = new_signal(extended, name, kind, values, **told)
    _add(extended, addition, "next: `assembler new segment ID --when RULE`, or a stage likewise")


@new.command("type")
@click.argument("name", metavar="ID")
@click.option(
    "--body",
    metavar="KIND",
    type=AnyOf("text", "markdown"),
    help="text, which is one line, or markdown. Default: text.",
)
@click.option(
    "--max-length",
    metavar="N",
    type=click.IntRange(1, 100_000),
    help="The longest body, in letters. Default: 120.",
)
@_extending
def type_(extended: ExtendedProject, name: str, body: str | None, max_length: int | None) -> None:
    """Write a component type, and how it looks in every channel.

    A type that the theme of the project knows, such as offer, is that one, if
    nothing else is said of it.

    Give it a slot in a campaign, and call that slot in the layout.

    For whoever designs what a component can say.
    """
    from assembler.authoring.scaffold.component_type import new_type

    addition = new_type(extended, name, body, max_length)
    slot = f'next: a slot in campaigns/, and {{{{ slot("{name}") }}}} in its layout'
    copying = "`assembler new template CHANNEL/LAYOUT.html.j2` copies the layout, to edit it"
    writing = f"`assembler new component {name}/ID` writes one"
    _add(extended, addition, slot, *[copying][: extended.loaded.settings.theme is not None], writing)


@new.command()
@click.argument("name", metavar="ID")
@_several("--campaign", "A campaign that goes there, or all; several times for several. Default: the only one.")
@click.option("--address", metavar="TEXT", callback=_read, help="Of an e-mail: the postal address of who sends it.")
@click.option(
    "--unsubscribe",
    metavar="URL",
    callback=_read,
    help="Of an e-mail: the page that its link to unsubscribe leads to when a person has no link of their own.",
)
@_extending
def channel(extended: ExtendedProject, name: str, campaigns: tuple[str, ...], **told: str | None) -> None:
    """Add a channel: email, page, or one of text, such as sms or push.

    An e-mail or a page shows a subject, picture, headline, body and call to
    action; what campaigns lack of them begins with words of ours. Any other
    channel shows the headline and the call to action. The law asks that a mail
    says where who sends it lives, and how to get no more: at a terminal you are
    asked, unless the options say it.

    For whoever brings the programme to another place.
    """
    from assembler.authoring.scaffold.brand import Sender
    from assembler.authoring.scaffold.channel import new_channel

    if name != "email" and (told["address"] or told["unsubscribe"]):
        raise Unusable("--address and --unsubscribe are for the channel email")
    loaded = extended.loaded
    chosen = _campaigns(loaded, campaigns) if loaded.campaigns else []
    models = [loaded.campaigns[campaign] for campaign in (loaded.campaigns if chosen == "all" else chosen)]
    if name == "email" and at_terminal():
        told = _asked(extended, told)
    addition = new_channel(extended, name, models, Sender(**told), logo_font())
    _add(extended, addition)
    edits = _edits(addition, name)
    if edits:
        tell_edits(edits)
    tell("next: `assembler check`, then `assembler build`")


def _asked(extended: ExtendedProject, told: dict[str, str | None]) -> dict[str, str | None]:
    """Ask of a sender what is not told."""
    from assembler.authoring.scaffold.brand import Sender, postal_address, url
    from assembler.authoring.scaffold.html_channel import brand_of

    brand = brand_of(extended.loaded.settings, "email", Sender())
    address, leave = told["address"], told["unsubscribe"]
    return {
        "address": address or asked("The postal address of who sends it", brand.address, postal_address),
        "unsubscribe": leave or asked("The page on which people unsubscribe", brand.unsubscribe, url),
    }


def _edits(addition: Addition, channel: str) -> dict[str, str]:
    """Return what somebody edits first of a new channel, by path."""
    words = [path for path in addition.new if path.startswith("components/") and path.count(".") == 1]
    words = [path for path in words if path.endswith(".md")]
    edits = {"assembler.yaml": "the postal address and the page to unsubscribe"} if channel == "email" else {}
    edits |= dict.fromkeys(words, "your words")
    return edits | {path: "your logo" for path in addition.new if path == "assets/logo.png"}


@new.command()
@click.argument("paths", metavar="PATH...", type=Named("template"), nargs=-1, required=True)
@_extending
def template(extended: ExtendedProject, paths: tuple[str, ...]) -> None:
    """Copy a template or style sheet of the theme, to edit it.

    PATH is its place below templates/, such as email/note.html.j2. From then
    on the project's file stands for that of the theme.

    For whoever designs mails and pages.
    """
    from assembler.authoring.scaffold.theme_copies import FOLDER, copied, theme_of

    theme = theme_of(extended.loaded)
    names = _all_known("template", (path.removeprefix(FOLDER) for path in paths), theme)
    _add(extended, copied(theme, names), "next: edit it; remove it, and the theme's is back")
