"""`onewindow manual`: every command with its sentence, options and examples as Markdown, from the commands.

An option that several verbs of a noun take is told once, with the verbs that take it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.lazy_group import LazyGroup
from onewindow.cli.printing import print_raw

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    blocks += [*_option_lines(_options(context, [root])), *_examples([root])]
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
    options = [_options(member, _verbs(member)) for member in members]
    shared = _shared(options) if all(isinstance(member.command, click.Group) for member in members) else []
    if shared:
        yield "All of these take:"
        yield from _option_lines(shared)
    for member, taken in zip(members, options, strict=True):
        yield f"### {member.command_path}"
        yield from _command(member, [each for each in taken if each not in shared])


def _command(context: click.Context, options: Sequence[_Taken]) -> Iterator[str]:
    command, verbs = context.command, _verbs(context)
    if not isinstance(command, click.Group):
        yield f"`{_usage(context, command)}`"
    yield _paragraphs(command)
    if isinstance(command, click.Group):
        yield "\n".join(
            f"- `{_usage(_inside(context, verb), verb)}`: {_paragraphs(verb, ' ')}" for verb in verbs
        )
    if isinstance(command, click.Group) and options:
        yield "Options:"
    yield from _option_lines(options)
    yield from _examples(verbs)


def _verbs(context: click.Context) -> list[click.Command]:
    """The verbs of a noun, or the command itself."""
    noun = context.command
    if not isinstance(noun, click.Group):
        return [noun]
    found = (noun.get_command(context, word) for word in noun.list_commands(context))
    return [verb for verb in found if verb is not None]


def _inside(context: click.Context, verb: click.Command) -> click.Context:
    return click.Context(verb, context, info_name=verb.name)


def _usage(context: click.Context, command: click.Command) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _paragraphs(command: click.Command, between: str = "\n\n") -> str:
    """The help of a command, each paragraph on a line of its own."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return between.join(" ".join(part.split()) for part in parts)


def _options(context: click.Context, commands: Sequence[click.Command]) -> list[_Taken]:
    found: dict[tuple[str, str], _Taken] = {}
    for command in commands:
        for option in command.params:
            record = option.get_help_record(context) if isinstance(option, click.Option) else None
            if record is not None:
                taken = found.setdefault(record, _Taken(*record))
                if len(commands) > 1:
                    taken.verbs.append(command.name or "")
    return list(found.values())


def _shared(options: Sequence[Sequence[_Taken]]) -> list[_Taken]:
    """The options that several nouns all take by the same verbs."""
    return [each for each in options[0] if all(each in taken for taken in options)] if options[1:] else []


def _option_lines(options: Sequence[_Taken]) -> Iterator[str]:
    if options:
        yield "\n".join(map(_option_line, options))


def _option_line(taken: _Taken) -> str:
    where = f" ({', '.join(taken.verbs)})" if taken.verbs else ""
    return f"- `{taken.spelling}`{where}" + (f": {' '.join(taken.help.split())}" if taken.help else "")


def _examples(commands: Sequence[click.Command]) -> Iterator[str]:
    lines = [line for command in commands for line in _example_lines(command)]
    if lines:
        yield "```\n" + "\n".join(dict.fromkeys(lines)) + "\n```"


def _example_lines(command: click.Command) -> list[str]:
    """The command lines of the epilog, without its heading."""
    plain = inspect.cleandoc(command.epilog or "").removeprefix(_PLAIN_BREAK)
    return [line.strip() for line in plain.split("\n")[1:]]
