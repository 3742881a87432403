"""`onewindow document missing`: months that lack a closing document, and places made for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from command_line import CommandLine


def months_ago(count: int) -> str:
    day = datetime.now(ZoneInfo("Europe/Moscow")).date().replace(day=1)
    for _ in range(count):
        day = (day - timedelta(days=1)).replace(day=1)
    return day.isoformat()[:7]


def add(cli: CommandLine, kind: str, state: str, month: str) -> None:
    words = ("--document-kind", kind, "--state", state, "--period", month)
    cli.run("document", "add", "romashka", kind, *words)


def test_months_without_an_act_are_named_and_get_a_place(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--since", f"{months_ago(3)}-10")
    for count in (3, 2, 1):
        add(romashka, "invoice", "sent", months_ago(count))
    add(romashka, "act", "signed", months_ago(3))
    add(romashka, "act", "sent", months_ago(2))
    rows = romashka.data("document", "missing", "romashka")
    assert [(row["month"], row["lacks"], row["not_signed"]) for row in rows] == [
        (months_ago(2), "", "act"),
        (months_ago(1), "act", ""),
    ]
    result = romashka.run("document", "missing", "romashka", "--register")
    assert "1 places made" in result.stderr
    (place,) = [document for document in romashka.data("document", "list") if document["state"] == "missing"]
    assert (place["document_kind"], place["period"]) == ("act", months_ago(1))
    assert place["due_on"].startswith(months_ago(1))
    assert "in every month" in romashka.refusal("document", "missing", "romashka", "--register")
    assert len(romashka.data("document", "missing", "romashka", "--all")) == 3


def test_without_a_client_my_clients_are_looked_through(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--since", f"{months_ago(1)}-01")
    assert [row["client"] for row in romashka.data("document", "missing")] == ["Ромашка"]
    assert "needs a client" in romashka.refusal("document", "missing", "--register", code=2)
