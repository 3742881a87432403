"""Days as they are typed on the command line: the right year is taken and told, and no fact lies ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from command_line import CommandLine

from onewindow.store.engine import open_store

_TODAY = datetime.now(ZoneInfo("Europe/Moscow")).date()
"""The day on which the command line runs, which is at home in Moscow here."""

_PAST = _TODAY - timedelta(days=60)
_SOON = _TODAY + timedelta(days=47)


def _next(day: date) -> date:
    """The next such day of a year from today on; none of those here is a 29 February."""
    return next(
        day_of_year
        for year in (_TODAY.year, _TODAY.year + 1)
        if (day_of_year := day.replace(year=year)) >= _TODAY
    )


@pytest.mark.parametrize("day", [_PAST, _SOON])
def test_what_is_due_lies_ahead_and_another_year_is_told(romashka: CommandLine, day: date) -> None:
    wanted = _next(day)
    for words, kind in (
        (("task", "add", "C-1", "Позвонить", "--due-on"), "task"),
        (("promise", "add", "C-1", "Пришлём акт", "--due-on"), "promise"),
    ):
        message = romashka.run(*words, f"{day:%d.%m}").stderr
        assert (f"Taken for due on {wanted:%d.%m.%Y}." in message) is (wanted.year != _TODAY.year)
        assert romashka.data(kind, "list")[0]["due_on"] == wanted.isoformat()
    assert romashka.run("task", "add", "C-1", "x", "--due-on", f"{wanted:%d.%m.%Y}").stderr == ""


def test_what_has_happened_lies_behind(romashka: CommandLine) -> None:
    tomorrow = _TODAY + timedelta(days=1)
    for words in (
        ("feedback", "add", "C-1", "хорошо", "--said-on"),
        ("contact", "add", "C-1", "Иван Орлов", "--birthday"),
        ("touch", "add", "C-1", "звонок", "--at"),
        ("revenue", "add", "C-1", "--amount", "100", "--on-date"),
    ):
        for typed in ("2099-01-01", tomorrow.isoformat()):
            message = romashka.refusal(*words, typed, code=2)
            assert "has not come yet" in message
            assert "something that has happened" in message
        romashka.run(*words, _TODAY.isoformat())
        if "--birthday" not in words:
            romashka.run(*words, f"{tomorrow:%d.%m}")
    (said, again) = sorted(feedback["said_on"] for feedback in romashka.data("feedback", "list"))
    assert (said, again) == (_next(tomorrow).replace(year=tomorrow.year - 1).isoformat(), _TODAY.isoformat())


def test_an_old_slip_keeps_no_other_field_from_being_saved(romashka: CommandLine) -> None:
    made = romashka.out("feedback", "add", "C-1", "хорошо", "--said-on", _TODAY.isoformat())
    with open_store(romashka.database) as store, store.exclusive():
        store.execute("UPDATE feedback SET said_on = '2099-01-01'")
    romashka.run("feedback", "edit", made, "--importance", "2")
    assert romashka.data("feedback", "show", made)["importance"] == 2
    assert "has not come yet" in romashka.refusal("feedback", "edit", made, "--said-on", "2098-01-01", code=2)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31.06 10:00 итоги", "There is no day 31.06: June has 30 days"),
        ("32.12 10:00 план", "There is no day 32.12: December has 31 days"),
        ("12.13 10:00 план", "There is no day 12.13: a year has 12 months"),
        ("10:00 31.06 итоги", "There is no day 31.06"),
        ("31.06 итоги 10:00", "There is no day 31.06"),
        ("завтра 10:00", "What about?"),
    ],
)
def test_a_meeting_on_a_day_that_does_not_exist_is_refused(
    romashka: CommandLine, line: str, why: str
) -> None:
    assert why in romashka.refusal("meeting", "plan", "C-1", line)
    assert romashka.data("meeting", "list", "--all") == []


def test_a_meeting_keeps_its_subject_as_it_was_typed(romashka: CommandLine) -> None:
    for line, title in (
        (f"{_SOON:%d.%m} 10:00 итоги, план, версия 5.2", "итоги, план, версия 5.2"),
        (f"итоги, 10:00, {_SOON:%d.%m}, онлайн", "итоги"),
    ):
        made = romashka.out("meeting", "plan", "C-1", line).splitlines()[-1]
        meeting = next(meeting for meeting in romashka.data("meeting", "list") if str(meeting["id"]) == made)
        assert meeting["title"] == title
        assert meeting["starts_at"][:10] == _next(_SOON).isoformat()


def test_an_invitation_grows_with_every_change_and_with_an_undo(romashka: CommandLine) -> None:
    made = romashka.out("meeting", "plan", "C-1", f"{_SOON:%d.%m.%Y} 12:00 итоги").splitlines()[-1]

    def sequence() -> int:
        lines = romashka.out("meeting", "ics", made).splitlines()
        return int(next(line.removeprefix("SEQUENCE:") for line in lines if line.startswith("SEQUENCE:")))

    seen = [sequence()]
    for words in (
        ("meeting", "edit", made, "--starts-at", f"{_SOON:%d.%m.%Y} 17:30"),
        ("meeting", "edit", made, "--minutes", "180"),
        ("meeting", "edit", made, "--place", "офис"),
        ("undo",),
        ("undo", "--redo"),
    ):
        romashka.run(*words)
        seen.append(sequence())
    assert seen == sorted(set(seen))


def test_a_request_whose_deadline_does_not_exist_is_refused(romashka: CommandLine) -> None:
    assert "June has 30 days" in romashka.refusal("request", "add", "Ромашка: акт сверки до 31.06")
    for over in ("вчера", "01.02.2020"):
        assert "is over, and a deadline lies ahead" in romashka.refusal(
            "request", "add", f"Ромашка: акт до {over}"
        )
    romashka.run("request", "add", "Ромашка: не ставится версия 31.06")
    assert [request["title"] for request in romashka.data("request", "list")] == ["не ставится версия 31.06"]


def test_an_address_that_is_none_is_kept_with_a_flag_that_is_told(romashka: CommandLine) -> None:
    for number, (typed, why) in enumerate(
        (
            ("не почта", "it has no @"),
            ("ivan..petrov@mail.ru", "a dot stands at an end or beside another"),
            ("a@b.ru.", "two parts with one dot in between, and none at its end"),
            ("юра@почта.рф", "letters before the @"),
        )
    ):
        message = romashka.run("contact", "add", "C-1", f"Иван {number}", "--email", typed).stderr
        assert "Kept as typed, with a flag: email: it is not an e-mail address: " in message
        assert why in message
    for number, typed in enumerate(("ira@почта.рф", "a.b+c@mail.example.com")):
        assert romashka.run("contact", "add", "C-1", f"Анна {number}", "--email", typed).stderr == ""


def test_a_zone_whose_sign_means_the_opposite_is_refused(romashka: CommandLine) -> None:
    message = romashka.refusal("client", "edit", "C-1", "--time-zone", "Etc/GMT+3", code=2)
    assert "Etc/GMT+3 is 3 h behind Greenwich" in message
    romashka.run("client", "edit", "C-1", "--time-zone", "Europe/Moscow")


def test_a_spoken_promise_has_a_day_or_asks_for_one(romashka: CommandLine) -> None:
    message = romashka.refusal("promise", "add", "C-1", "скидка", code=2)
    assert "A spoken promise needs a date; what holds always is a term." in message
    romashka.run("promise", "add", "C-1", "скидка", "--kind", "term")
    romashka.run("promise", "add", "C-1", "позвонить завтра")
    (promise,) = [
        promise for promise in romashka.data("promise", "list") if promise["promise_kind"] == "spoken"
    ]
    assert promise["due_on"] == (_TODAY + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("typed", ["31.12", "12 марта", "29.02", "Feb 29"])
def test_the_year_of_a_birth_is_asked_and_never_invented(romashka: CommandLine, typed: str) -> None:
    message = romashka.refusal("contact", "edit", "Анна Ким", "--birthday", typed, code=2)
    assert "Which year?" in message
    romashka.run(
        "contact", "edit", "Анна Ким", "--birthday", f"{typed} 1984" if " " in typed else f"{typed}.84"
    )
    assert romashka.data("contact", "show", "Анна Ким")["birthday"].startswith("1984-")


def test_nobody_is_a_client_since_a_day_that_has_not_come(romashka: CommandLine) -> None:
    message = romashka.refusal("client", "add", "Год 2100", "--since", "2100-01-01", code=2)
    assert "01.01.2100 has not come yet" in message
    tomorrow = _TODAY + timedelta(days=1)
    romashka.run("client", "edit", "C-1", "--since", f"{tomorrow:%d.%m}")
    assert romashka.data("client", "list")[0]["since"] == f"{tomorrow.year - 1}-{tomorrow:%m-%d}"


@pytest.mark.parametrize(
    "words",
    [
        ("request", "add", "C-1", "x", "--promised-at", "28.03.2027 03:30"),
        ("request", "add", "Ромашка отчёт до 28.03.2027 03:30"),
        ("request", "add", "Ромашка отчёт 28.03.2027 03:30"),
        ("meeting", "plan", "C-1", "28.03.2027 03:30 отчёт"),
        ("meeting", "plan", "C-1", "03:30 отчёт 28.03.2027"),
    ],
)
def test_an_hour_left_out_by_summer_time_is_refused_by_whatever_reads_it(
    romashka: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TZ", "Europe/Sofia")
    romashka.run("client", "edit", "C-1", "--time-zone", "Europe/Sofia")
    message = romashka.run(*words, code=2 if "--promised-at" in words else 1).stderr
    assert "There is no 03:30 on 28.03.2027" in message
    assert "write 04:30" in message


@pytest.mark.parametrize(
    "words",
    [
        ("request", "add", "C-1", "x", "--promised-at"),
        ("request", "add", "Ромашка отчёт до"),
        ("meeting", "plan", "C-1"),
    ],
)
def test_of_an_hour_that_comes_twice_the_first_is_meant_and_said(
    romashka: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TZ", "Europe/Sofia")
    romashka.run("client", "edit", "C-1", "--time-zone", "Europe/Sofia")
    kind, field = (words[0], "promised_at" if words[0] == "request" else "starts_at")
    for typed, at in (("31.10.2027 03:30", "00:30"), ("31.10.2027 01:30 utc", "01:30")):
        rest = f"{typed} двойной" if kind == "meeting" else typed
        line = (
            (*words, rest)
            if "--promised-at" in words or kind == "meeting"
            else (*words[:2], f"{words[2]} {rest}")
        )
        result = romashka.run(*line)
        stored = romashka.data(kind, "show", result.stdout.strip())
        stored = stored.get(kind, stored)
        assert stored[field] == f"2027-10-31T{at}:00Z"
        assert ("first 03:30 of that night, the other is 31.10.2027 01:30 utc" in result.stderr) is (
            "utc" not in typed
        )


def test_a_lesson_is_planned_for_a_day_to_come_and_noted_as_held_for_one_that_is_over(
    romashka: CommandLine,
) -> None:
    said = romashka.refusal("training", "add", "romashka", "склад", "--planned-on", "вчера", code=2)
    assert "what is planned lies ahead" in said
    assert "“held on”" in said
    romashka.run("training", "add", "romashka", "склад", "--planned-on", "сегодня")
    romashka.run("training", "add", "romashka", "касса", "--held-on", "вчера", "--state", "done")
    json = '{"client_id": "C-1", "title": "из старой программы", "planned_on": "2020-01-01"}'
    romashka.run("training", "add", "--json", "-", stdin=json)
    assert len(romashka.data("training", "list", "--all")) == 3


def test_a_promise_is_kept_on_a_day_that_was(romashka: CommandLine) -> None:
    kept = romashka.out("promise", "add", "romashka", "отгрузка до 10:00", "--promise-kind", "term")
    said = romashka.refusal("promise", "kept", kept, "--on", "01.01.2090")
    assert said == "01.01.2090 has not come yet; a promise is kept or broken on a day that was."
    tomorrow = _TODAY + timedelta(days=1)
    before = tomorrow.replace(year=tomorrow.year - 1)
    result = romashka.run("promise", "kept", kept, "--on", f"{tomorrow:%d.%m}")
    assert result.stderr == ("" if before.year == _TODAY.year else f"Taken for {before:%d.%m.%Y}.\n")
    (event,) = romashka.data("promise", "events", kept)
    assert event["happened_on"] == before.isoformat()


@pytest.mark.parametrize("noun", ["promise", "task"])
def test_what_is_due_lies_ahead_when_it_is_typed(romashka: CommandLine, noun: str) -> None:
    message = romashka.refusal(noun, "add", "C-1", "отчёт", "--due-on", f"{_PAST:%d.%m.%Y}", code=2)
    assert message.startswith(f"due_on: {_PAST:%d.%m.%Y} is over, and what is due lies ahead;")
    assert romashka.data(noun, "list") == []
    for day in (_TODAY, _SOON):
        made = romashka.out(noun, "add", "C-1", "отчёт", "--due-on", f"{day:%d.%m.%Y}")
    message = romashka.refusal(noun, "edit", made, "--due-on", f"{_PAST:%d.%m.%Y}", code=2)
    assert "is over" in message
    assert romashka.data(noun, "show", made)["due_on"] == _SOON.isoformat()


def test_what_was_settled_long_ago_keeps_its_day_and_a_file_may_tell_of_what_is_late(
    romashka: CommandLine,
) -> None:
    past = _PAST.isoformat()
    romashka.run("promise", "add", "C-1", "акт", "--due-on", past, "--status", "kept")
    late = f'{{"client_id": "C-1", "text": "сверка", "due_on": "{past}"}}'
    made = romashka.run("promise", "add", "--json", "-", stdin=late).stdout.strip()
    assert [promise["due_on"] for promise in romashka.data("promise", "list", "--all")] == [past, past]
    romashka.run("promise", "edit", made, "--evidence", "письмо")  # its old day is left alone
