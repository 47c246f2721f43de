"""A provider for the OpenFeature SDK of Python: a library's flags, decided in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from assembler.delivery.flags import context_of, evaluation, flag_keys, unknown_flag
from assembler.runtime.library import Library

try:
    from openfeature.evaluation_context import EvaluationContext
    from openfeature.event import ProviderEventDetails
    from openfeature.exception import ErrorCode
    from openfeature.flag_evaluation import FlagResolutionDetails, FlagValueType, Reason
    from openfeature.provider import AbstractProvider, Metadata
except ModuleNotFoundError as error:
    raise ImportError(
        "assembler.delivery.provider needs the OpenFeature SDK: pip install 'assembler[openfeature]'", name=error.name
    ) from None

Value = TypeVar("Value")


class AssemblerProvider(AbstractProvider):
    """Answers flags of OpenFeature from a library; the flags are those of `assembler.delivery.flags`.

    An evaluation's targeting key is the person's id. Attributes are `locale`, `consent`, `signals`, `fields`, `segment`
    and `stage` as in a context; one that is named like a signal or a field is that. Whatever they hold, the answer is a
    value of the library; only for a key that is no flag (`FLAG_NOT_FOUND`), or one of another type (`TYPE_MISMATCH`),
    it is the caller's default.

    It can be shared freely between threads: a call takes the library once.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library

    def get_metadata(self) -> Metadata:
        """Return the name of this provider."""
        return Metadata(name="Assembler")

    def reload(self, library: Library) -> None:
        """Answer from another library from now on, and say so: `PROVIDER_CONFIGURATION_CHANGED` names all flags of the
        old one and the new one, and the digest of the new one as `library`."""
        old, self._library = self._library, library
        flags = sorted({*flag_keys(old), *flag_keys(library)})
        details = ProviderEventDetails(flags_changed=flags, metadata={"library": library.digest})
        self.emit_provider_configuration_changed(details)

    def resolve_boolean_details(
        self, flag_key: str, default_value: bool, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[bool]:
        """Return the caller's default: no flag is a boolean."""
        return self._resolve(flag_key, default_value, evaluation_context, bool)

    def resolve_integer_details(
        self, flag_key: str, default_value: int, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[int]:
        """Return the caller's default: no flag is an integer."""
        return self._resolve(flag_key, default_value, evaluation_context, int)

    def resolve_float_details(
        self, flag_key: str, default_value: float, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[float]:
        """Return the caller's default: no flag is a number."""
        return self._resolve(flag_key, default_value, evaluation_context, float)

    def resolve_string_details(
        self, flag_key: str, default_value: str, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[str]:
        """Return the key of a variant, or the address of the component in a slot, blank for an empty one."""
        return self._resolve(flag_key, default_value, evaluation_context, str)

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[FlagValueType] | Mapping[str, FlagValueType],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Sequence[FlagValueType] | Mapping[str, FlagValueType]]:
        """Return the components of all slots, or the texts of all parts."""
        return self._resolve(flag_key, default_value, evaluation_context, dict)

    def _resolve(
        self, flag_key: str, default_value: Value, asked: EvaluationContext | None, kind: type[Value]
    ) -> FlagResolutionDetails[Value]:
        library = self._library
        context = None if asked is None else context_of(library.content, asked.attributes, asked.targeting_key)
        answer = evaluation(library, flag_key, context)
        if answer is None:
            return _failed(default_value, ErrorCode.FLAG_NOT_FOUND, unknown_flag(library, flag_key))
        value = answer.value
        if not isinstance(value, kind):
            problem = f"the value of this flag is {'text' if isinstance(value, str) else 'an object'}"
            return _failed(default_value, ErrorCode.TYPE_MISMATCH, problem)
        return FlagResolutionDetails(
            value=value, reason=Reason(answer.reason), variant=answer.variant, flag_metadata=answer.metadata
        )


def _failed(default_value: Value, code: ErrorCode, problem: str) -> FlagResolutionDetails[Value]:
    return FlagResolutionDetails(value=default_value, error_code=code, error_message=problem, reason=Reason.ERROR)
