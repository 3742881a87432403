"""One run of the command line: which file, who, in what words; opens the file when a command needs it.

Settings and the file are loaded when a command asks for them: help and lists of commands need neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.terminal import has_screen

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.records.clients import Client
    from onewindow.settings import Settings
    from onewindow.store.problems import StoreProblem

_BEHIND = (
    "Health, alarms and next touches of some clients are still those of before a change of rules;"
    " `onewindow health snapshot` works them out."
)
OpenWindow = Callable[["Session", "Client | None"], int]
"""Opens the window on a session and a client, and gives back the exit code."""


class Invocation:
    """The global options, and the session made from them on first use."""

    def __init__(
        self,
        environ: Mapping[str, str],
        open_window: OpenWindow | None = None,
        database: Path | None = None,
        login: str | None = None,
        language: str | None = None,
        *,
        ascii: bool = False,  # noqa: A002  the word of the option
        debug: bool = False,
    ) -> None:
        """Take the options as they were typed; nothing is read or opened yet."""
        self.environ = environ
        self.open_window = open_window
        self.database = database
        self.login = login
        self.language = language
        self.ascii = ascii
        self.debug = debug
        self._opened: list[Session] = []
        self._settings: Settings | None = None

    def settings(self) -> Settings:
        """The user's settings with the global options over them; mistakes in the file go to stderr, once."""
        if self._settings is None:
            self._settings = self._read_settings()
        return self._settings

    def _read_settings(self) -> Settings:
        from dataclasses import replace

        from onewindow.settings import from_environment, settings_path

        settings, problems = from_environment(self.environ)
        for problem in problems:
            click.echo(f"{settings_path(self.environ)}, {problem}", err=True)
        if self.language:
            settings = replace(settings, language=self.language)
        if self.ascii:
            settings = replace(settings, ascii=True)
        return settings

    def path(self) -> Path:
        """The file that a command works on."""
        from onewindow.desk.opening import database_path

        return database_path(self.settings(), self.database)

    def login_name(self) -> str:
        """Who somebody is who looks after the file itself, as its history calls them; nothing is opened."""
        import getpass

        named = self.login or self.settings().login or getpass.getuser()
        return named.removeprefix("@").casefold()

    def session(self, *, create: bool = False) -> Session:
        """The open file, closed when the command ends; raises StoreProblem if it cannot be opened."""
        if not self._opened:
            from onewindow.desk.opening import open_session

            self._opened.append(
                open_session(
                    self.settings(), self.environ, path=self.database, login=self.login, create=create
                )
            )
        return self._opened[0]

    def message_by_file(self, error: Exception) -> StoreProblem | None:
        """What the open file makes of an error that is none of the program: damage; None for other errors."""
        from onewindow.cli.shell.problems import CommandProblem
        from onewindow.desk.session.problem_text import known_sentence
        from onewindow.store.problems import Damaged, StoreProblem

        if isinstance(error, (StoreProblem, CommandProblem, click.ClickException, click.exceptions.Exit)):
            return None
        path = self._opened[0].store.path if self._opened else self.path()
        if known_sentence(error) is not None or not path.exists():
            return None
        sentence = known_sentence(error, path)
        return Damaged(sentence) if sentence is not None else None

    def close(self) -> None:
        """Close the file if a command opened it."""
        while self._opened:
            store = self._opened.pop().store
            if store.is_behind:
                click.echo(_BEHIND, err=True)
            store.close()

    def has_screen(self) -> bool:
        """Whether a window can be drawn: a terminal on both sides that can move its cursor."""
        return has_screen(self.environ)


pass_invocation = click.make_pass_decorator(Invocation)
