"""`onewindow demo`: the demo firm in a file of its own.

The firm is loaded when it is made: it costs more than all the rest, and help needs none of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import click

from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.progress import Phases
from onewindow.cli.window import open_or_print
from onewindow.desk.opening import DEMO_LOGIN, PROGRAM
from onewindow.settings import default_database
from onewindow.store.doctor.restoring import put_in_place
from onewindow.store.engine import open_store
from onewindow.store.file import locks
from onewindow.store.file.leftover_files import leftovers
from onewindow.store.problems import StoreProblem
from onewindow.store.session.demo_state import DemoState, read_demo_state
from onewindow.text.dates import parse_utc, utc_text

_FRESH_SECONDS = 24 * 3600
_OF_A_STORE = ("", "-wal", "-shm", "-journal", ".lock", ".open")


@click.command(
    epilog="""\b
Examples:
  onewindow demo
  onewindow demo --clients 100000 --db /tmp/big.db
  onewindow demo --no-open --force"""
)
@click.option("--clients", type=Count(min=0), default=0, metavar="N", help="At least that many clients.")
@click.option("--db", "database", metavar="FILE", help="Where to build it; else demo.db in the data folder.")
@click.option("--no-open", is_flag=True, help="Only build it.")
@click.option("--force", is_flag=True, help="Build it again, also if it is less than a day old.")
@pass_invocation
def demo(invocation: Invocation, *, clients: int, database: str | None, no_open: bool, force: bool) -> None:
    """Build a demo firm with two years of history and open it.

    A demo of today is opened as it is, and one in which somebody worked or that is open elsewhere too,
    however old it is. `--force` builds it again: what somebody worked on is set aside, and a file in use
    is never replaced.
    """
    path = _demo_path(invocation, database)
    state = _state_of(path)
    if force or not _serves(state, path, clients, says_why=True):
        _build(path, clients, force=force)
    invocation.database = path
    if no_open:
        click.echo(str(path))
        return
    code = open_or_print(invocation, create=False)
    if code:
        raise click.exceptions.Exit(code)


def _demo_path(invocation: Invocation, database: str | None) -> Path:
    chosen = Path(database) if database else invocation.database
    return (chosen or default_database().with_name("demo.db")).expanduser().absolute()


def _state_of(path: Path) -> DemoState | None:
    """What is known of the file, None if there is none; raises CommandProblem for other data than a demo."""
    if not path.exists() or not path.stat().st_size:
        return None
    with open_store(path) as store:
        state = read_demo_state(store, DEMO_LOGIN, PROGRAM)
    if state.clients and not state.is_demo:
        raise CommandProblem(f"{path} holds clients that are no demo; name another file with --db.")
    return state


def _serves(state: DemoState | None, path: Path, clients: int, *, says_why: bool = False) -> bool:
    """Whether there is a demo that need not, or must not, be built again for so many clients."""
    if state is None or not state.made_at or state.clients < clients:
        return False
    made_at = parse_utc(state.made_at)
    if (datetime.now(UTC) - made_at).total_seconds() < _FRESH_SECONDS:
        return True
    why = "somebody worked in it" if state.worked_at else "it is open elsewhere" if _is_in_use(path) else ""
    if why and says_why:
        tell(
            f"This demo of {made_at:%d.%m.%Y} is kept, since {why}; `onewindow demo --force` builds another."
        )
    return bool(why)


def _is_in_use(path: Path) -> bool:
    try:
        with locks.alone(path, 0):
            return False
    except StoreProblem:
        return True


def _build(path: Path, clients: int, *, force: bool) -> None:
    """Build under a name of its own and put that in the place of what is there, which is not lost.

    Where another process was quicker, its demo serves as well.
    """
    import seed

    if path.exists() and _is_in_use(path):
        # Told before ten minutes of work, not after.
        raise CommandProblem(
            f"{path} is in use and is not replaced; close it, or name another file with --db."
        )
    with _file_of_its_own(path) as building:
        with open_store(building, create=True) as store:
            store.on_progress = Phases(always=True)
            seed.build(store, datetime.now(UTC), clients)
        before = _state_of(path)
        if not force and _serves(before, path, clients):
            return
        _put_in_place(building, path, before)


def _put_in_place(building: Path, path: Path, before: DemoState | None) -> None:
    aside = put_in_place(building, path, utc_text(datetime.now(UTC)), actor="", what="")
    if aside is None:
        return
    if before is not None and before.worked_at:
        tell(f"The demo in which somebody worked is kept as {aside}.")
    else:
        _remove(aside)


@contextlib.contextmanager
def _file_of_its_own(path: Path) -> Generator[Path]:
    """A name beside the file that no other process has; whatever is left of it is taken away.

    So is what a build left that was killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in leftovers(path) if Path("/proc/self").exists() else ():  # else nobody knows who still runs
        if left.kind == "part":
            _remove(left.path)
    building = path.with_name(f".{path.name}.{os.getpid()}.part")
    _remove(building)
    try:
        yield building
    finally:
        _remove(building)


def _remove(path: Path) -> None:
    for suffix in _OF_A_STORE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
