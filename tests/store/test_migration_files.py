"""The files of migrations are numbered in the order in which they run, under names that never change."""

from __future__ import annotations

from pathlib import Path

from onewindow.store import schema

_FOLDER = Path(schema.__file__).with_name("migrations")


def test_files_run_in_the_order_of_their_numbers() -> None:
    for name, files in schema.MIGRATIONS.items():
        assert files[0] == f"{files[0][:4]}_{name}.sql"
        assert {file[:5] for file in files} == {files[0][:5]}
    # Numbers are given out before the work that takes them is done, so that there may be gaps.
    numbers = [int(files[0][:4]) for files in schema.MIGRATIONS.values()]
    assert numbers == sorted(set(numbers))


def test_every_file_of_the_folder_runs() -> None:
    listed = [file for files in schema.MIGRATIONS.values() for file in files]
    assert listed == sorted(path.name for path in _FOLDER.glob("*.sql"))


def test_the_names_that_files_of_users_remember_are_still_the_first_ones() -> None:
    assert list(schema.MIGRATIONS)[:25] == [
        *("first_schema", "daily_work", "reports", "request_work", "health", "today_and_team", "messages"),
        *("adoption", "handover", "wellbeing", "touch_plan", "plans", "novelties", "licence_owners"),
        *("draft_windows", "file_identity", "catalogue_order", "promise_events", "absences"),
        *("archived_and_rivals", "late_from", "external_keys", "opportunity_begun", "rows_behind"),
        "staff_time_zone",
    ]
