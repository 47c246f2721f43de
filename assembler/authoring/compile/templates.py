"""Jinja, tamed: every template checked as a syntax tree, then rendered in a sandbox with escaping always on."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from jinja2 import TemplateError, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from assembler.authoring.compile.filters import FilterRefused
from assembler.authoring.compile.rendering_budget import MOST_INCLUDES, Budget
from assembler.authoring.compile.sandbox import Sandbox
from assembler.authoring.compile.syntax import TemplateFinding, TemplateSyntax, is_json, read_syntax
from assembler.authoring.compile.template_includes import directly_included, included_by
from assembler.authoring.diagnostics import Place
from assembler.authoring.failures import Failure, LimitExceeded, attempt
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.project.source import Source
from assembler.library.values import in_nfc

# What Jinja says of an unknown name.
_UNDEFINED = re.compile(r"'(?:[^']* object' has no attribute ')?(?P<name>\w+)'(?: is undefined)?")
_COMPUTATION = (
    *(TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError),
    *(RecursionError, MemoryError, LimitExceeded),
)


def is_template(path: str) -> bool:
    """Whether the file at a path is a template."""
    return path.startswith("templates/") and path.endswith(".j2")


class Templates:
    """The templates of a project: their syntax, and their rendering."""

    def __init__(self, sources: Iterable[Source], memo: MemoCache | None = None) -> None:
        """What the `memo` has of a template is neither read nor compiled again."""
        memo = memo or MemoCache()
        self._sources = {source.path: source for source in sources}
        self._environment = Sandbox(self._loadable, memo)
        self.syntax: dict[str, TemplateSyntax] = {}
        for path, source in self._sources.items():
            syntax = memo.get_or_make(("template", source.digest), partial(self._read, source))
            self.syntax[path] = replace(syntax, faults=[*syntax.faults])
        self._check_references()

    def _read(self, source: Source) -> TemplateSyntax:
        done = attempt(partial(read_syntax, self._environment, source), source.at())
        if isinstance(done, Failure):
            return TemplateSyntax(source, faults=[TemplateFinding("R10", source.at(), done.message, done.hint)])
        return done

    def usable(self, path: str) -> bool:
        """Whether a template and all that it includes may be rendered."""
        return path in self.syntax and all(self.syntax[path].usable for path in included_by(self.syntax, path))

    def strings_used(self) -> set[str]:
        """Return the keys of strings.yaml that some template uses."""
        return {key for syntax in self.syntax.values() for key, _ in syntax.strings}

    def render(self, path: str, names: Mapping[str, object]) -> str | TemplateFinding:
        """Return the text that a template writes, given what it sees by name; or the finding of why it cannot."""
        sandbox = self._environment
        outer = sandbox.budget, sandbox.writes_json
        sandbox.budget, sandbox.writes_json = Budget(), is_json(path)
        try:
            return sandbox.get_template(path.removeprefix("templates/")).render(names)
        except _COMPUTATION as error:
            return self._explained(path, error)
        finally:
            sandbox.budget, sandbox.writes_json = outer

    def _loadable(self, name: str) -> tuple[str, str, None] | None:
        path = f"templates/{in_nfc(name)}"
        return (self._sources[path].text, path, None) if path in self.syntax and self.syntax[path].usable else None

    def _check_references(self) -> None:
        for syntax in self.syntax.values():
            for name, place in syntax.templates:
                if f"templates/{name}" not in self._sources:
                    hint = "the path is relative to templates/, such as email/_footer.j2"
                    syntax.report("S03", place, f"no template {name!r} below templates/", hint)
        for syntax in self.syntax.values():
            for name, place in syntax.templates:
                reason = self._endless(syntax.source.path, f"templates/{name}")
                if reason is not None:
                    syntax.faults.append(TemplateFinding.beyond(place, reason))

    def _endless(self, path: str, inner: str) -> str | None:
        """Return why a template cannot include another: that leads back to it, or one too many is within it."""
        if path in included_by(self.syntax, inner):
            return "a template that includes itself"
        level = {inner}
        for _ in range(MOST_INCLUDES):
            level = self._within(level)
        return f"more than {MOST_INCLUDES} templates within each other" if level and not self._within(level) else None

    def _within(self, paths: set[str]) -> set[str]:
        return {inner for path in paths for inner in directly_included(self.syntax, path)}

    def _explained(self, path: str, error: Exception) -> TemplateFinding:
        place = self._place_of(path, error)
        message = getattr(error, "message", None) or str(error)
        match error:
            case UndefinedError():
                message = _UNDEFINED.sub(r"nothing has the name '\g<name>' here", str(error.message))
                hint = "templates see brand, strings, their fields and little else"
                return self._of_brand(place, error) or TemplateFinding("R03", place, message, hint)
            case LimitExceeded() | RecursionError() | MemoryError():
                failure = Failure(place, error)
                return TemplateFinding("R10", place, failure.message, failure.hint)
            case FilterRefused():
                return TemplateFinding("S03", place, message, "use `| plain`, or CSS (text-transform) for capitals")
            case SecurityError() | TemplateNotFound():
                return TemplateFinding("S03", place, message, "write it out, without computing")
            case ZeroDivisionError():
                return TemplateFinding("R02", place, "the template divides by zero", "write the result out")
        message = f"the template cannot be computed: {type(error).__name__}: {str(error)[:200]}"
        return TemplateFinding("R02", place, message, "use a field as what it is: text, or a picture's url and size")

    def _of_brand(self, place: Place, error: UndefinedError) -> TemplateFinding | None:
        """Return the finding of a value that a line asks of the brand, and that it has not; None where it asks none."""
        name = _UNDEFINED.search(str(error.message))
        line = self._sources[place.path].line(place.line)
        asked = re.search(rf"\bbrand\.((?:\w+\.)*{name['name']})\b", line) if name else None
        if asked is None:
            return None
        *above, last = asked[1].split(".")
        lines = "".join(f"{key}: {{" for key in above) + f"{last}: ..." + "}" * len(above)
        hint = f"mend its name, or write `{lines}` below `brand:` in assembler.yaml"
        return TemplateFinding("R03", place, f"the brand has no {asked[1]}", hint)

    def _place_of(self, path: str, error: Exception) -> Place:
        """Return where the innermost template was that an error ended; the beginning of the one at `path` otherwise."""
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in self._sources]
        source = self._sources[frames[-1].filename if frames else path]
        number = (frames[-1].lineno or 1) if frames else 1
        line = source.line(number)
        return source.at(number, len(line) - len(line.lstrip()) + 1)


def unescaped(text: str) -> str:
    """Return the text that Jinja escaped as a whole, for parts that are not HTML."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
