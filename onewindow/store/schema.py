"""The schema and how a file is brought to it. The migrations are named and run once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onewindow.store.file.paths import APPLICATION_ID
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from sqlite_utils import Database

    from onewindow.store.sqlite_library import sqlite

MIGRATIONS: dict[str, tuple[str, ...]] = {
    "first_schema": ("0001_first_schema.sql", "0001_search_sqlite.sql"),
    "daily_work": ("0002_daily_work.sql",),
    "reports": ("0003_reports.sql",),
    "request_work": ("0004_request_work.sql",),
    "health": ("0005_health.sql",),
    "today_and_team": ("0006_today_and_team.sql",),
    "messages": ("0007_messages.sql",),
    "adoption": ("0008_adoption.sql",),
    "handover": ("0009_handover.sql",),
    "wellbeing": ("0010_wellbeing.sql",),
    "touch_plan": ("0011_touch_plan.sql",),
    "plans": ("0012_plans.sql",),
    "novelties": ("0013_novelties.sql",),
    "licence_owners": ("0014_licence_owners.sql",),
    "draft_windows": ("0015_draft_windows.sql",),
    "file_identity": ("0016_file_identity.sql", "0016_file_identity_sqlite.sql"),
    "catalogue_order": ("0017_catalogue_order.sql",),
    "promise_events": ("0018_promise_events.sql",),
    "absences": ("0019_absences.sql",),
    "archived_and_rivals": ("0020_archived_and_rivals.sql",),
    "late_from": ("0021_late_from.sql",),
    "external_keys": ("0022_external_keys.sql",),
    "opportunity_begun": ("0023_opportunity_begun.sql",),
    "rows_behind": ("0024_rows_behind.sql",),
    "staff_time_zone": ("0025_staff_time_zone.sql",),
    "profit": ("0026_profit.sql",),
    "client_notified": ("0027_client_notified.sql",),
    "survey_questions": ("0028_survey_questions.sql",),
    "invitations_and_reviews": ("0029_invitations_and_reviews.sql",),
    "lost_on": ("0030_lost_on.sql",),
    "baselines": ("0031_baselines.sql",),
    "suggestions": ("0032_suggestions.sql",),
    "offers": ("0036_offers.sql",),
}
"""Name of a migration -> its files, numbered as they run; what has landed never changes.

A user's file remembers the names, not the files: a name stays for ever, the file behind it may be renamed.
"""

SCHEMA_VERSION = len(MIGRATIONS)
"""Number of the newest migration; kept in the file's user_version so that an open costs one PRAGMA."""


def validate_owner(owner: int, version: int, *, is_empty: bool) -> None:
    """Raise StoreProblem for a file of another program or of a newer One Window."""
    if owner != APPLICATION_ID and (owner or not is_empty):
        raise StoreProblem("This SQLite file belongs to another program; nothing was changed.")
    if owner == APPLICATION_ID and version > SCHEMA_VERSION:
        raise StoreProblem(
            f"A newer One Window wrote this file (schema {version}, this program knows {SCHEMA_VERSION}); "
            "update the program. Nothing was changed."
        )


def read_version(connection: sqlite.Connection) -> int:
    """The file's schema version, 0 for an empty file; raises StoreProblem for an unknown one."""
    connection.execute("BEGIN")  # one snapshot: another process may be filling a fresh file just now
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.execute("ROLLBACK")
    validate_owner(owner, version, is_empty=tables == 0)
    return version if owner == APPLICATION_ID else 0


def migrate(connection: sqlite.Connection, version: int | None = None) -> list[str]:
    """Bring the file to the newest schema, or to an older `version`, and return which migrations ran.

    The whole run is one IMMEDIATE transaction: of several processes that start on a fresh file, one does
    the work and the others find it done.
    """
    # 45 ms to load, and a start on a file of the newest schema migrates nothing.
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    steps = Migrations("onewindow")

    reached = SCHEMA_VERSION if version is None else version
    for migration, scripts in list(MIGRATIONS.items())[:reached]:
        steps(name=migration)(_step(connection, scripts))

    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        ran = [step.name for step in steps.pending(database)]
        steps.apply(database)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {reached}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return ran


def _step(connection: sqlite.Connection, scripts: tuple[str, ...]) -> Callable[[Database], None]:
    def run(_: Database) -> None:
        for name in scripts:
            for statement in statements(script_of(name)):
                connection.execute(statement)

    return run


def statements(script: str) -> list[str]:
    """Split a migration into statements; a trigger's body keeps its semicolons."""
    split: list[str] = []
    lines: list[str] = []
    for line in script.splitlines():
        if not line.strip() or line.lstrip().startswith("--"):
            continue
        lines.append(line)
        in_trigger = lines[0].startswith("CREATE TRIGGER") and line.strip() != "END;"
        if line.rstrip().endswith(";") and not in_trigger:
            split.append("\n".join(lines))
            lines = []
    return split


def script_of(name: str) -> str:
    """The SQL of a migration's file."""
    from importlib.resources import files  # only a migration reads its file

    return (files("onewindow.store") / "migrations" / name).read_text(encoding="utf-8")
