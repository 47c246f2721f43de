"""The facade: one call that never fails and never blocks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TypeVar

import msgspec

from assembler.errors import UnknownCampaign, UnknownChannel
from assembler.library import format as library_file
from assembler.library.records import Content
from assembler.runtime.assemble import Assembler, Linked, Variant, joined
from assembler.runtime.choose import SlotPlan, slot_plans
from assembler.runtime.context import ContextReader, Facts
from assembler.runtime.decide import ChosenVariant, Decider, Decision
from assembler.runtime.eligibility import Choice
from assembler.runtime.explain import Explainer, Explanation
from assembler.runtime.fields import Values
from assembler.runtime.moment import Moment, moment_of
from assembler.runtime.reasons import ErrorCode, Reason, SlotReason
from assembler.runtime.recognise import Getter, getter, nothing, text_of

Answer = TypeVar("Answer")
Work = Callable[[SlotPlan, Facts, Moment, Getter], Answer]
"""Answers for the facts about a person at a moment; the getter looks up what else the context holds."""

OnError = Callable[[Exception], object]

_log = logging.getLogger(__name__)

_LONGEST_NAME = 200
"""Of a campaign or channel that is asked for."""


class _Prepared(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What is ready for one campaign, channel and locale: its plan, and the stored default by error."""

    plan: SlotPlan
    defaults: dict[ErrorCode | None, Variant]


def _now() -> datetime:
    return datetime.now(UTC)


class Library:
    """A compiled library. It is immutable and can be shared freely between threads.

    Only a bad call raises: an unknown campaign or channel (`UnknownCampaign`, `UnknownChannel`), or an `at` that is no
    aware datetime (`TypeError`). Whatever the context is, there is an answer.
    """

    def __init__(
        self,
        content: Content,
        texts: Sequence[bytes],
        *,
        digest: str | None = None,
        clock: Callable[[], datetime] = _now,
        on_error: OnError | None = None,
    ) -> None:
        """`texts` are the numbered texts of `content`. `digest` is computed where it is not known."""
        self.content = content
        self.texts = tuple(texts)
        self.digest = digest or library_file.digest(library_file.encode(content, texts))
        self.locales = content.locales
        self.campaigns = tuple(content.campaigns)
        self._clock = clock
        self._on_error = on_error
        self._reader = ContextReader(content)
        self._decider = Decider(content, self.digest)
        self._assembler = Assembler(content, self.texts)
        self._explainer = Explainer(content, self._reader, self._decider)
        self._prepared: dict[str, dict[str, dict[str, _Prepared]]] = {name: {} for name in content.campaigns}
        for plan in slot_plans(content):
            self._prepared[plan.campaign].setdefault(plan.channel, {})[plan.locale] = self._prepare(plan)

    @classmethod
    def open(
        cls,
        path: library_file.Location,
        *,
        clock: Callable[[], datetime] = _now,
        on_error: OnError | None = None,
    ) -> Library:
        """Return the library in a file. `clock` gives the current moment, aware, where a call names none.

        `on_error` is told the exception where a stored default answers for a fault; what it raises is dropped.

        Raises `LibraryError` if the file is missing, truncated, altered or written by a newer version.
        """
        archive = library_file.read(path)
        return cls(archive.content, archive.texts, digest=archive.digest, clock=clock, on_error=on_error)

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

    def assemble(self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None) -> Variant:
        """Return the variant of a campaign for the person that a context describes, at a moment (now, if omitted).

        Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime.
        """
        return self._answer(self._assemble, campaign, channel, context, at)

    def decide(self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None) -> Decision:
        """Return only the decision of `assemble`. Raises what that raises."""
        answer = self._answer(self._decide, campaign, channel, context, at)
        return answer.decision if isinstance(answer, Variant) else answer

    def explain(
        self, campaign: str, *, channel: str, context: object = None, at: datetime | None = None
    ) -> Explanation:
        """Return the decision of `assemble`, with every signal, every audience, and every candidate of every slot.

        Raises what that raises.
        """
        answer = self._answer(self._explain, campaign, channel, context, at)
        return Explanation(decision=answer.decision) if isinstance(answer, Variant) else answer

    def default(self, campaign: str, *, channel: str, locale: str | None = None) -> Variant:
        """Return the default variant, as it was stored when the library was compiled.

        Raises `UnknownCampaign` and `UnknownChannel`.
        """
        return self._answer(None, campaign, channel, {"locale": locale}, None)

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
            linked, encoded = self._assembler.fill(chosen, Values.unchecked(values, self.content.fields))
            return joined(linked.parts, encoded)
        except KeyError as error:
            raise ValueError(
                f"these choices cannot be joined: {error.args[0]!r} is not chosen, not called by the layout or cannot "
                "stand there; take a choice for each slot of library.plan(...) of this library"
            ) from None

    def _answer(
        self, work: Work[Answer] | None, campaign: object, channel: object, context: object, at: object
    ) -> Answer | Variant:
        """Read the context and do the work; where there is none, a fault of ours keeps it from being done, or the
        context is no mapping, return the stored default.

        This is the one place that catches every exception. What it does after that calls nothing else of the runtime.
        """
        by_locale = self._by_locale(campaign, channel)
        prepared = by_locale[self.locales[0]]
        try:
            moment = None if at is None else moment_of(at)
            if at is None or moment is not None:
                get = context.get if type(context) is dict else nothing if context is None else getter(context)
                if get is None:
                    return prepared.defaults[ErrorCode.INVALID_CONTEXT]
                locale = get("locale", None)
                prepared = by_locale[self._reader.locale(locale)]
                if work is None:
                    return prepared.defaults[None]
                moment = moment or Moment.of(self._clock())
                return work(prepared.plan, self._reader.read(context, get, locale, moment), moment, get)
        except Exception as error:  # noqa: BLE001  # promise 6: any fault of ours gives the default
            self._report(error)
            return prepared.defaults[ErrorCode.GENERAL]
        raise TypeError("at must be an aware datetime, such as datetime.now(UTC)")

    def _by_locale(self, campaign: object, channel: object) -> Mapping[str, _Prepared]:
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

    def _assemble(self, plan: SlotPlan, facts: Facts, moment: Moment, get: Getter) -> Variant:
        decision, chosen = self._decider.decide(plan, facts, moment)
        linked, values = self._assembler.fill(chosen, facts.values)
        contents = joined(linked.parts, values)
        return Variant(
            decision=decision,
            contents=contents,
            linked=linked,
            values=values,
            quoted=self._assembler.quoted,
            moment=moment,
        )

    def _decide(self, plan: SlotPlan, facts: Facts, moment: Moment, get: Getter) -> Decision:
        decision, _ = self._decider.decide(plan, facts, moment)
        return decision

    def _explain(self, plan: SlotPlan, facts: Facts, moment: Moment, get: Getter) -> Explanation:
        decision, _ = self._decider.decide(plan, facts, moment)
        return self._explainer.explain(plan, get, facts, decision, moment)

    def _prepare(self, plan: SlotPlan) -> _Prepared:
        stored = self.content.campaigns[plan.campaign].channels[plan.channel].defaults[plan.locale]
        contents = {part: self.texts[number] for part, number in stored.parts.items()}
        linked = Linked(parts=tuple((part, [text], None) for part, text in contents.items()), specials=())
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
            )
            return Variant(
                decision=decision, contents=contents, linked=linked, values=[], quoted=self._assembler.quoted
            )

        return _Prepared(plan=plan, defaults={code: default(code) for code in (None, *ErrorCode)})


def _name(name: object) -> str:
    """A name as exactly `str`, cut where it is too long for any; blank for what is no text."""
    return text_of(name, _LONGEST_NAME) or ""
