"""From when to when nobody is disturbed: the first and the last minute, over midnight and within a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich_client import RichClient

from onewindow.desk.outbox.quiet_hours import end_of_quiet
from onewindow.desk.session.context import Session


@pytest.mark.parametrize(
    ("quiet", "moment", "goes"),
    [
        (("21:00", "08:00"), "24 20:59", "24 20:59"),
        (("21:00", "08:00"), "24 21:00", "25 08:00"),
        (("21:00", "08:00"), "24 21:01", "25 08:00"),
        (("21:00", "08:00"), "25 00:00", "25 08:00"),
        (("21:00", "08:00"), "25 07:59", "25 08:00"),
        (("21:00", "08:00"), "25 08:00", "25 08:00"),
        (("21:00", "08:00"), "25 08:01", "25 08:01"),
        (("13:00", "14:30"), "25 12:59", "25 12:59"),
        (("13:00", "14:30"), "25 13:00", "25 14:30"),
        (("13:00", "14:30"), "25 14:29", "25 14:30"),
        (("13:00", "14:30"), "25 14:30", "25 14:30"),
        (("13:00", "14:30"), "25 23:00", "25 23:00"),
        (("00:00", "00:00"), "25 00:00", "25 00:00"),
    ],
)
def test_quiet_hours_begin_and_end_to_the_minute(
    session: Session, rich_client: RichClient, quiet: tuple[str, str], moment: str, goes: str
) -> None:
    """Times are those of Moscow, where Ромашка is."""
    session.settings = replace(session.settings, quiet_from=quiet[0], quiet_till=quiet[1])

    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-{text}+03:00").astimezone(UTC)

    assert end_of_quiet(session, rich_client.client, at(moment)) == at(goes)
