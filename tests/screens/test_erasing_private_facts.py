"""What is private of a person is erased from the palette, after a question and never by mistake."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact, ContactNote
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.questions import Questions
from onewindow.store import history, rows


async def test_a_question_comes_before_and_says_what_goes(session: Session, client: Client) -> None:
    anna = changing.insert(session, Contact(client_id=client.id, name="Анна Ким", birthday="1990-05-02"))
    note = changing.insert(
        session, ContactNote(client_id=client.id, contact_id=anna.id, text="любит чай", noted_on="2026-11-01")
    )
    app = OneWindowApp(session, client.id)

    def shown() -> str:
        return "\n".join(screen_text(app))

    def birthday() -> str | None:
        return rows.get(session.store, Contact, anna.id).birthday

    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("colon", *"стереть личное", "enter")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        assert "Erase birthday, 1 note of Анна Ким for good?" in shown()
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing is erased." in shown())
        assert birthday() == "1990-05-02"
        await pilot.press(*"да", "enter")
        await until(pilot, lambda: "Erased for good: birthday, 1 note of Анна Ким." in shown())
        assert birthday() is None
        assert rows.get(session.store, ContactNote, note.id).text == ""
        assert all(
            "1990-05-02" not in f"{line.old}{line.new}"
            for line in history.history(session.store, "contact", anna.id)
        )
        await pilot.press("colon", *"стереть личное", "enter")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing private of Анна Ким is on file." in shown())
