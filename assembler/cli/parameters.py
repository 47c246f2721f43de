"""What the words behind a command can be: checked where that is known, and completed in a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.types import StringParamType

from assembler.cli.folder import folder_of
from assembler.cli.project_names import project_names, rule_codes, signal_values
from assembler.errors import nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _Completed(StringParamType):
    """A text that a shell completes."""

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        """Yield what the text could be in the project of a folder; what does not begin as it does is left out."""
        raise NotImplementedError

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            folder = folder_of(ctx.params.get("folder"))
        except OSError:  # it is gone, or nobody may look into it: then it has no names
            folder = Path()
        offers = self.offers(folder, incomplete)
        return [CompletionItem(offer) for offer in offers if offer.startswith(incomplete)]


class AnyOf(_Completed):
    """One of some words. Where another is given, the error has a hint."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self._words:
            close = nearest(value, self._words)
            hint = f"did you mean {close}?" if close else "it is one of " + ", ".join(self._words)
            self.fail(f"there is no {value[:80]!r}; {hint}", param, ctx)
        return str(value)

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        return self._words


class Named(_Completed):
    """A name of some kind in the project, or one of some words; the command says where it is not there."""

    def __init__(self, kind: str, *words: str) -> None:
        self._kind, self._words = kind, words

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        return [*project_names(folder, self._kind), *self._words]


class RuleCode(_Completed):
    """The code of a rule of some commands, or several with commas between."""

    def __init__(self, commands: tuple[str, ...]) -> None:
        self._commands = commands

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        before = incomplete[: incomplete.rfind(",") + 1]
        return (before + code for code in rule_codes(self._commands))


class Listed(_Completed):
    """One of names that the package lists when it is asked."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        return self._names()


class Assignment(_Completed):
    """`NAME=VALUE`, where the project has the name."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        name, equals, _ = incomplete.partition("=")
        if equals:
            return (f"{name}={value}" for value in signal_values(folder, name))
        return (f"{name}=" for name in project_names(folder, self._kind))


class NewAddress(_Completed):
    """`TYPE/ID` of a component that is not there yet, so that only its type is known."""

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        return (f"{name}/" for name in project_names(folder, "type"))


class Selected(_Completed):
    """`KIND:NAME,...`, where the project has the names; of some kinds also `none`."""

    def __init__(self, *kinds: str, none: tuple[str, ...]) -> None:
        self._kinds, self._none = kinds, none

    def offers(self, folder: Path, incomplete: str) -> Iterable[str]:
        before, comma, term = incomplete.rpartition(",")
        kind, colon, _ = term.partition(":")
        if not colon:
            return (f"{before}{comma}{name}:" for name in self._kinds)
        names = project_names(folder, kind) if kind in self._kinds else []
        return (f"{before}{comma}{kind}:{name}" for name in [*names, *["none"][: kind in self._none]])


def a_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a file, by the shell itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
