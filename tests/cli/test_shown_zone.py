"""Lists of times name their zone when the office works by another one than the person sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine

SAID = "Times in UTC, opening hours in Europe/Moscow."


def shown_in(zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person see times in that zone."""
    settings = tmp_path / "zone.toml"
    settings.write_text(f'time_zone = "{zone}"\n', encoding="utf-8")
    monkeypatch.setenv("ONEWINDOW_CONFIG", str(settings))


@pytest.fixture
def moscow_office(romashka: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A file whose opening hours are those of Moscow, with a request, a call and a queued letter."""
    shown_in("Europe/Moscow", tmp_path, monkeypatch)
    for name in (row["name"] for row in romashka.data("calendar", "list")):
        romashka.run("calendar", "edit", name, "--zone", "Europe/Moscow")
    romashka.run("request", "add", "romashka", "не печатает")
    romashka.run("touch", "add", "romashka", "звонок", "--touch-kind", "call")
    return romashka


LISTS = (
    ("today",),
    ("team", "queue", "unanswered"),
    ("team", "requests", "anna"),
    ("request", "list"),
    ("request", "show", "R-1"),
    ("touch", "list"),
    ("client", "list"),
    ("client", "show", "romashka"),
    ("history", "request", "R-1"),
)


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_on_a_server_in_utc_a_list_of_times_names_its_zone(
    moscow_office: CommandLine, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_in("Etc/UTC", tmp_path, monkeypatch)
    assert SAID in moscow_office.out(*words).splitlines()
    shown_in("Europe/Moscow", tmp_path, monkeypatch)
    assert "Times in" not in moscow_office.out(*words)


def test_tables_without_times_and_rows_for_machines_say_nothing_of_zones(
    moscow_office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_in("UTC", tmp_path, monkeypatch)
    assert "Times in" not in moscow_office.out("client", "list", "--columns", "name,tier")
    assert SAID in moscow_office.out("client", "list", "--columns", "name,created_at")
    assert moscow_office.out("touch", "list", "--format", "csv").startswith("id,")
    assert moscow_office.data("team", "queue", "unanswered")[0]["opened_at"].endswith("Z")


def test_a_colleague_may_have_a_zone_of_their_own_that_the_settings_overrule(
    moscow_office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = moscow_office.refusal("staff", "edit", "anna", "--time-zone", "Moskva", code=2)
    assert "“Moskva” is not a time zone" in wrong
    moscow_office.run("staff", "edit", "anna", "--time-zone", "Asia/Yekaterinburg")
    shown_in("system", tmp_path, monkeypatch)
    monkeypatch.setenv("TZ", "UTC")
    assert "Times in Asia/Yekaterinburg, opening hours in Europe/Moscow." in moscow_office.out(
        "request", "list"
    )
    shown_in("Europe/Moscow", tmp_path, monkeypatch)
    assert "Times in" not in moscow_office.out("request", "list")
