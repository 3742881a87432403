"""`onewindow survey ask|invite|invitations|form|take` and `public-review`: how answers come in."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import CommandLine

QUESTIONS = "Порекомендуете?\nТрудно? | ces\nПочему мы? | reasons: цена, совет | en: Why us?"
HOSTILE = "</script><img src=x onerror=alert(1)>\"'{contact}"


@pytest.fixture
def asked(romashka: CommandLine) -> CommandLine:
    romashka.run("contact", "edit", "Анна Ким", "--email", "kim@romashka.example", "--language", "ru")
    romashka.run("survey", "add", "NPS", "--questions", QUESTIONS)
    return romashka


_OF_A_PAGE = {"html", "meta", "div", "form", "input", "textarea", "button", "span"}


class _Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name) for name, _ in attrs]


def _consent(cli: CommandLine) -> None:
    cli.run(
        *("consent", "add", "romashka", "--contact", "Анна Ким", "--purpose", "survey"),
        *("--channel", "email", "--state", "given", "--source", "письмо"),
    )


def _mail(path: Path, text: str, sender: str = "Kim@romashka.example") -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Анна Ким <{sender}>", "service@firm.example", "Re: NPS"
    mail["Date"] = "Mon, 02 Nov 2026 10:00:00 +0300"
    mail.set_content(text)
    path.write_bytes(bytes(mail))
    return path


def test_answers_heard_on_the_telephone(asked: CommandLine) -> None:
    made = asked.out("survey", "ask", "NPS", "romashka", "9", "-", "дёшево", "--reasons", "Цена").strip()
    (row,) = asked.data("survey-response", "list")
    assert (
        str(row["id"]),
        row["score"],
        row["answer_2"],
        row["answer_3"],
        row["reasons"],
        row["channel"],
    ) == (
        *(made, 9, "", "дёшево", "цена"),
        "phone",
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("11",), 1, "Question 1 is answered by a mark from 0 to 10, not by “11”."),
        (("да",), 1, "not by “да”"),
        (("1", "2", "3", "4"), 2, "this survey has 3 questions, not 4"),
        (("-", "-"), 2, "an answer to one question at least is needed"),
        (("9", "--channel", "голубь"), 1, "is no channel"),
        (("9", "--contact", "Никто"), 1, "Никто"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(
    asked: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    assert said in asked.refusal("survey", "ask", "NPS", "romashka", *words, code=code)


def test_nobody_is_invited_without_consent(asked: CommandLine) -> None:
    told = asked.out("survey", "invite", "NPS", "--client", "romashka")
    assert "0 people invited" in told
    assert "Ромашка (Анна Ким): gave no consent to surveys by email" in told
    assert asked.data("outbox", "list") == []


def test_an_invitation_goes_through_the_outbox_once(asked: CommandLine) -> None:
    _consent(asked)
    shown = asked.out("survey", "invite", "NPS", "--where", "tier:A", "--dry-run")
    assert "1 person would be invited." in shown
    assert "1 (0-10): " in shown
    assert asked.data("outbox", "list") == []
    assert "1 person invited" in asked.out("survey", "invite", "NPS", "--where", "tier:A")
    (message,) = asked.data("outbox", "list")
    assert (message["recipient"], message["state"]) == ("kim@romashka.example", "queued")
    again = asked.data("survey", "invite", "NPS", "--client", "romashka")
    assert [(row["outcome"], row["reason"]) for row in again] == [("left out", again[0]["reason"])]
    assert again[0]["reason"].startswith("was invited to this survey already (on ")
    (line,) = asked.data("survey", "invitations", "NPS")
    assert (line["client"], line["contact"], line["message"], line["answered_at"]) == (
        *("Ромашка", "Анна Ким", "queued"),
        None,
    )


def test_a_second_relationship_survey_comes_too_soon_and_one_of_an_event_does_not(asked: CommandLine) -> None:
    _consent(asked)
    asked.run("survey", "invite", "NPS", "--client", "romashka")
    asked.run("survey", "add", "Ещё NPS", "--questions", "Порекомендуете?")
    asked.run("survey", "add", "CSAT", "--metric", "csat", "--questions", "Довольны?")
    (row,) = asked.data("survey", "invite", "Ещё NPS", "--client", "romashka", "--dry-run")
    assert row["reason"].startswith("was asked by another relationship survey within 90 days (on ")
    (row,) = asked.data("survey", "invite", "CSAT", "--client", "romashka", "--dry-run")
    assert row["reason"] == ""


def test_a_reply_to_the_invitation_is_taken(asked: CommandLine, tmp_path: Path) -> None:
    _consent(asked)
    asked.run("survey", "invite", "NPS", "--client", "romashka")
    (message,) = asked.data("message", "list")
    filled = message["text"].replace("1 (0-10): ", "1 (0-10): 3").replace("2 (0-5): ", "2 (0-5): 4")
    filled = filled.replace("3 (цена; совет): ", "3 (цена; совет): Совет; хвалили")
    reply = "Добрый день!\n" + "\n".join(f"> {line}" for line in filled.splitlines())
    path = _mail(tmp_path / "reply.eml", reply, "another@x.example")
    made = asked.out("survey", "take", str(path)).strip()
    (row,) = asked.data("survey-response", "list")
    assert (str(row["id"]), row["score"], row["answer_2"], row["answer_3"], row["reasons"]) == (
        *(made, 3, "4", "хвалили"),
        "совет",
    )
    assert row["contact_id"] is not None
    (task,) = asked.data("task", "list")
    assert task["task_kind"] == "detractor"
    assert "taken already" in asked.refusal("survey", "take", str(path))
    assert len(asked.data("survey-response", "list")) == 1


def test_another_answer_to_an_answered_invitation_is_not_called_the_same_reply(
    asked: CommandLine, tmp_path: Path
) -> None:
    _consent(asked)
    asked.run("survey", "invite", "NPS", "--client", "romashka")
    (message,) = asked.data("message", "list")
    asked.run("survey", "ask", "NPS", "romashka", "9", "--contact", "Анна Ким")
    filled = message["text"].replace("1 (0-10): ", "1 (0-10): 3")
    said = asked.refusal("survey", "take", str(_mail(tmp_path / "late.eml", filled)))
    assert "taken already" not in said
    assert "Анна Ким answered this survey on " in said
    assert "`survey ask`" in said


def test_a_page_for_who_has_answered_carries_no_code(asked: CommandLine) -> None:
    _consent(asked)
    asked.run("survey", "invite", "NPS", "--client", "romashka")
    page = ("survey", "form", "NPS", "--client", "romashka", "--to", "service@firm.example")
    assert re.search(r'data-code="\d+"', asked.out(*page))
    asked.run("survey", "ask", "NPS", "romashka", "9", "--contact", "Анна Ким")
    assert 'data-code=""' in asked.out(*page), "else `survey take` refuses what is filled in"


def test_a_page_makes_a_mail_and_loads_nothing(asked: CommandLine, tmp_path: Path) -> None:
    asked.run(
        "survey", "add", HOSTILE, "--metric", "csat", "--questions", f"{HOSTILE}?", "--incentive", HOSTILE
    )
    page = tmp_path / "page.html"
    asked.run("survey", "form", HOSTILE, "--to", "service@firm.example", "-o", str(page))
    html = page.read_text(encoding="utf-8")
    assert "<img" not in html
    assert html.count("</script>") == 1
    seen = _Tags()
    seen.feed(html)
    assert {name for _, name in seen.attributes}.isdisjoint({"src", "href", "action", "onerror", "style"})
    assert {tag for tag, _ in seen.attributes} <= _OF_A_PAGE
    assert re.search(r"@import|url\(|https?:|fetch|XMLHttp", html) is None
    assert "default-src 'none'" in html
    assert 'data-to="service@firm.example"' in html
    assert len(re.findall(r'type="radio" name="1"', html)) == 6
    assert "there already" in asked.refusal("survey", "form", HOSTILE, "--to", "a@b.example", "-o", str(page))


def test_what_a_page_made_is_taken_by_the_address_of_the_mail(asked: CommandLine, tmp_path: Path) -> None:
    html = asked.out("survey", "form", "NPS", "--to", "service@firm.example", "--lang", "en")
    assert "3. Why us?" in html
    survey = re.search(r'data-survey="(\d+)"', html)
    assert survey is not None
    text = f"#survey {survey[1]}\r\n1: 10\r\n3: цена; быстро\r\n*: спасибо\r\n"
    asked.run("survey", "take", str(_mail(tmp_path / "a.eml", text)))
    (row,) = asked.data("survey-response", "list")
    assert (row["score"], row["reasons"], row["answer_3"], row["comment"], row["at"]) == (
        *(10, "цена", "быстро", "спасибо"),
        "2026-11-02T07:00:00Z",
    )
    assert "address of nobody" in asked.refusal(
        "survey", "take", str(_mail(tmp_path / "b.eml", text, "who@x.example"))
    )
    assert len(asked.data("survey-response", "list")) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("просто письмо", "there is no reply to a survey in it"),
        ("#survey 12\n1: 5", "There is no survey 12 on file"),
    ],
)
def test_files_that_hold_no_reply(asked: CommandLine, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "reply.txt"
    path.write_text(text, encoding="utf-8")
    assert said in asked.refusal("survey", "take", str(path))


def test_answers_of_other_programs_come_by_columns(asked: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "Компания;Опрос;Вопрос 1;Вопрос 2;Вопрос 3;Дата\nРомашка;NPS;9;1;дёшево;2026-11-01 10:00\n"
        "Ромашка;NPS;2;9;плохо;2026-11-02 10:00\n",
        encoding="utf-8",
    )
    asked.run("import", "survey-responses", str(path))
    rows = asked.data("survey-response", "list")
    assert [(row["score"], row["answer_2"], row["answer_3"]) for row in rows] == [(9, "1", "дёшево")]


def test_a_low_mark_of_a_file_opens_a_task(asked: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Компания;Опрос;Оценка\nРомашка;NPS;2\n", encoding="utf-8")
    asked.run("import", "survey-responses", str(path))
    (task,) = asked.data("task", "list")
    assert task["task_kind"] == "detractor"
    assert asked.data("survey-response", "list")[0]["task_id"] == task["id"]


def test_a_public_review_stands_in_the_day_until_somebody_reacts(asked: CommandLine) -> None:
    asked.run(
        *("public-review", "add", "Не отвечают неделю", "--client", "romashka"),
        *("--link", "https://reviews.example/1", "--due-on", "today"),
    )
    (row,) = [row for row in asked.data("today") if row["kind"] == "public_review"]
    assert (row["title"], row["reason"], row["client"]) == (
        *("Не отвечают неделю", "negative review, others read it"),
        "Ромашка",
    )
    review = asked.data("public-review", "list")[0]
    asked.run(
        *("public-review", "edit", review["id"], "--reacted-on", "today"),
        *("--reaction", "Ответили и извинились"),
    )
    assert [row for row in asked.data("today") if row["kind"] == "public_review"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--link", "javascript:alert(1)"), "begins with https:// or http://"),
        (("--link", "https://x.example", "--reaction", "ответили"), "say on which day"),
        (("--link", "https://x.example", "--seen-on", "2099-01-01"), "2099"),
    ],
)
def test_what_no_review_can_be_is_refused(asked: CommandLine, words: tuple[str, ...], said: str) -> None:
    assert said in asked.refusal("public-review", "add", "--quote", "плохо", *words, code=2)
