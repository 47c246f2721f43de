"""What a project's `policy.rules` makes of what its rules find: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from assembler.authoring.check.report import RuleInForce, Suppressed
from assembler.authoring.check.rule import Rule
from assembler.authoring.diagnostics import Diagnostic, Finding, Place, Severity, near_miss
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.rule_setting import RuleSetting
from assembler.errors import listed, nearest

_RANKS: Final[Mapping[str, int]] = {"off": 0, "information": 1, "warning": 2, "error": 3}
_NOTHING: Final = ("", "[", "[]", "[ ]", "null", "~")
_WHY_NOT: Final = "it guards what every project is promised, and may be raised, never lowered"


class RulePolicy:
    """What a team has set of the rules that there are."""

    def __init__(self, rules: Iterable[Rule], settings: Mapping[str, RuleSetting]) -> None:
        self._rules = {rule.code: rule for rule in rules}
        self._settings = settings
        self.in_force = {
            code: in_force(self._rules[code], setting) for code, setting in settings.items() if code in self._rules
        }

    def applied(self, diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Suppressed]]:
        """Return findings as bad as the policy says that they are, and those that do not count."""
        counted: list[Diagnostic] = []
        suppressed: list[Suppressed] = []
        for diagnostic in diagnostics:
            setting = self.in_force.get(diagnostic.code)
            if setting is None:
                counted.append(diagnostic)
            elif setting.covers(diagnostic):
                suppressed.append(Suppressed(diagnostic, setting.because))
            else:
                counted.append(replace(diagnostic, severity=self._severity(diagnostic, setting)))
        return counted, suppressed

    def _severity(self, diagnostic: Diagnostic, setting: RuleInForce) -> Severity:
        before, severity = diagnostic.severity, setting.severity
        if severity is None or severity == "off":
            return before
        keeps = self._rules[diagnostic.code].guards and _RANKS[severity] < _RANKS[before]
        return before if keeps else severity

    def faults(self, project: LoadedProject) -> Iterator[tuple[str, Finding]]:
        """Yield what is wrong with the policy of a project, each with the code of its rule."""
        policy = project.settings.policy
        paths = {*map(project.shown_path, project.sources), *(f"assets/{path}" for path in project.assets)}
        for code, setting in self._settings.items():
            rule = self._rules.get(code)
            if rule is None:
                yield "R03", _unknown("rule", code, self._rules, policy.key_place("rules", code))
            elif rule.guards:
                yield from (("R02", finding) for finding in _lowered(rule, setting))
            if not _says_something(setting, code):
                message = f"nothing is set of {code}"
                yield (
                    "R02",
                    Finding(policy.key_place("rules", code), message, "write `severity: ...` or `except: [...]`"),
                )
            for index, path in enumerate(setting.paths):
                if path not in paths:
                    place = policy.place("rules", code, "except", index)
                    yield "R03", _unknown("file", path, sorted(paths), place)


def _says_something(setting: RuleSetting, code: str) -> bool:
    """Whether a setting has a value, readable or not, beside its reason."""
    path = ("policy", "rules", code)
    keys = {keys[-1] for keys in setting.source.keys if keys[:-1] == path} - {"because"}
    return any(setting.source.rest(*path, key) not in _NOTHING for key in keys)


def in_force(rule: Rule, setting: RuleSetting) -> RuleInForce:
    """Return what a setting changes of a rule: nothing that would lower one that guards."""
    severity = setting.severity
    lowers = severity is not None and rule.guards and _RANKS[severity] < _RANKS[rule.severity]
    return RuleInForce(
        code=rule.code,
        severity=None if lowers else severity,
        because=setting.because,
        paths=() if rule.guards else setting.paths,
    )


def _lowered(rule: Rule, setting: RuleSetting) -> Iterator[Finding]:
    """The findings of a setting that would lower a rule that guards."""
    hint = f"mend what it finds; `assembler rule {rule.code}` says how"
    if setting.severity is not None and _RANKS[setting.severity] < _RANKS[rule.severity]:
        message = f"{rule.code} cannot be {setting.severity}: {_WHY_NOT}"
        yield Finding(setting.place("severity"), message, hint)
    if setting.paths:
        message = f"{rule.code} has no exceptions: it guards what every project is promised"
        yield Finding(setting.key_place("except"), message, hint)


def _unknown(kind: str, name: str, known: Iterable[str], place: Place) -> Finding:
    names = list(known)
    close = nearest(name, names)
    hint = f"did you mean {close}?" if close else f"{kind}s: {listed(names)}"
    return Finding(place, f"no {kind} {name[:80]!r}", hint, mend=near_miss(name, names))
