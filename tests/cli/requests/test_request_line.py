"""`request add` with one text: what is understood of it, what stands above it, and what is refused."""

from __future__ import annotations

from command_line import CommandLine


def test_one_text_makes_the_whole_request(romashka: CommandLine) -> None:
    romashka.run("staff", "add", "--login", "ivanov", "--name", "Иванов Пётр")

    romashka.run("request", "add", "ромашка врач не может войти !высокий @иванов #доступ #склад до пт")

    made = romashka.data("request", "list")[0]
    ivanov = next(p for p in romashka.data("staff", "list") if p["login"] == "ivanov")
    assert (made["title"], made["request_kind"], made["priority"], made["tags"]) == (
        "врач не может войти",
        "access",
        "high",
        "склад",
    )
    assert made["assignee_id"] == ivanov["id"]
    assert made["promised_at"].endswith("T15:00:00Z")


def test_words_with_marks_need_no_quotes(romashka: CommandLine) -> None:
    romashka.run("request", "add", "C-1", "Анна", "Ким", "просит", "акт", "!!", "@me")

    made = romashka.data("request", "list")[0]
    assert (made["title"], made["priority"], made["request_kind"]) == ("просит акт", "urgent", "documents")
    assert made["contact_id"] == romashka.data("contact", "list")[0]["id"]


def test_a_dry_run_says_what_was_understood_and_stores_nothing(romashka: CommandLine) -> None:
    shown = romashka.out("request", "add", "8 912 345 67 89 нет доступа до 15:00 срочно", "--dry-run")

    assert "Ромашка C-1  (by phone" in shown
    assert "Анна Ким  (by phone)" in shown
    assert "access  (guess, доступа)" in shown
    assert "urgent  (guess, срочно)" in shown
    assert romashka.data("request", "list") == []
    parsed = romashka.data("request", "add", "ромашка лид #лид до пт", "--dry-run")
    assert "".join(part["text"] for part in parsed["parts"]) == "ромашка лид #лид до пт"
    assert (parsed["client"], parsed["title"], parsed["hand_off_to"]) == ("Ромашка", "лид", "sales")


def test_options_stand_above_what_the_text_says(romashka: CommandLine) -> None:
    romashka.run("request", "add", "ромашка не печатает !высокий", "--priority", "low", "--channel", "email")

    made = romashka.data("request", "list")[0]
    assert (made["title"], made["priority"], made["channel"]) == ("не печатает", "low", "email")


def test_a_client_given_as_option_need_not_be_named(romashka: CommandLine) -> None:
    romashka.run("request", "add", "не печатает !", "--client", "romashka")

    made = romashka.data("request", "list")[0]
    assert (made["title"], made["priority"]) == ("не печатает", "high")


def test_nothing_is_guessed_where_client_and_title_are_given_apart(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "Нет доступа до пт")

    made = romashka.data("request", "list")[0]
    assert (made["title"], made["request_kind"], made["promised_at"]) == (
        "Нет доступа до пт",
        "problem",
        None,
    )


def test_what_cannot_be_registered_is_refused_in_one_sentence(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Вектор Юг")
    romashka.run("client", "add", "Вектор Север")

    assert "Begin with the client" in romashka.refusal("request", "add", "принтер не печатает")
    several = romashka.refusal("request", "add", "вектор не печатает")
    assert "Вектор Юг" in several
    assert "Вектор Север" in several
    assert "Nobody of us is called @qqq" in romashka.refusal("request", "add", "ромашка не печатает @qqq")
    assert "Say what the client asks for" in romashka.refusal("request", "add", "ромашка !!")
    assert "quotes" in romashka.run("request", "add", "--title", "x", "--dry-run", code=2).stderr
    assert romashka.data("request", "list") == []


def test_a_lead_is_handed_to_sales_with_the_request_and_undone_with_it(romashka: CommandLine) -> None:
    romashka.run("request", "add", "ромашка сосед хочет купить #лид")

    part = romashka.data("hand-off", "list")[0]
    assert (part["target"], part["what"], part["state"]) == ("sales", "сосед хочет купить", "asked")
    assert romashka.data("request", "list")[0]["status"] == "handed_off"
    romashka.run("undo")
    assert romashka.data("hand-off", "list") == []
    assert romashka.data("request", "list") == []
