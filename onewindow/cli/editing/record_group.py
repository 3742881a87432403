"""The commands of any kind of record: add, list, show, edit, archive, restore, made from its fields.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from onewindow.cli.shell.problems import nearest
from onewindow.records.kinds import KINDS, Kind

Builder = Callable[[Kind], click.Command]

_OTHER_VERBS = {"delete": "archive", "remove": "archive", "new": "add", "ls": "list"}


class RecordGroup(click.Group):
    """The verbs of one kind; a verb is built when it is named."""

    def __init__(self, kind: Kind, own: Mapping[str, Builder] | None = None) -> None:
        """Take the kind, and verbs of its own, which may replace the common ones."""
        super().__init__(
            name=kind.name.replace("_", "-"),
            help=f"Add, list, show, edit, archive and restore {kind.plural}.\n\n{_first_sentence(kind)}",
            no_args_is_help=True,
        )
        self.kind = kind
        self._builders: dict[str, Builder] = {**_COMMON, **(own or {})}
        self._built: dict[str, click.Command] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """All verbs, the common ones first."""
        return list(self._builders)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A verb, built now; `delete` is archive."""
        name = cmd_name if cmd_name in self._builders else _OTHER_VERBS.get(cmd_name, cmd_name)
        if name not in self._builders:
            return None
        if name not in self._built:
            self._built[name] = self._builders[name](self.kind)
        return self._built[name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the first word names; raises UsageError with the nearest one."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = nearest(name, [*self._builders, *_OTHER_VERBS])
            raise click.UsageError(f"there is no command “{name}”{hint}", ctx)
        return super().resolve_command(ctx, args)


def ready(*commands: click.Command) -> dict[str, Builder]:
    """Verbs that are loaded with their group, by their names."""

    def builder_of(command: click.Command) -> Builder:
        return lambda _: command

    return {command.name or "": builder_of(command) for command in commands}


def record_group(kind_name: str) -> RecordGroup:
    """The group of a kind that needs no verbs of its own."""
    return RecordGroup(KINDS[kind_name])


def _first_sentence(kind: Kind) -> str:
    return " ".join((kind.record.__doc__ or "").split())


def _add(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_writing import add_command

    return add_command(kind)


def _list(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_reading import list_command

    return list_command(kind)


def _show(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_reading import show_command

    return show_command(kind)


def _edit(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_writing import edit_command

    return edit_command(kind)


def _archive(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_writing import archive_command

    return archive_command(kind)


def _restore(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_writing import restore_command

    return restore_command(kind)


_COMMON: dict[str, Builder] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "edit": _edit,
    "archive": _archive,
    "restore": _restore,
}
