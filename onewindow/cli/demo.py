"""`onewindow demo`: the demo firm in a file of its own."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.invocation import Invocation, pass_invocation
from onewindow.cli.printing import tell
from onewindow.cli.problems import CommandProblem

if TYPE_CHECKING:
    from onewindow.store.engine import Store

_FRESH_SECONDS = 24 * 3600
_TOLD_EVERY_SECONDS = 2.0


@click.command(
    epilog="""\b
Examples:
  onewindow demo
  onewindow demo --clients 100000 --db /tmp/big.db
  onewindow demo --no-open --force"""
)
@click.option(
    "--clients", type=click.IntRange(min=0), default=0, metavar="N", help="At least that many clients."
)
@click.option("--db", "database", metavar="FILE", help="Where to build it; else demo.db in the data folder.")
@click.option("--no-open", is_flag=True, help="Only build it.")
@click.option("--force", is_flag=True, help="Build it anew even if it is less than a day old.")
@pass_invocation
def demo(invocation: Invocation, *, clients: int, database: str | None, no_open: bool, force: bool) -> None:
    """Build a demo firm with two years of history and open it; a demo of today is opened as it is."""
    from onewindow.cli.window import open_or_print

    path = _demo_path(invocation, database)
    if force or not _is_fresh(path, clients):
        _build_anew(path, clients)
    invocation.database = path
    if no_open:
        click.echo(str(path))
        return
    code = open_or_print(invocation, create=False)
    if code:
        raise click.exceptions.Exit(code)


def _demo_path(invocation: Invocation, database: str | None) -> Path:
    from onewindow.settings import default_database

    chosen = Path(database) if database else invocation.database
    return (chosen or default_database().with_name("demo.db")).expanduser().absolute()


def _is_fresh(path: Path, clients: int) -> bool:
    """Whether there is a demo of the last day with enough clients; raises CommandProblem for other data."""
    if not path.exists() or not path.stat().st_size:
        return False
    from onewindow.store.engine import open_store

    with open_store(path) as store:
        _refuse_real_data(store, path)
        made_at = store.scalar("SELECT MIN(at) FROM change_set")
        count = store.scalar("SELECT COUNT(*) FROM client")
    from onewindow.text.dates import parse_utc

    if not made_at or count < clients:
        return False
    age = datetime.now(UTC) - parse_utc(made_at)
    return age.total_seconds() < _FRESH_SECONDS


def _refuse_real_data(store: Store, path: Path) -> None:
    from onewindow.desk.opening import DEMO_LOGIN
    from onewindow.store import department

    is_demo = department.setting(store, DEMO_LOGIN) is not None
    if not is_demo and store.scalar("SELECT COUNT(*) FROM (SELECT 1 FROM client LIMIT 1)"):
        raise CommandProblem(f"{path} holds clients that are no demo; name another file with --db.")


def _build_anew(path: Path, clients: int) -> None:
    """Build into a file beside it and put that in its place, so that a stop half-way leaves no ruin."""
    import seed
    from onewindow.store.engine import open_store

    if path.exists() and path.stat().st_size:
        with open_store(path) as store:
            _refuse_real_data(store, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(path.name + ".building")
    _remove(building)
    last = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_EVERY_SECONDS:
            last = time.monotonic()
            tell(f"{done} of {total} clients")

    try:
        with open_store(building, create=True) as store:
            seed.build(store, datetime.now(UTC), clients, progress)
        _remove(path)
        building.rename(path)
    finally:
        _remove(building)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock", ".open"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
