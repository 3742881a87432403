"""Groups of commands whose members are imported when they are named, so that a start stays cheap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from onewindow.cli.shell.problems import nearest
from onewindow.records.structs import frozen_struct


@frozen_struct
class Member:
    """How a command is loaded, and what the list of commands says of it without loading it."""

    load: Callable[[], click.Command]
    """Imports the command and gives it back."""
    summary: str
    section: str = "Commands"


class LazyGroup(click.Group):
    """A group that imports the module of a command on demand."""

    def __init__(
        self,
        *args: object,
        members: Mapping[str, Member],
        other_names: Mapping[str, str] | None = None,
        **settings: object,
    ) -> None:
        """Take the members by name, and names that mean the same (`clients`: `client`)."""
        super().__init__(*args, **settings)  # pyright: ignore[reportArgumentType]
        self.members = members
        self.other_names = other_names or {}
        self._loaded: dict[str, click.Command] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all members, in the order of the table."""
        return [*self.members, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A member by its name, imported now; None if there is none."""
        wanted = cmd_name.replace("_", "-")
        name = self.other_names.get(wanted, wanted)
        member = self.members.get(name)
        if member is None:
            return super().get_command(ctx, name)
        if name not in self._loaded:
            self._loaded[name] = member.load()
        return self._loaded[name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The member that the first word names; raises UsageError with the nearest name."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            known = [*self.list_commands(ctx), *self.other_names]
            raise click.UsageError(f"there is no command “{name}”{nearest(name, known)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the members by section, from the table alone."""
        sections: dict[str, list[tuple[str, str]]] = {}
        # Not through get_command: that would import every member to print one line of each.
        for name, member in self.members.items():
            sections.setdefault(member.section, []).append((name, member.summary))
        for name, command in self.commands.items():
            sections.setdefault("Commands", []).append((name, command.get_short_help_str(90)))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)
