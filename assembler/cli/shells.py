"""How a shell asks what a word could become: click's protocol, with scripts that know where a shell breaks words."""

from __future__ import annotations

import os
from typing import Any, ClassVar

from click import Command
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

_PROGRAM = "assembler"


class _WholeWords(ShellComplete):
    """Completes `--option=value` as a whole, where click offers the value alone."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        option, equals, _ = incomplete.partition("=")
        items = super().get_completions(args, incomplete)
        if not equals or not option.startswith("-"):
            return items
        return [
            CompletionItem(f"{option}={item.value}", help=item.help) if item.type == "plain" else item for item in items
        ]


class Bash(_WholeWords, BashComplete):
    """Bash breaks words at `=` and `:`, too, and wants back what comes behind the last of them."""

    source_template: ClassVar[str] = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                if [[ $value == *[=:/] ]]; then compopt -o nospace; fi ;;
        esac
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        line = os.environ.get("COMP_LINE", "")
        words = split_arg_string(line)
        incomplete = words.pop() if words and not line[-1].isspace() else ""
        breaks = os.environ.get("COMP_WORDBREAKS", "")
        self._length = max((incomplete.rfind(mark) + 1 for mark in "=:" if mark in breaks), default=0)
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return f"{item.type},{item.value[self._length :]}"


class Zsh(_WholeWords, ZshComplete):
    """Zsh puts a space behind a word, but behind a name that a value follows."""

    source_template: ClassVar[str] = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local type value help
    local -a response plain described
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete "${words[1]}" 2>/dev/null)}")
    for type value help in $response; do
        case $type in
            dir) compset -P '--*='; _path_files -/ ;;
            file) compset -P '--*='; _path_files -f ;;
            plain)
                if [[ $value == *[=:/] ]]; then compadd -U -S '' -V unsorted -- "$value"
                elif [[ $help == _ ]]; then plain+=("$value")
                else described+=("$value:$help"); fi ;;
        esac
    done
    if (( $#described )); then _describe -V unsorted described -U; fi
    if (( $#plain )); then compadd -U -V unsorted -a plain; fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""


class Fish(_WholeWords, FishComplete):
    """A word may hold commas, as what is selected does."""

    source_template: ClassVar[str] = """\
function %(complete_func)s
    for completion in (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
            COMP_CWORD=(commandline -t) %(prog_name)s 2>/dev/null)
        set -l item (string split -m 1 "," -- $completion)
        switch $item[1]
            case dir
                __fish_complete_directories $item[2]
            case file
                __fish_complete_path $item[2]
            case plain
                echo $item[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


def shell(name: str, command: Command, variable: str) -> ShellComplete | None:
    """Return how a shell of this name completes a command; None for a shell that is not known."""
    kinds: dict[str, type[ShellComplete]] = {"bash": Bash, "fish": Fish, "zsh": Zsh}
    return kinds[name](command, {}, _PROGRAM, variable) if name in kinds else None
