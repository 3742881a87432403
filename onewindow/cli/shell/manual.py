"""`onewindow manual`: every command with its sentence, options and examples as Markdown, from the commands.

An option that several verbs of a noun take is told once, with the verbs that take it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.shell.lazy_group import LazyGroup
from onewindow.cli.shell.printing import print_raw

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY_VERBS = 20
"""From so many on the verbs of a noun are much alike: the first is told in full, the others in short."""
_PLAIN_BREAK = "\b\n"
"""What click reads as: leave the lines of this paragraph as they are."""


@dataclass(slots=True)
class _Taken:
    """One option as people write it, what it says, and the verbs that take it."""

    spelling: str
    help: str
    verbs: list[str] = field(default_factory=list[str])


def manual_markdown(root: LazyGroup, name: str = "onewindow") -> str:
    """The whole command line as Markdown: the options of every command, then the commands by section."""
    context = click.Context(root, info_name=name)
    blocks = ["## Before every command", f"`{name} [OPTIONS] [COMMAND]`", _paragraphs(root)]
    blocks += [*_option_lines(_options([context])), *_examples([root])]
    sections: dict[str, list[click.Context]] = {}
    for word in root.list_commands(context):
        command = root.get_command(context, word)
        if command is not None:
            inner = click.Context(command, context, info_name=word)
            sections.setdefault(root.members[word].section, []).append(inner)
    for title, members in sections.items():
        blocks += [f"## {title}", *_section(members)]
    return "\n\n".join(block for block in blocks if block) + "\n"


@click.command(epilog="\b\nExample:\n  onewindow manual > manual.md")
@click.pass_context
def manual(context: click.Context) -> None:
    """Print every command with its options and examples as Markdown."""
    root = context.find_root()
    print_raw(manual_markdown(cast("LazyGroup", root.command)).rstrip("\n"))


def _section(members: Sequence[click.Context]) -> Iterator[str]:
    options = [_options(_verbs(member)) for member in members]
    shared = _shared(options) if all(isinstance(member.command, click.Group) for member in members) else []
    if shared:
        yield "All of these take:"
        yield from _option_lines(shared)
    for member, taken in zip(members, options, strict=True):
        yield f"### {member.command_path}"
        yield from _command(member, [taken_option for taken_option in taken if taken_option not in shared])


def _command(context: click.Context, options: Sequence[_Taken]) -> Iterator[str]:
    verbs = _verbs(context)
    is_group = isinstance(context.command, click.Group)
    if not is_group:
        yield f"`{_usage(context)}`"
    yield _paragraphs(context.command)
    if is_group:
        yield "\n".join(_verb_line(verb, verbs) for verb in verbs)
    if is_group and options:
        yield "Options:"
    yield from _option_lines(options)
    yield from _examples(verb.command for verb in verbs)


def _verb_line(verb: click.Context, verbs: Sequence[click.Context]) -> str:
    command = verb.command
    is_short = len(verbs) >= _MANY_VERBS and verb is not verbs[0] and command.short_help
    return f"- `{_usage(verb)}`: {command.short_help if is_short else _paragraphs(command, ' ')}"


def _verbs(context: click.Context) -> list[click.Context]:
    """The verbs of a noun under the names that people type, or the command itself."""
    noun = context.command
    if not isinstance(noun, click.Group):
        return [context]
    return [click.Context(verb, context, info_name=words) for words, verb in _named(noun, context)]


def _named(
    noun: click.Group, context: click.Context, before: str = ""
) -> Iterator[tuple[str, click.Command]]:
    """The verbs of a noun with their words; a verb that has verbs is followed by those: `step done`."""
    for word in noun.list_commands(context):
        verb = noun.get_command(context, word)
        if verb is not None:
            yield f"{before}{word}", verb
            if isinstance(verb, click.Group):
                yield from _named(verb, context, f"{before}{word} ")


def _usage(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def _paragraphs(command: click.Command, between: str = "\n\n") -> str:
    """The help of a command, each paragraph on a line of its own."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return between.join(" ".join(part.split()) for part in parts)


def _options(verbs: Sequence[click.Context]) -> list[_Taken]:
    options_of: dict[tuple[str, str], _Taken] = {}
    for verb in verbs:
        for option in verb.command.params:
            record = option.get_help_record(verb) if isinstance(option, click.Option) else None
            if record is not None:
                options_of.setdefault(record, _Taken(*record)).verbs.append(verb.info_name or "")
    for taken in options_of.values():
        taken.verbs = _in_short(taken.verbs, [verb.info_name or "" for verb in verbs])
    return list(options_of.values())


def _in_short(taking: list[str], verbs: Sequence[str]) -> list[str]:
    """The verbs that take an option; of many the few that do not, nothing if all do."""
    others = [verb for verb in verbs if verb not in taking]
    if not others:
        return []
    return [f"not in {others[0]}", *others[1:]] if len(others) < len(taking) > _MANY_VERBS else taking


def _shared(options: Sequence[Sequence[_Taken]]) -> list[_Taken]:
    """The options that several nouns all take by the same verbs."""
    return (
        [option for option in options[0] if all(option in taken for taken in options)] if options[1:] else []
    )


def _option_lines(options: Sequence[_Taken]) -> Iterator[str]:
    if options:
        yield "\n".join(map(_option_line, options))


def _option_line(taken: _Taken) -> str:
    where = f" ({', '.join(taken.verbs)})" if taken.verbs else ""
    return f"- `{taken.spelling}`{where}" + (f": {' '.join(taken.help.split())}" if taken.help else "")


def _examples(commands: Iterable[click.Command]) -> Iterator[str]:
    lines = [line for command in commands for line in _example_lines(command)]
    if lines:
        yield "```\n" + "\n".join(dict.fromkeys(lines)) + "\n```"


def _example_lines(command: click.Command) -> list[str]:
    """The command lines of the epilog, without its heading."""
    plain = inspect.cleandoc(command.epilog or "").removeprefix(_PLAIN_BREAK)
    return [line.strip() for line in plain.split("\n")[1:]]
