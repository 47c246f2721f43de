"""Where templates run: escaping is always on, only what is allowed can be called, and everything counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from jinja2 import ChainableUndefined, FunctionLoader, StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from assembler.authoring.compile.filters import FILTERS, TESTS
from assembler.authoring.compile.metering import HOLD, JOIN, SPEND, metered
from assembler.authoring.compile.rendering_budget import Budget
from assembler.authoring.compile.syntax import FUNCTIONS
from assembler.authoring.compile.template_records import PART_BY_PART, TemplateRecord, TemplateRecords
from assembler.authoring.compile.text_table import encode_authored
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.library.values import in_nfc

_LOOK_UP: Final = 50
"""The steps that a call of slot, field or asset takes."""


class Absent(ChainableUndefined):
    """An optional field that a component does not set: false, and empty where it is written."""


class _Missing(StrictUndefined):
    """A name that nothing knows: an error where it is written, false in a condition."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class Sandbox(ImmutableSandboxedEnvironment):
    """Runs templates within the `budget` of one rendering at a time. Where that `writes_json`, values are escaped for
    the inside of a string of JSON, else for HTML."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    budget: Budget
    writes_json: bool

    def __init__(self, load: Callable[[str], tuple[str, str, None] | None], memo: MemoCache) -> None:
        """`load` gives the text and path of the template of a name; None where there is none that may be run. The code
        that the `memo` has of a template is not made again."""
        super().__init__(
            loader=FunctionLoader(load),
            cache_size=-1,
            auto_reload=False,
            autoescape=True,
            optimized=False,
            undefined=_Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalized,
        )
        self.budget = Budget()
        self.writes_json = False
        self._memo = memo
        self.globals.clear()
        self.filters = {name: _within_budget(filter_) for name, filter_ in FILTERS.items()}
        self.filters |= {SPEND: _spend, HOLD: _hold, JOIN: _joined}
        self.tests = dict(TESTS)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *options: Any) -> Any:
        work = partial(super().compile, source, name, filename, *options)
        return self._memo.get_or_make(("template code", name, filename, source, *options), work)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """Return the code of a template, which counts what it does."""
        return super()._generate(metered(source), *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if (operator != "+" or self.writes_json) and not all(
            isinstance(operand, int | float) for operand in (left, right)
        ):
            raise SecurityError(f"{operator} is for numbers")
        self.budget.handle([left, right])
        result = super().call_binop(context, operator, left, right)
        self.budget.handle(result)
        return result

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        own = isinstance(obj, Macro | LoopContext | BlockReference)
        if not own and obj not in map(context.resolve_or_missing, FUNCTIONS):
            raise SecurityError("a call of something else than a macro, slot, field and asset")
        self.budget.enter()
        if not own:
            self.budget.spend(_LOOK_UP)
            self.budget.handle([*args, *kwargs.values()])
        result = super().call(context, obj, *args, **kwargs)
        self.budget.leave()
        return result

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping | TemplateRecord):
            attribute = in_nfc(attribute)
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, TemplateRecords) and isinstance(argument, int) and not -len(obj) <= argument < len(obj):
            return Absent(name=str(argument))
        return super().getitem(obj, in_nfc(argument) if isinstance(argument, str) else argument)


def _sandbox(context: Context) -> Sandbox:
    environment = context.environment
    assert isinstance(environment, Sandbox)
    return environment


def _in_json(value: Any) -> Any:
    """A value as it stands inside a string of JSON; one that was escaped before as it is."""
    if hasattr(value, "__html__"):
        return value
    return Markup(str(value).lower() if isinstance(value, bool) else encode_authored(str(value), "json"))


# What is given the context is never computed while compiling.


@pass_context
def _finalized(context: Context, value: Any) -> Any:
    if value is None:
        return ""
    if not (isinstance(value, str | int | float | Undefined) or hasattr(value, "__html__")):
        raise TypeError(PART_BY_PART)
    sandbox = _sandbox(context)
    sandbox.budget.write(value)
    return _in_json(value) if sandbox.writes_json else value


@pass_context
def _spend(context: Context, steps: int) -> bool:
    _sandbox(context).budget.spend(steps)
    return True


@pass_context
def _hold(context: Context, value: Any) -> Any:
    _sandbox(context).budget.handle(value)
    return value


def _within_budget(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that looks at all that it is given and makes of it."""

    @pass_context
    def apply(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget = _sandbox(context).budget
        budget.handle([value, *args, *kwargs.values()])
        result = work(value, *args, **kwargs)
        budget.handle(result)
        return result

    return apply


@pass_context
def _joined(context: Context, values: Any) -> Any:
    """What `~` makes of values."""
    sandbox = _sandbox(context)
    sandbox.budget.handle(values)
    escapes_json = sandbox.writes_json and any(hasattr(value, "__html__") for value in values)
    result = Markup("").join(map(_in_json, values)) if escapes_json else markup_join(values)
    sandbox.budget.handle(result)
    return result
