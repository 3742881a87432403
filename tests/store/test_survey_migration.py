"""A file from before surveys had several questions keeps its surveys and every answer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from onewindow.store.schema import MIGRATIONS, migrate
from onewindow.store.sqlite_library import sqlite

_AT = "2026-01-02T03:04:05Z"


def test_older_answers_stay_as_they_were(tmp_path: Path) -> None:
    with closing(sqlite.connect(str(tmp_path / "old.db"), isolation_level=None)) as connection:
        migrate(connection, list(MIGRATIONS).index("survey_questions"))
        for number, metric in ((1, "nps"), (2, "csat")):
            connection.execute(
                "INSERT INTO survey (id, created_at, updated_at, title, metric, scale_min, scale_max,"
                " direction, questions, channel, touchpoint, incentive)"
                f" VALUES ({number}, '{_AT}', '{_AT}', 't', '{metric}', 0, 5, 'higher_is_better', 'q?',"
                " 'email', '', '')"
            )
        connection.execute(
            "INSERT INTO survey_response (id, version, created_at, updated_at, external_id, client_id,"
            " survey_id, score, comment, channel, at)"
            f" VALUES (7, 3, '{_AT}', '{_AT}', 'x-1', 5, 1, 0, 'долго', 'phone', '{_AT}')"
        )
        migrate(connection)
        kinds = connection.execute("SELECT survey_kind FROM survey ORDER BY id").fetchall()
        kept = connection.execute(
            "SELECT id, version, external_id, client_id, survey_id, score, comment, channel, at, answer_2,"
            " reasons FROM survey_response"
        ).fetchall()
        indexes = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'survey_response'"
            )
        }
    assert [kind for (kind,) in kinds] == ["relationship", "event"]
    assert kept == [(7, 3, "x-1", 5, 1, 0, "долго", "phone", _AT, "", "")]
    assert {"survey_response_client", "survey_response_survey", "survey_response_at"} <= indexes
