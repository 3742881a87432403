"""The program's door: `onewindow …` and `python -m onewindow …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from onewindow import garbage

garbage.expect_start()

from onewindow.cli.program import program  # noqa: E402  what it loads is the start

if TYPE_CHECKING:
    from onewindow.desk.session import Session
    from onewindow.records.clients import Client


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    program.main(prog_name="onewindow", obj=_open_window)


def _open_window(session: Session, client: Client | None) -> int:
    from onewindow import app

    return app.run(session, client=client)


if __name__ == "__main__":
    main()
