"""Packages from sales from their coming to the last answer, word by word as the command line tells it.

ONEWINDOW_GOLDEN=write writes the stories anew; a difference that nobody wanted is a fault.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import CommandLine
from test_handover_package import CSV, table

from onewindow.cli.program import program
from onewindow.desk import opening

_STORIES = Path(__file__).parent / "stories"
_MADE_ID = re.compile(r"\b\d{16,19}\b")
_DEAL = {
    "deal": "Deal 77",
    "contract_number": "B-7",
    "sales": "morozov",
    "receiver": "anna",
    "sent_on": "2026-10-01",
    "weather": "дождь",
    "client": {
        "name": "Ромашка",
        "city": "Тверь",
        "note": "Склад во дворе",
        "industry": "цветы",
        "colour": "x",
    },
    "requisites": {"tax_id": "7707083893", "kpp": "770701001", "legal_address": "Тверь, Мира, 5"},
    "goal": {"goal": "Меньше пересорта", "goal_measure": "1 % к марту"},
    "contacts": [
        {"name": "Анна Ким", "phone": "8 903 111-22-33", "role": "директор", "consents": "marketing: given"},
        {"name": "Новый Пётр", "email": "petr@romashka.example"},
    ],
    "consent": [
        {
            "contact": "Анна Ким",
            "purpose": "newsletter",
            "channel": "email",
            "state": "refused",
            "decided_on": "2026-09-01",
        }
    ],
    "contract": {"number": "B-7", "date": "2026-09-30", "amount": "120 000", "signed": "2026-09-30"},
    "invoice": [{"number": "17", "date": "2026-10-02", "amount": "60 000"}],
    "special terms": [
        {
            "text": "Отгрузка до 10:00",
            "evidence": "договор п. 4.2",
            "given_by": "morozov",
            "given_to": "Анна Ким",
        },
        {"text": "Скидка до января", "due": "2027-01-10"},
    ],
    "product": [{"product": "Склад+", "quantity": 5}],
    "meeting": {"date": "2026-10-05", "form": "онлайн", "led_by": "anna", "notes": "Познакомились"},
}
_LATER = {
    **_DEAL,
    "deal": "Deal 77",
    "client": {"name": "Ромашка", "city": "Клин"},
    "goal": {"goal": "Ещё меньше"},
}
_FILES: Mapping[str, str] = {
    "package.csv": CSV,
    "poor.csv": table(without="акт").replace("770701001", "").replace("05.12.2026", "в среду"),
    "poorer.csv": table(without="продукт").replace("770701001", ""),
    "deal.json": json.dumps(_DEAL, ensure_ascii=False),
    "later.json": json.dumps(_LATER, ensure_ascii=False),
}
_STORIES_TOLD: Mapping[str, tuple[str, ...]] = {
    "new-client": (
        "handover import poor.csv",
        "handover import package.csv --dry-run",
        "handover import package.csv",
        "handover waiting",
        "handover show Василёк",
        "handover accept Василёк",
        "handover show Василёк",
        "handover rate Василёк 4 быстро",
        "handover acknowledge Василёк 1",
        "handover import package.csv",
        "handover report",
        "handover report --by salesperson --format csv",
        "handover export Василёк --format md",
        "client show Василёк",
        "history Василёк",
        "warnings",
    ),
    "known-client": (
        "client add Ромашка --stage handover --city Калуга",
        "contact add ромашка 'Анна Ким' --phone '8 912 345-67-89' --role бухгалтер",
        "handover import deal.json",
        "contact edit 'Анна Ким' --role 'финансовый директор'",
        "client edit ромашка --city Москва --note своё",
        "handover show Ромашка",
        "handover accept Ромашка --debts",
        "handover choose Ромашка contact.role card",
        "handover choose Ромашка client.city package",
        "handover choose Ромашка client.nothing card",
        "handover accept Ромашка --debts",
        "handover choose Ромашка client.note card",
        "handover accept Ромашка --debts",
        "handover show Ромашка --format json",
        "handover import later.json",
        "handover show Ромашка",
        "handover take-over Ромашка",
        "handover export Ромашка --format md",
        "handover report --by receiver",
        "client show Ромашка",
        "handover list --all",
    ),
    "questions": (
        "handover import poorer.csv",
        "handover ask Василёк 'Обещали скидку?' --about terms",
        "handover word Василёк acts not-needed",
        "handover word Василёк acts not-needed 'работы ещё не начались'",
        "handover return Василёк 'нет КПП'",
        "handover waiting",
        "handover send-again Василёк",
        "handover accept Василёк",
        "handover accept Василёк --debts",
        "handover answer Василёк 1 'да'",
        "handover ask-again Василёк 1 'какую?'",
        "handover answer Василёк 2 'пять процентов'",
        "handover settle Василёк 2",
        "handover settle Василёк 2",
        "handover answer Василёк 1 ' '",
        "handover ask Василёк ' '",
        "handover ask Василёк 'Когда?' --about meeting",
        "handover settle Василёк 3",
        "handover acknowledge Василёк 1",
        "handover acknowledge Василёк 1",
        "handover return Василёк поздно",
        "handover answer Василёк 9 'что?'",
        "handover show Василёк",
        "today",
        "handover waiting --format json",
    ),
}


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setattr(opening, "system_clock", lambda: datetime(2026, 10, 12, 7, tzinfo=UTC))


@pytest.mark.parametrize("name", list(_STORIES_TOLD))
def test_a_package_from_its_coming_to_the_last_answer(
    name: str, cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        "staff add 'Морозов Денис' --login morozov --role sales",
        "staff add 'Белова Вера' --login vera --role account_manager",
        "product add Склад+",
    ):
        cli.run(*shlex.split(words))
    for file, text in _FILES.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    for words in _STORIES_TOLD[name]:
        done = CliRunner().invoke(
            program, ["--db", str(cli.database), "--as", cli.login, *shlex.split(words)]
        )
        output = _MADE_ID.sub("<id>", f"{done.stdout}{done.stderr}")
        told += [f"$ {words}", *(line.rstrip() for line in output.splitlines()), f"[{done.exit_code}]", ""]
    story = _STORIES / f"handover-{name}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        story.write_text("\n".join(told), encoding="utf-8")
    assert told == story.read_text(encoding="utf-8").split("\n")
