"""The facade: one call that never fails and never blocks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import msgspec

from assembler.errors import ContextError, UnknownCampaign, UnknownChannel
from assembler.library import format as library_file
from assembler.library.records import Content
from assembler.runtime.assemble import Assembler, Linked, joined
from assembler.runtime.choose import SlotPlan, slot_plans
from assembler.runtime.context import ContextReader
from assembler.runtime.decide import ChosenVariant, Decider, salts
from assembler.runtime.decision import Decision, Treatment
from assembler.runtime.eligibility import Choice
from assembler.runtime.encode_values import encoded_values
from assembler.runtime.explain import Explainer, Explanation
from assembler.runtime.fields import Values
from assembler.runtime.mistakes import StrictContextReader
from assembler.runtime.moment import Moment, moment_of
from assembler.runtime.person import Person
from assembler.runtime.reasons import Arm, ErrorCode, Reason, SlotReason
from assembler.runtime.recognise import Getter, getter, nothing, text_of
from assembler.runtime.variant import Outcome, Variant

Answer = TypeVar("Answer")
Default = TypeVar("Default")
Plan = TypeVar("Plan")
OnError = Callable[[Exception], object]

_log = logging.getLogger(__name__)

_ONE_CONTEXT = (dict, Mapping, MappingProxyType, str, bytes, bytearray, Person)
"""Whoever gives such gives one context, or part of one, where many are wanted."""

_MANY_CONTEXTS: tuple[Any, ...] = (list, tuple, set, frozenset)

_LONGEST_NAME = 200
"""Of a campaign or channel that is asked for."""


class _Prepared(msgspec.Struct, Generic[Plan, Default], frozen=True, kw_only=True, eq=False):
    """What is ready for one locale of what is asked: the plan to work by, and the answer by what keeps it from being
    worked out."""

    plan: Plan
    defaults: dict[ErrorCode | None, Default]


class _WrongMoment(TypeError):
    """The call is wrong, whoever it is about."""


def _now() -> datetime:
    return datetime.now(UTC)


class Library:
    """A compiled library. It is immutable and can be shared freely between threads.

    Only a bad call raises: an unknown campaign or channel (`UnknownCampaign`, `UnknownChannel`), or an `at` that is no
    aware datetime, or stands beside a `Person` (`TypeError`). Whatever the context is, there is an answer. Only a
    `strict` library, which is for tests, raises `ContextError` for what its caller did wrong in a context.
    """

    def __init__(
        self,
        content: Content,
        texts: Sequence[bytes],
        *,
        digest: str | None = None,
        clock: Callable[[], datetime] = _now,
        strict: bool = False,
        on_error: OnError | None = None,
    ) -> None:
        """`texts` are the numbered texts of `content`. `digest` is computed where it is not known."""
        self.content = content
        self.texts = tuple(texts)
        self.digest = digest or library_file.digest(library_file.encode(content, texts))
        self.locales = content.locales
        self.campaigns = tuple(content.campaigns)
        self._clock = clock
        self.is_strict = strict
        self._let_through = (_WrongMoment, ContextError) if strict else (_WrongMoment,)
        self._on_error = on_error
        self._reader = (StrictContextReader if strict else ContextReader)(content, self.digest)
        self._decider = Decider(content, self.digest)
        self._assembler = Assembler(content, self.texts)
        self._explainer = Explainer(content, self._reader, self._decider)
        self._nobody = {locale: self._prepare_nobody(locale) for locale in content.locales}
        self._prepared: dict[str, dict[str, dict[str, _Prepared[SlotPlan, Variant]]]]
        self._prepared = {name: {} for name in content.campaigns}
        for plan in slot_plans(content):
            self._prepared[plan.campaign].setdefault(plan.channel, {})[plan.locale] = self._prepare(plan)

    def __repr__(self) -> str:
        return f"<Library {self.content.name} {self.digest[:19]}>"

    def __copy__(self) -> Library:
        """Nobody can change it, so that it is its own copy."""
        return self

    def __deepcopy__(self, memo: object) -> Library:
        return self

    def __reduce__(self) -> tuple[Callable[..., Library], tuple[object, ...]]:
        """Pickle the bytes of its file. Its clock and hook must be such as can be pickled: functions of a module."""
        data = library_file.encode(self.content, self.texts)
        return _of_bytes, (data, self._clock, self.is_strict, self._on_error)

    @classmethod
    def open(
        cls,
        path: library_file.Location,
        *,
        clock: Callable[[], datetime] = _now,
        strict: bool = False,
        on_error: OnError | None = None,
    ) -> Library:
        """Return the library in a file. `clock` gives the current moment, aware, where a call names none.

        `on_error` is told the exception where a stored default answers for a fault; what it raises is dropped. A
        `strict` library is for tests: it raises `ContextError` where a caller's mistake would only be noted.

        Raises `LibraryError` if the file is missing, truncated, altered or written by a newer version.
        """
        archive = library_file.read(path)
        return cls(archive.content, archive.texts, digest=archive.digest, clock=clock, strict=strict, on_error=on_error)

    def save(self, path: library_file.Location) -> None:
        """Write the library to a file, in one step: the old file stays whole until the new one is.

        Raises `LibraryError` where it cannot be written.
        """
        library_file.write(path, library_file.encode(self.content, self.texts))

    def channels(self, campaign: str) -> tuple[str, ...]:
        """Return the channels of a campaign. Raises `UnknownCampaign`."""
        by_channel = self._prepared.get(_name(campaign))
        if by_channel is None:
            raise self._unknown(campaign, None)
        return tuple(by_channel)

    def person(self, context: object = None, *, at: datetime | None = None) -> Person:
        """Return the person that a context describes, at a moment (now, if omitted), read once for several calls.

        Raises `TypeError` where `at` is no aware datetime.
        """
        return self._answer(_themselves, self._nobody, context, at, is_whole=True)

    def assemble(self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None) -> Variant:
        """Return the variant of a campaign for the person that a context describes, at a moment (now, if omitted).

        A `Person` of this library stands for a context and its moment; then there is no `at`.

        Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime.
        """
        return self._answer(self._assemble, self._by_locale(campaign, channel), context, at)

    def decide(self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None) -> Decision:
        """Return only the decision of `assemble`. Raises what that raises."""
        answer = self._answer(self._decide, self._by_locale(campaign, channel), context, at)
        return answer.decision if isinstance(answer, Variant) else answer

    def decide_many(
        self, contexts: Iterable[object], campaign: str, *, channel: str, at: datetime | None = None
    ) -> list[Decision]:
        """Return the decisions for many contexts, in their order; each may be a `Person`, if there is no `at`.

        Raises what `decide` raises, `TypeError` for what is not many contexts, and what the caller's own iterator
        raises. A list, tuple or set is gone through as one, whatever its class has in place of that.
        """
        if any(kind is one for kind in type(contexts).__mro__ for one in _ONE_CONTEXT):
            raise TypeError("contexts must be many contexts, such as a list of them")
        kind = next((kind for kind in _MANY_CONTEXTS if issubclass(type(contexts), kind)), None)
        people: Iterator[object] = iter(contexts) if kind is None else kind.__iter__(contexts)
        by_locale = self._by_locale(campaign, channel)
        self._answer(None, by_locale, {}, at)  # a wrong moment is told though there be no contexts
        answers = (self._answer(self._decide, by_locale, context, at) for context in people)
        return [answer.decision if isinstance(answer, Variant) else answer for answer in answers]

    def explain(
        self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None
    ) -> Explanation:
        """Return the decision of `assemble`, with every signal, every audience, and every candidate of every slot.

        Raises what that raises.
        """
        answer = self._answer(self._explain, self._by_locale(campaign, channel), context, at, is_whole=True)
        return Explanation(decision=answer.decision) if isinstance(answer, Variant) else answer

    def default(self, campaign: str, *, channel: str, locale: str | None = None) -> Variant:
        """Return the default variant, as it was stored when the library was compiled.

        Raises `UnknownCampaign` and `UnknownChannel`.
        """
        return self._answer(None, self._by_locale(campaign, channel), {"locale": locale}, None)

    def plan(self, campaign: str, *, channel: str, locale: str) -> SlotPlan:
        """Return the prepared slots and candidates, for tools that enumerate what `choose` can choose.

        Raises `UnknownCampaign`, `UnknownChannel`, and `ValueError` for an unknown locale.
        """
        by_locale = self._by_locale(campaign, channel)
        if locale not in self.locales:
            raise ValueError(f"no locale {locale!r}; there is {', '.join(self.locales)}")
        return by_locale[locale].plan

    def join(
        self, plan: SlotPlan, choices: Sequence[Choice], values: Mapping[str, str] = MappingProxyType({})
    ) -> Mapping[str, bytes]:
        """Return the parts that choices make, for tools; a merge field without a value stays at its fallback.

        Raises `ValueError` where they are not the choices of a plan of this library.
        """
        chosen = ChosenVariant(plan=plan, choices=tuple(choices), key="", reason=Reason.DEFAULT)
        try:
            known = Values.of(values, self.content.fields, checked=False)
            linked, encoded = self._assembler.fill(chosen, known.names, encoded_values(known))
            return joined(linked.parts, encoded)
        except KeyError as error:
            raise ValueError(
                f"these choices cannot be joined: {error.args[0]!r} is not chosen, not called by the layout or cannot "
                "stand there; take a choice for each slot of library.plan(...) of this library"
            ) from None

    def _answer(
        self,
        work: Callable[[Plan, Person], Answer] | None,
        by_locale: Mapping[str, _Prepared[Plan, Default]],
        context: object,
        at: object,
        *,
        is_whole: bool = False,
    ) -> Answer | Default:
        """Read the context, whole if all of it is to be asked for later, and do the work; where there is none, a fault
        of ours keeps it from being done, or the context is no mapping, return the stored default.

        This catches every exception, as `_join` does. What it does after that calls nothing else of the runtime.
        """
        prepared = by_locale[self.locales[0]]
        try:
            if type(context) is Person:
                prepared = by_locale[self._locale_of(context)]
                return self._again(work, prepared, context, at)
            moment = None if at is None else moment_of(at)
            if (moment is None) is not (at is None):
                raise _WrongMoment("at must be an aware datetime, such as datetime.now(UTC)")
            get = context.get if type(context) is dict else _getter(context)
            if get is None:
                return self._without_context(prepared)
            locale = get("locale", None)
            served = self._reader.locale(locale)
            prepared = by_locale[served]
            if work is None:
                return prepared.defaults[None]
            moment = moment or Moment.of(self._clock())
            person = self._reader.read(context, get, locale, served, moment, is_whole)
            return work(prepared.plan, person)
        except self._let_through:
            raise
        except Exception as error:  # noqa: BLE001  # promise 6: any fault of ours gives the default
            self._report(error)
            return prepared.defaults[ErrorCode.GENERAL]

    def _locale_of(self, person: Person) -> str:
        return person.locale if person.library == self.digest else self.locales[0]

    def _again(
        self,
        work: Callable[[Plan, Person], Answer] | None,
        prepared: _Prepared[Plan, Default],
        person: Person,
        at: object,
    ) -> Answer | Default:
        """The answer for somebody who was read before; the stored default, if they were not, or not by this library."""
        if at is not None:
            raise _WrongMoment("a Person was read at a moment: beside one, a call has no `at`")
        if person.library != self.digest:
            return self._without_context(prepared)
        if work is None or person.error is not None:
            return prepared.defaults[person.error]
        return work(prepared.plan, person)

    def _without_context(self, prepared: _Prepared[Plan, Default]) -> Default:
        """The stored default, for there is no context. Raises `ContextError` for that where it is strict."""
        if self.is_strict:
            raise ContextError((), {})
        return prepared.defaults[ErrorCode.INVALID_CONTEXT]

    def _join(self, variant: Variant) -> list[Outcome]:
        """Join a variant's parts, and return its outcomes: the stored default where a fault of ours keeps them from
        being joined.

        This catches every exception, as `_answer` does.
        """
        decision, linked, values = variant.decided, variant.linked, variant.values
        try:
            outcome = Outcome(decision, joined(linked.parts, values), linked, values)
        except Exception as error:  # noqa: BLE001  # promise 6: any fault of ours gives the default
            self._report(error)
            by_locale = self._prepared[decision.campaign][decision.channel]
            outcome = by_locale[decision.locale].defaults[ErrorCode.GENERAL].outcome
        variant.outcomes.append(outcome)
        return variant.outcomes

    def _by_locale(self, campaign: object, channel: object) -> Mapping[str, _Prepared[SlotPlan, Variant]]:
        """What is prepared for a channel of a campaign."""
        try:
            by_channel = self._prepared[campaign if type(campaign) is str else _name(campaign)]
            return by_channel[channel if type(channel) is str else _name(channel)]
        except KeyError:
            raise self._unknown(campaign, channel) from None

    def _report(self, error: Exception) -> None:
        """Tell of a fault: the log only its class, since its words may hold values of a person; the hook all of it."""
        with suppress(Exception):
            _log.error("the stored default answers for %s", type(error).__qualname__)
        with suppress(Exception):
            if self._on_error is not None:
                self._on_error(error)

    def _unknown(self, campaign: object, channel: object) -> UnknownCampaign | UnknownChannel:
        by_channel = self._prepared.get(_name(campaign))
        if by_channel is None:
            return UnknownCampaign(text_of(campaign, _LONGEST_NAME), self._prepared)
        return UnknownChannel(text_of(channel, _LONGEST_NAME), by_channel)

    def _assemble(self, plan: SlotPlan, person: Person) -> Variant:
        decision, chosen = self._decider.decide(plan, person)
        values = person.encoded or encoded_values(person.values)
        linked, encoded = self._assembler.fill(chosen, person.values.names, values)
        return Variant(decision, linked, encoded, self._join, self._assembler.quoted, person.at, [])

    def _decide(self, plan: SlotPlan, person: Person) -> Decision:
        decision, _ = self._decider.decide(plan, person)
        return decision

    def _explain(self, plan: SlotPlan, person: Person) -> Explanation:
        decision, _ = self._decider.decide(plan, person)
        return self._explainer.explain(plan, person, decision)

    def _prepare(self, plan: SlotPlan) -> _Prepared[SlotPlan, Variant]:
        stored = self.content.campaigns[plan.campaign].channels[plan.channel].defaults[plan.locale]
        contents = {part: self.texts[number] for part, number in stored.parts.items()}
        linked = Linked(parts=tuple((part, [text], None) for part, text in contents.items()), specials=())
        treatment = Treatment(
            key=stored.key, choices=plan.defaults, is_default=True, salts=salts(self.content, plan.campaign)
        )
        erroneous = tuple(msgspec.structs.replace(choice, reason=SlotReason.DEFAULT) for choice in plan.defaults)

        def default(code: ErrorCode | None) -> Variant:
            decision = Decision(
                campaign=plan.campaign,
                channel=plan.channel,
                locale=plan.locale,
                reason=Reason.ERROR if code else Reason.DEFAULT,
                error_code=code,
                library=self.digest,
                key=stored.key,
                choices=erroneous if code else plan.defaults,
                treatment=treatment,
            )
            return Variant.of(Outcome(decision, contents, linked, []))

        return _Prepared(plan=plan, defaults={code: default(code) for code in (None, *ErrorCode)})

    def _prepare_nobody(self, locale: str) -> _Prepared[None, Person]:
        """Who is returned for somebody who cannot be read."""
        known = Values.of({}, self.content.fields, checked=True)
        never = Moment(timedelta(), 0)

        def nobody(code: ErrorCode | None) -> Person:
            return Person(
                self.digest, locale, never, None, Arm.UNASSIGNED, {}, known, {}, None, None, (False, False), (), code
            )

        return _Prepared(plan=None, defaults={code: nobody(code) for code in (None, *ErrorCode)})


def _of_bytes(data: bytes, clock: Callable[[], datetime], strict: bool, on_error: OnError | None) -> Library:
    """The library that was pickled."""
    archive = library_file.decode(data)
    return Library(archive.content, archive.texts, digest=archive.digest, clock=clock, strict=strict, on_error=on_error)


def _getter(context: object) -> Getter | None:
    return nothing if context is None else getter(context)


def _themselves(plan: None, person: Person) -> Person:
    return person


def _name(name: object) -> str:
    """A name as exactly `str`, cut where it is too long for any; blank for what is no text."""
    return text_of(name, _LONGEST_NAME) or ""
