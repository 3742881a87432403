"""The settings file: what it may say, what is wrong with it and on which line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from onewindow.actions import ACTIONS
from onewindow.settings import (
    Problem,
    Settings,
    default_database,
    from_environment,
    language_of,
    load,
    settings_path,
    template,
    zone_of,
)
from onewindow.toml_lines import line_of, lines_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def loaded(file: Path, text: str) -> tuple[Settings, list[Problem]]:
    file.write_text(text, encoding="utf-8")
    return load(file)


def the_problem(file: Path, text: str) -> str:
    """The only mistake in the text, with its line, after which every default still holds."""
    settings, problems = loaded(file, text)
    assert settings == Settings()
    assert len(problems) == 1
    return str(problems[0])


def test_a_missing_or_empty_file_is_all_defaults(file: Path) -> None:
    assert load(file) == (Settings(), [])
    assert loaded(file, "") == (Settings(), [])


def test_every_setting_is_read(file: Path) -> None:
    settings, problems = loaded(
        file,
        """
        language = "bg"
        region = "bg"
        currency = "eur"
        time_zone = "Europe/Sofia"
        theme = "high-contrast"
        ascii = true
        mouse = false
        keyboard = "bg-bds"
        login = " ivanova "
        database = "clients.db"
        backups = "copies"
        page_size = 100
        search_limit = 20
        stale_after_days = 200
        expiring_within_days = 90
        mail_by = "smtp"
        mail_from = "service@firm.example"
        smtp_host = "mail.firm.example"
        smtp_port = 465
        smtp_security = "ssl"
        smtp_user = "robot"
        smtp_password_variable = "MAIL_KEY"
        smtp_password_command = ["pass", "show", "mail"]
        sms_command = ["send-sms", "{recipient}"]
        messenger_command = ["say", "--to", "{recipient}"]
        outbox_folder = "out"
        quiet_from = "20:00"
        quiet_till = "09:30"
        departments = ["склад", "разработка"]
        [keys]
        "record.new" = "insert"
        edit.redo = ["ctrl+y", "f12"]
        """,
    )
    assert problems == []
    assert settings == Settings(
        language="bg",
        region="BG",
        currency="EUR",
        time_zone="Europe/Sofia",
        theme="high-contrast",
        ascii=True,
        mouse=False,
        keyboard="bg-bds",
        login="ivanova",
        database=file.parent / "clients.db",
        backups=file.parent / "copies",
        page_size=100,
        search_limit=20,
        stale_after_days=200,
        expiring_within_days=90,
        mail_by="smtp",
        mail_from="service@firm.example",
        smtp_host="mail.firm.example",
        smtp_port=465,
        smtp_security="ssl",
        smtp_user="robot",
        smtp_password_variable="MAIL_KEY",  # noqa: S106  the name of a variable
        smtp_password_command=("pass", "show", "mail"),
        sms_command=("send-sms", "{recipient}"),
        messenger_command=("say", "--to", "{recipient}"),
        outbox_folder=file.parent / "out",
        quiet_from="20:00",
        quiet_till="09:30",
        departments=("склад", "разработка"),
        keys={"record.new": ("insert",), "edit.redo": ("ctrl+y", "f12")},
    )
    changed = [field.name for field in fields(Settings) if getattr(settings, field.name) == field.default]
    assert changed == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nthemee = "dark"', "line 2: unknown setting 'themee'; did you mean 'theme'?"),
        ('theme = "darc"', "did you mean 'dark'?"),
        ("theme = 5", 'line 1: theme: expected "dark", "light"'),
        ('mouse = "yes"', "line 1: mouse: expected true or false"),
        ("mouse = 1", "expected true or false"),
        ("page_size = true", "line 1: page_size: expected a whole number from 20 to 2000"),
        ("page_size = 1", "from 20 to 2000"),
        ("stale_after_days = 30.5", "whole number"),
        ('region = "RUS"', "expected 2 letters"),
        ("currency = 'РУБ'", "expected 3 letters"),
        ('time_zone = "Europe/Moskow"', "did you mean 'Europe/Moscow'?"),
        ('time_zone = "../../etc/passwd"', "expected"),
        ('time_zone = "Europe"', "expected"),
        ("time_zone = []", "expected"),
        ("login = 7", "one line of text"),
        ('login = "a\\u001bb"', "one line of text"),
        ('database = "a\\u0000b"', "one line of text"),
        ("keys = 5", "line 1: keys: expected a table"),
        ('[keys]\n"record.nwe" = "n"', "line 2: unknown action 'record.nwe'; did you mean 'record.new'?"),
        ('[keys]\nrecord.new = "banana"', "line 2: record.new: there is no key 'banana'"),
        ("[keys]\nrecord.new = [5]", 'line 2: record.new: expected a key in quotes, "n"'),
        ("[keys]\n\nrecord.new = 'ctrl+m'", "line 3: record.new: a terminal sends ctrl+m as enter"),
        ("[keys]\nrecord.new = 'ж'", "Cyrillic"),
        ("[keys]\nrecord.new = 'e'", "line 2: record.new: e is already the key of record.edit"),
        ("[keys]\nlist.sort = 'n'", "line 2: list.sort: n is already the key of record.new"),
        ("[keys]\nrecord.new = 'f'", "line 2: record.new: f is already the key of list.filter"),
        ("[keys]\nform.save = 's'", "line 2: form.save: s is text there"),
        ("[keys]\nform.save = 'f1'", "line 2: form.save: f1 is already the key of app.help"),
        ("theme = [\n  1,\n]\n", "line 1: theme"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_default_holds(file: Path, text: str, message: str) -> None:
    assert message in the_problem(file, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('theme = "light"\nmouse = = true\n', 2),
        ('theme = "light"\n\nlogin = """open\n\n', 3),
        ("[keys\n", 1),
        ("mouse = true\nmouse = false\n", 2),
        ("page_size = " + "[" * 5000, 1),
        ("page_size = " + "9" * 5000, 1),
    ],
)
def test_a_file_that_does_not_parse_names_the_line(file: Path, text: str, line: int) -> None:
    assert the_problem(file, text).startswith(f"line {line}: not valid TOML")


def test_a_good_setting_survives_a_bad_neighbour(file: Path) -> None:
    settings, problems = loaded(file, 'theme = "light"\nmouse = 3\nascii = true\n[keys]\nrecord.new = "zz"\n')
    assert (settings.theme, settings.mouse, settings.ascii) == ("light", True, True)
    assert [problem.line for problem in problems] == [2, 5]


def test_bytes_that_are_not_text_and_files_that_are_not_files(file: Path) -> None:
    file.write_bytes(b'theme = "light"\nlogin = "\xcf\xe5\xf2\xf0\xee\xe2"\n')
    assert load(file) == (Settings(), [Problem(2, "the file is not UTF-8; defaults are used")])
    assert "cannot be read" in str(load(file.parent)[1][0])
    file.write_text("#" * 300_000)
    assert "larger than 256 KB" in str(load(file)[1][0])


def test_windows_line_ends_and_byte_order_mark_are_read(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbftheme = "light"\r\nmouse = 3\r\n')
    settings, problems = load(file)
    assert settings.theme == "light"
    assert [problem.line for problem in problems] == [2]


def test_keys_may_be_swapped_moved_and_taken_away(file: Path) -> None:
    settings, problems = loaded(
        file, '[keys]\nrecord.new = "e"\nrecord.edit = "n"\nrecord.done = []\nlist.sort = "x"\n'
    )
    assert problems == []
    assert settings.keys == {
        "record.new": ("e",),
        "record.edit": ("n",),
        "record.done": (),
        "list.sort": ("x",),
    }


def test_of_two_choices_of_one_key_the_later_is_refused(file: Path) -> None:
    settings, problems = loaded(file, '[keys]\nrecord.new = "f11"\nrecord.edit = "f11"\n')
    assert settings.keys == {"record.new": ("f11",)}
    assert [str(problem) for problem in problems] == [
        "line 3: record.edit: f11 is already the key of record.new"
    ]


def test_a_default_that_comes_back_can_push_out_a_choice(file: Path) -> None:
    settings, problems = loaded(file, '[keys]\nrecord.new = "e"\nrecord.edit = "banana"\n')
    assert settings.keys == {}
    assert [problem.line for problem in problems] == [2, 3]


def test_places_without_a_common_screen_may_share_a_key(file: Path) -> None:
    settings, problems = loaded(file, '[keys]\ncard.fill = "s"\n')
    assert (settings.keys, problems) == ({"card.fill": ("s",)}, [])


def test_an_action_is_set_once(file: Path) -> None:
    settings, problems = loaded(file, '[keys]\nrecord.new = "f11"\n"record.new" = "E"\n')
    assert settings.keys == {"record.new": ("f11",)}
    assert [str(problem) for problem in problems] == ["line 3: record.new: it is set twice"]


def test_paths_are_relative_to_the_file_and_know_home(file: Path) -> None:
    assert loaded(file, 'database = "~/a.db"')[0].database == Path.home() / "a.db"
    assert loaded(file, 'database = "/srv/a.db"')[0].database == Path("/srv/a.db")
    assert loaded(file, 'database = "~no-such-person/a.db"')[1] == []
    assert loaded(file, 'database = ""\nlogin = ""')[0] == Settings()


def test_the_environment_names_file_data_and_person(file: Path) -> None:
    file.write_text('login = "petrov"\ndatabase = "a.db"\ntheme = "light"\n')
    settings, problems = from_environment({"ONEWINDOW_CONFIG": str(file)})
    assert (settings.login, settings.database, problems) == ("petrov", file.parent / "a.db", [])
    settings, _ = from_environment(
        {"ONEWINDOW_CONFIG": str(file), "ONEWINDOW_DB": "b.db", "ONEWINDOW_USER": "ivanova"}
    )
    assert (settings.login, settings.database, settings.theme) == ("ivanova", Path("b.db"), "light")


def test_without_names_the_folders_of_the_platform_are_used() -> None:
    assert settings_path({}).parts[-2:] == ("onewindow", "settings.toml")
    assert default_database().parts[-2:] == ("onewindow", "onewindow.db")


def test_the_language_is_chosen_or_that_of_the_locale() -> None:
    assert language_of(Settings(language="bg"), {"LANG": "ru_RU.UTF-8"}) == "bg"
    assert language_of(Settings(), {"LANG": "ru_RU.UTF-8"}) == "ru"
    assert language_of(Settings(), {"LC_ALL": "bg_BG.UTF-8", "LANG": "ru_RU.UTF-8"}) == "bg"
    assert language_of(Settings(), {"LANG": "C.UTF-8"}) == "en"
    assert language_of(Settings(), {}) == "en"


def test_the_time_zone_is_chosen_or_that_of_the_system() -> None:
    assert zone_of(Settings(time_zone="Asia/Omsk"), {"TZ": "Europe/Sofia"}) == "Asia/Omsk"
    assert zone_of(Settings(), {"TZ": ":Europe/Sofia"}) == "Europe/Sofia"
    assert zone_of(Settings(), {"TZ": "no/such"}) == zone_of(Settings(), {})


def test_the_template_changes_nothing_as_it_is(file: Path) -> None:
    assert loaded(file, template()) == (Settings(), [])


def test_the_template_says_the_defaults_and_names_everything(file: Path) -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in template().splitlines()]
    settings, problems = loaded(file, "\n".join(lines))
    assert problems == []
    assert settings.keys == {action.id: action.keys for action in ACTIONS if action.keys}
    names = {field.name for field in fields(Settings)}
    assert names <= {line.split(" = ")[0].strip("[]") for line in lines}
    assert all(getattr(settings, name) == getattr(Settings(), name) for name in names - {"keys"})


@given(st.text(max_size=200))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_text_stops_the_program(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings, problems = load(file)
    assert problems or settings == Settings()
    assert all(0 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in problems)


def test_lines_are_found_through_every_way_to_write_a_table() -> None:
    text = "\n".join(
        [
            "# first",
            "a = 1",
            "",
            "b = [",
            "  1,",
            "]",
            'c = """',
            "a = 2",
            '"""',
            "[keys]",
            "x.y = 1",
            '"x.z" = 2',
            "inline = { p = 1, q = { r = 2 } }",
            "[other.deep]",
            "a = 5",
        ]
    )
    lines = lines_of(text)
    found = {
        ("a",): 2,
        ("b",): 4,
        ("c",): 7,
        ("keys",): 10,
        ("keys", "x", "y"): 11,
        ("keys", "x.z"): 12,
        ("keys", "inline", "q", "r"): 13,
        ("other", "deep"): 14,
        ("other", "deep", "a"): 15,
    }
    assert {place: lines[place] for place in found} == found
    assert line_of(("keys", "nowhere"), lines) == 10
    assert line_of(("nowhere",), lines) == 0
