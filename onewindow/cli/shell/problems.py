"""How the command line ends: one sentence on stderr and an exit code, never a traceback.

What only a failure needs is loaded when something fails.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from typing import cast

import click

from onewindow.cli.shell.terminal import AnswerLost, lost_answer
from onewindow.text.clean import clean
from onewindow.text.patterns import pattern

DONE, COULD_NOT, USAGE, INTERRUPTED = 0, 1, 2, 130


_NO_CHOICE = pattern(r"'(.*)' is not one of")
_HINT = pattern(r"[.;]?\s*\(?Did you mean (?:one of: )?(.*?)\??\)?$")


_NO_COMMAND = pattern(r"^No such command '([^']*)'")
_MEANT = {
    **dict.fromkeys(("absence", "absences", "vacation", "leave", "отпуск", "отсутствие"), "team away"),
    **dict.fromkeys(("unarchive", "undelete"), "restore"),
}
"""What people call a command that has another name -> that name."""


class CommandProblem(Exception):
    """A command could not do what was asked; the text is one sentence for people."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: '; did you mean client?', '' if nothing is near."""
    import difflib

    if word.casefold() in _MEANT:
        return f"; did you mean {_MEANT[word.casefold()]}?"
    near = difflib.get_close_matches(word.casefold(), list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


def exit_code_of(error: BaseException, *, debug: bool) -> int:
    """Tell the person what went wrong and give back the exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    # Nothing of ours exits: an exit from inside click is what it makes of a reader who has left.
    if isinstance(error, (BrokenPipeError, SystemExit)) or (
        isinstance(error, OSError) and error.errno == errno.EPIPE
    ):
        _forget_output()
        return DONE
    if isinstance(error, AnswerLost):
        _say(f"The answer cannot be written ({_reason(error)}); nothing was stored.")
        _forget_output()
        return COULD_NOT
    if isinstance(error, (KeyboardInterrupt, click.exceptions.Abort, EOFError)):
        return INTERRUPTED
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        _say(error.format_message())  # the whole help, line by line: nothing went wrong
        return USAGE
    if isinstance(error, click.ClickException):
        _say(_usage_sentence(error))
        return USAGE if isinstance(error, click.UsageError) else COULD_NOT
    _say(_sentence(error))
    return USAGE if _is_about_fields(error) else COULD_NOT


def _is_about_fields(error: BaseException) -> bool:
    """Whether what was typed for a field cannot be: that is a mistake of usage like an unknown option."""
    from onewindow.desk.validation.field_problems import FieldProblems

    return isinstance(error, FieldProblems)


def _usage_sentence(error: click.ClickException) -> str:
    message = clean(error.format_message()).strip().rstrip(".") + _near_choice(error)
    named = _NO_COMMAND.search(message)
    if named is not None and named[1].casefold() in _MEANT:
        message += nearest(named[1], ())
    message = _HINT.sub(lambda match: f"; did you mean {match[1].rstrip('?')}?", message)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return message if message.endswith("?") else message + "."
    joint = " See" if message.endswith("?") else "; see"
    return f"{message[:1].lower() + message[1:]}{joint} `{context.command_path} --help`."


def _near_choice(error: click.ClickException) -> str:
    if not isinstance(error, click.BadParameter) or error.param is None:
        return ""
    choices = cast("Iterable[object]", getattr(error.param.type, "choices", ()))
    word = _NO_CHOICE.match(error.message)
    return nearest(word[1], map(str, choices)) if word else ""


def _sentence(error: BaseException) -> str:
    from onewindow.desk.session.problem_text import known_sentence

    text = clean(str(error)).strip()
    known = text if isinstance(error, CommandProblem) else known_sentence(error)
    if known is not None:
        return known
    name = type(error).__name__
    return f"Something went wrong inside One Window ({name}: {text}); --debug shows where."


def tell_lost_answer() -> None:
    """Say what was stored by a command whose answer could not be written: its work is done."""
    lost = lost_answer()
    if lost is None:
        return
    from onewindow.store.stored import newest

    what = newest()
    if what:
        _say(f"Stored: {clean(what)}. Only the answer could not be written ({_reason(lost)}).")
    _forget_output()


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()


def _say(sentence: str) -> None:
    try:
        click.echo(sentence, err=True)
    except OSError:
        _forget_output()


def _forget_output() -> None:
    """Whoever read the output has left: let nothing else fail for it, the flush at the exit included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
    os.close(nowhere)
