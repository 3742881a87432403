"""The program's door: `onewindow …` and `python -m onewindow …`.

Each way on is loaded when it is taken: the window does not wait for the command line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from onewindow import garbage

garbage.expect_start()

from onewindow.cli.shell.terminal import (  # noqa: E402  what it loads is the start
    COMPLETION_VARIABLE,
    has_screen,
    replace_unknown_letters,
    settle_streams,
)

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.records.clients import Client


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    settle_streams()
    words = sys.argv[1:]
    if _is_usual_start(words):
        sys.exit(_start(Path(words[1]) if words else None))
    from onewindow.cli.program import program

    program.main(prog_name="onewindow", obj=_open_window)


def _is_usual_start(words: list[str]) -> bool:
    """Whether only the window is asked for, on a file or none: then nobody waits for the command line.

    Loading and running that takes a twentieth of the time to the first frame.
    """
    if COMPLETION_VARIABLE in os.environ or not has_screen(os.environ):
        return False
    if len(words) != 2 or words[0] != "--db":
        return not words
    database = words[1]
    return database.isprintable() and database[:1] not in ("", "-") and "://" not in database


def _start(database: Path | None) -> int:
    """Do what the command line does when there is no command; gives the exit code."""
    from onewindow.settings import from_environment, settings_path

    replace_unknown_letters()
    try:
        settings, mistakes = from_environment(os.environ)
        for mistake in mistakes:
            sys.stderr.write(f"{settings_path(os.environ)}, {mistake}\n")
        from onewindow.desk.opening import open_session

        session = open_session(settings, os.environ, path=database, create=True)
        with session.store:
            return _open_window(session, None)
    except BaseException as error:
        from onewindow.cli.shell.problems import exit_code_of

        return exit_code_of(error, debug=False)


def _open_window(session: Session, client: Client | None) -> int:
    from onewindow import app

    return app.run(session, client=client)


if __name__ == "__main__":
    main()
