"""Templates, scripts and statuses on the command line."""

from __future__ import annotations

from pathlib import Path

from command_line import CommandLine


def test_a_template_is_rendered_for_a_request(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает", "--contact", "Анна Ким")
    romashka.run(
        *("template", "add", "Принято", "--text", "{contact}: {title}. {result}"),
        *("--subject", "{request}", "--shortcut", "пр", "--purpose", "acknowledge"),
    )
    result = romashka.run("template", "render", "пр", "--request", "R-1")
    assert result.stdout == "R-1\n\nАнна Ким: не печатает. ⟨result⟩\n"
    assert result.stderr == "Still to be filled: result.\n"
    assert romashka.data("template", "render", "Принято", "--client", "romashka")["unfilled"] == [
        "request",
        "title",
        "result",
    ]


def test_a_template_with_an_unknown_place_is_refused(romashka: CommandLine) -> None:
    message = romashka.refusal("template", "add", "Приём", "--text", "{kontakt}", code=2)
    assert "{kontakt}" in message
    assert romashka.data("template", "list") == []
    assert "{contact}" in romashka.out("template", "places")
    romashka.refusal("template", "render", "Приём", "--client", "romashka")
    romashka.refusal("template", "render", "Приём", code=2)


def test_a_script_is_followed_and_deviations_are_reported(romashka: CommandLine) -> None:
    romashka.run("script", "add", "Приём")
    romashka.run("script-step", "add", "Имя", "--script", "Приём", "--position", "1", "--required", "yes")
    romashka.run(
        *("script-step", "add", "Срок", "--script", "Приём", "--position", "2"), "--prompt", "до {due}"
    )
    romashka.run("request", "add", "romashka", "не печатает")
    assert romashka.out("script", "show", "прием").splitlines()[1:3] == ["  1 ! Имя", "  2   Срок"]
    assert "say why" in romashka.refusal("request", "script", "R-1", "--done", "2", "--skip", "1")
    assert [step["state"] for step in romashka.data("request", "script", "R-1")["steps"]] == ["", ""]
    shown = romashka.out("request", "script", "R-1", "--done", "2", "--skip", "1", "--why", "знакомы")
    assert "[-] ! Имя" in shown
    assert "[x]   Срок" in shown
    notes = [step["note"] for step in romashka.data("request", "script", "R-1")["steps"]]
    assert notes == ["знакомы", ""]  # the reason is that of the skipped step alone
    message = romashka.refusal("request", "script", "R-1", "--skip", "1", "--skip", "2", "--why", "x", code=2)
    assert "give --why once for each step" in message
    romashka.run("request", "script", "R-1", *("--skip", "2", "--skip", "1", "--why", "б", "--why", "а"))
    notes = [step["note"] for step in romashka.data("request", "script", "R-1")["steps"]]
    assert notes == ["а", "б"]
    romashka.run("request", "script", "R-1", "--done", "2", "--skip", "1", "--why", "знакомы")
    romashka.refusal("request", "script", "R-1", "--done", "3", code=2)
    deviations = romashka.data("script", "deviations")
    assert [(deviation["step"], deviation["skipped"], deviation["reasons"]) for deviation in deviations] == [
        ("Имя", 1, "знакомы")
    ]


def test_a_status_is_printed_and_written(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("request", "add", "romashka", "не печатает")
    assert romashka.out("request", "status", "R-1").splitlines()[:2] == [
        "R-1 не печатает",
        "  приняли, приступаем; следующий шаг за нами",
    ]
    assert romashka.data("request", "status", "R-1", "--lang", "en")["next_step"] == "the next step is ours"
    target = tmp_path / "status.html"
    assert romashka.out("client", "status", "romashka", "-o", str(target)) == str(target)
    assert "<h2>R-1 не печатает</h2>" in target.read_text("utf-8")
    romashka.refusal("client", "status", "romashka", "-o", str(tmp_path / "status.pdf"), code=2)
    assert "cannot be written" in romashka.refusal(
        "client", "status", "romashka", "-o", str(tmp_path / "none" / "status.md")
    )


def test_a_shortcut_brings_one_template_of_a_language(cli: CommandLine) -> None:
    cli.run("template", "add", "Принято", "--text", "x", "--shortcut", "пр", "--language", "ru")
    again = ("template", "add", "Принято в работу", "--text", "y", "--shortcut", "ПР")
    message = cli.refusal(*again, "--language", "ru", code=2)
    assert message == "shortcut: “Принято” has this shortcut in ru already; take another one."
    cli.run(*again, "--language", "bg")
    cli.run("template", "edit", "Принято", "--text", "z")
