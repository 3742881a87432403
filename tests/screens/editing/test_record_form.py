"""The form of a record: what it asks, saving, errors, drafts, and two people on one record."""

from __future__ import annotations

from datetime import timedelta

from screen_host import Clock, HostApp, until
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.editing.drafting import describe, pending_drafts
from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.window.drafts import DraftsScreen
from onewindow.store import rows
from onewindow.store.schema import SCHEMA_VERSION
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import to_local
from onewindow.widgets.form import Form

HOSTILE = "[/] \x1b]0;x\x07 a\u202eb"


def new_request(session: Session, client: Client, **options: object) -> RecordForm:
    return RecordForm(session, "request", None, client.id, **options)  # pyright: ignore[reportArgumentType]


async def test_a_request_in_one_line_is_saved_with_the_seconds_it_took(
    session: Session, client: Client, clock: Clock
) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(80, 24)) as pilot:
        clock.now += timedelta(seconds=17)
        await pilot.press(*"printer", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    stored = rows.fetch(session.store, Request, "WHERE title = 'printer'")
    assert stored == [app.result]
    assert (stored[0].client_id, stored[0].intake_seconds) == (client.id, 17)
    assert stored[0].assignee_id == session.me.id
    assert pending_drafts(session) == []


async def test_a_client_needs_only_a_name(session: Session) -> None:
    app = HostApp(session, RecordForm(session, "client"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Vega", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert isinstance(app.result, Client)
    assert (app.result.name, app.result.slug, app.result.owner_id) == ("Vega", "vega", session.me.id)


async def test_fits_the_smallest_window_with_the_promises_in_sight(session: Session, client: Client) -> None:
    promises = ["! 25.11 отчёт", "always отгрузка до 10:00", f"x {HOSTILE}", "4", "5"]
    app = HostApp(session, new_request(session, client, promises=promises))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = [line for line in screen_text(app) if line]
        assert [line.strip(" │") for line in text[:7]] == [
            "╭─ new request for Ромашка ООО ────────────────────────────────────────╮",
            "! 25.11 отчёт",
            "always отгрузка до 10:00",
            "x [/] \ufffd]0;x\ufffd a\ufffdb",
            "+ 2 more",
            "▌what is asked*",
            "kind                         ‹ problem ›",
        ]
        keys = "ctrl+s save  tab next  ctrl+o choose  ctrl+n more  esc back  f1 help"
        assert keys in "\n".join(text)
        assert "minutes spent" not in "\n".join(text)
        await pilot.press("ctrl+n")
        assert app.screen.query_one(Form).focused_name == "status"
        app.screen.query_one(Form).focus_field("minutes")
        await until(pilot, lambda: "▌minutes spent" in "\n".join(screen_text(app)))
        text = screen_text(app)
        assert "▌minutes spent" in "\n".join(text)
        assert "ctrl+n" not in "\n".join(text)


async def test_an_error_in_a_folded_field_unfolds_it(session: Session) -> None:
    form = RecordForm(session, "client")
    app = HostApp(session, form)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Vega")
        form.form.set_values({"stage": "lost"})
        assert form.form.is_folded
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "say why the client was lost" in "\n".join(screen_text(app)))
        assert form.form.focused_name == "loss_reason"


async def test_a_preset_field_is_never_folded(session: Session, client: Client) -> None:
    form = new_request(session, client, preset={"status": "resolved"}, focus="result")
    app = HostApp(session, form)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert form.form.focused_name == "result"
        assert "‹ resolved ›" in "\n".join(screen_text(app))


async def test_errors_stand_beside_their_fields_and_nothing_is_saved(
    session: Session, client: Client
) -> None:
    app = HostApp(session, RecordForm(session, "licence", None, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"nothing", "tab", "x", "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        text = [line.strip(" │") for line in screen_text(app)]
        place = text.index("! There is no product “nothing”.")
        assert text[place - 1].startswith("▌product*")
        assert any(line.startswith("! “1x”") for line in text)
        assert "Not saved yet: see the marked fields." in text
        assert app.is_open
    assert rows.fetch(session.store, KINDS["licence"].record, "") == []


async def test_a_refused_write_is_said_and_the_texts_stay(session: Session, client: Client) -> None:
    reader = at_work(
        session.store,
        session.me.with_changes({"role": "quality"}),
        session.settings,
        session.clock,
        session.zone,
    )
    app = HostApp(reader, new_request(reader, client))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"printer", "ctrl+s")
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "You may read everything here and change nothing" in text
        assert "printer" in text


async def test_a_form_in_a_file_that_a_newer_program_has_brought_on_saves_nothing_and_keeps_its_texts(
    session: Session, client: Client
) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press(*"printer")
        other = sqlite.connect(session.store.path, isolation_level=None)
        other.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        other.close()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "A newer One Window has this file now" in "\n".join(screen_text(app)))
        assert app.is_open
        assert app.screen.query_one(Form).values()["title"] == "printer"
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    assert rows.fetch(session.store, Request, "WHERE title = 'printer'") == []
    assert [draft.typed["title"] for draft in pending_drafts(session)] == ["printer"]


async def test_editing_saves_only_what_was_touched(
    session: Session, contact: Contact, other: Session
) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        changing.edit(other, rows.get(other.store, Contact, contact.id), {"phone": "+7 912 000-00-01"})
        await pilot.press(*"chief", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    stored = rows.get(session.store, Contact, contact.id)
    assert (stored.role, stored.phone) == ("chief", "+79120000001")


async def test_an_amount_is_read_in_the_currency_of_its_record(session: Session, client: Client) -> None:
    offer = changing.add(session, "opportunity", {"title": "x", "amount": "10", "currency": "EUR"}, client.id)
    app = HostApp(session, RecordForm(session, "opportunity", offer, client.id, focus="amount"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+u", *"12,50", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert (app.result.amount, app.result.currency) == (1250, "EUR")


async def test_references_offer_only_this_clients_records(
    session: Session, client: Client, contact: Contact
) -> None:
    stranger = changing.add(session, "client", {"name": "Вектор"})
    changing.add(session, "contact", {"name": "Анна Чужая"}, stranger.id)
    app = HostApp(session, new_request(session, client, focus="contact_id"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"анна")
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "Анна Ким" in text
        assert "Чужая" not in text
        await pilot.press("tab")
        app.shown.query_one(Form).focus_field("title")
        await pilot.press(*"x", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert app.result.contact_id == contact.id


async def test_preset_texts_are_shown_and_saved(session: Session, client: Client) -> None:
    request = changing.add(session, "request", {"title": "printer"}, client.id)
    preset = {"status": "resolved", "next_actor": "client", "unknown": "x"}
    form = RecordForm(session, "request", request, client.id, focus="result", preset=preset)
    app = HostApp(session, form)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"new toner", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert (app.result.status, app.result.next_actor, app.result.result) == (
        "resolved",
        "client",
        "new toner",
    )


# drafts


async def test_escape_keeps_a_draft_and_the_same_form_goes_on_with_it(
    session: Session, client: Client
) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"printer", "escape")
        await until(pilot, lambda: not app.is_open)
        assert app.result is None
        assert app.hint_bar.said.startswith("Draft kept")
        app.open(new_request(session, client))
        await pilot.pause()
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "Draft of 14:32: typing begins anew, end goes on, ctrl+g discards." in text
        assert ["▌what", "is", "asked*", "printer"] in [line.strip(" │").split() for line in screen_text(app)]
        await pilot.press("end", "!", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert [r.title for r in rows.fetch(session.store, Request, "")] == ["printer!"]
    assert pending_drafts(session) == []


async def test_an_untouched_form_leaves_no_draft(session: Session, client: Client) -> None:
    app = HostApp(session, new_request(session, client, preset={"priority": "high"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
        assert app.hint_bar.said == ""
    assert pending_drafts(session) == []


async def test_discarding_closes_the_form_and_forgets_the_draft(session: Session, client: Client) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"printer", "escape")
        await until(pilot, lambda: not app.is_open)
        app.open(new_request(session, client))
        await pilot.pause()
        await pilot.press("ctrl+g")
        await until(pilot, lambda: not app.is_open)
        assert app.hint_bar.said == "Thrown away; u brings it back."
    assert pending_drafts(session) == []


async def test_a_draft_is_kept_while_typing_and_when_the_program_ends(
    session: Session, client: Client
) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"prin")
        await until(pilot, lambda: [d.typed for d in pending_drafts(session)] == [{"title": "prin"}])
        await pilot.press(*"ter")
        app.exit()
    assert pending_drafts(session)[0].typed == {"title": "printer"}


async def test_a_draft_of_an_edit_never_overwrites_what_another_saved_since(
    session: Session, contact: Contact, other: Session, clock: Clock
) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"mine", "escape")
        await until(pilot, lambda: not app.is_open)
        clock.now += timedelta(minutes=5)
        changing.edit(other, rows.get(other.store, Contact, contact.id), {"role": "theirs", "manner": "calm"})
        now = rows.get(session.store, Contact, contact.id)
        app.open(RecordForm(session, "contact", now, now.client_id))
        await pilot.pause()
        await pilot.press("ctrl+s")
        told = f"Somebody else changed this meanwhile: Петров, {to_local(other.now_text(), other.zone):%H:%M}"
        await until(pilot, lambda: told in "\n".join(screen_text(app)))
        await pilot.press("m")
        await until(pilot, lambda: not app.is_open)
    stored = rows.get(session.store, Contact, contact.id)
    assert (stored.role, stored.manner) == ("mine", "calm")


async def test_ones_own_other_window_is_told_as_that(session: Session, contact: Contact) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"mine")
        with session.store.another() as store:
            now = rows.get(store, Contact, contact.id)
            changing.edit(session.beside(store), now, {"role": "theirs"})
        await pilot.press("ctrl+s")
        at = to_local(session.now_text(), session.zone)
        told = f"Changed meanwhile: you, in another window, {at:%H:%M}"
        await until(pilot, lambda: told in "\n".join(screen_text(app)))


async def test_drafts_are_listed_gone_on_with_and_thrown_away(
    session: Session, client: Client, clock: Clock
) -> None:
    app = HostApp(session, new_request(session, client))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*f"printer {'[/]'}", "escape")
        await until(pilot, lambda: not app.is_open)
        clock.now += timedelta(days=1)
        app.open(RecordForm(session, "client", client))
        await pilot.pause()
        await pilot.press("!", "escape")
        await until(pilot, lambda: not app.is_open)
        assert [describe(session, draft) for draft in pending_drafts(session)] == [
            "edit client C-1 Ромашка ООО: Ромашка ООО!, 14:32",
            "new request for Ромашка ООО: printer [/], 23.11 14:32",
        ]
        app.open(DraftsScreen(session))
        await pilot.pause()
        assert "▌  edit client C-1" in "\n".join(screen_text(app))
        await pilot.press("d", "enter")
        await pilot.pause()
        await pilot.pause()
        assert any("new request for Ромашка ООО ─" in line for line in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert [r.title for r in rows.fetch(session.store, Request, "")] == ["printer [/]"]
    assert rows.get(session.store, Client, client.id).name == "Ромашка ООО"
    assert pending_drafts(session) == []


# two people on one record


async def test_a_conflict_is_settled_field_by_field(
    session: Session, contact: Contact, other: Session
) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        theirs = {"role": f"theirs {HOSTILE}", "manner": "theirs", "messenger": "@theirs"}
        changing.edit(other, rows.get(other.store, Contact, contact.id), theirs)
        await pilot.press(*"mine", "tab", *"mine", "ctrl+s")
        await until(pilot, lambda: "Somebody else changed" in "\n".join(screen_text(app)))
        text = "\n".join(screen_text(app))
        assert "▌? role" in text
        assert "before  (empty)" in text
        assert "theirs  theirs [/] \ufffd]0;x\ufffd a\ufffdb" in text
        assert "mine    mine" in text
        await pilot.press("m")
        await pilot.pause()
        assert "▌? manner" in "\n".join(screen_text(app))
        await pilot.press("t")
        await until(pilot, lambda: not app.is_open)
    stored = rows.get(session.store, Contact, contact.id)
    assert (stored.role, stored.manner, stored.messenger) == ("mine", "theirs", "@theirs")


async def test_what_was_written_while_one_decided_is_asked_too(
    session: Session, contact: Contact, other: Session
) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        changing.edit(other, rows.get(other.store, Contact, contact.id), {"role": "theirs"})
        await pilot.press(*"mine", "ctrl+s")
        await until(pilot, lambda: "theirs  theirs" in "\n".join(screen_text(app)))
        changing.edit(other, rows.get(other.store, Contact, contact.id), {"role": "later"})
        await pilot.press("m")
        await until(pilot, lambda: "theirs  later" in "\n".join(screen_text(app)))
        assert "before  theirs" in "\n".join(screen_text(app))
        assert rows.get(session.store, Contact, contact.id).role == "later"
        await pilot.press("m")
        await until(pilot, lambda: not app.is_open)
    assert rows.get(session.store, Contact, contact.id).role == "mine"


async def test_leaving_a_conflict_keeps_the_texts(session: Session, contact: Contact, other: Session) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=(80, 24)) as pilot:
        changing.edit(other, rows.get(other.store, Contact, contact.id), {"role": "theirs"})
        await pilot.press(*"mine", "ctrl+s")
        await until(pilot, lambda: "Somebody else changed" in "\n".join(screen_text(app)))
        await pilot.press("q")
        await pilot.pause()
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "Somebody else changed role of this contact meanwhile" in text
        assert "mine" in text
        assert app.is_open
    assert rows.get(session.store, Contact, contact.id).role == "theirs"


async def test_what_the_program_fills_in_itself_is_not_asked_about(
    session: Session, client: Client, other: Session
) -> None:
    promise = changing.add(session, "promise", {"text": "x", "due_on": "+3d"}, client.id)
    app = HostApp(session, RecordForm(session, "promise", promise, client.id, preset={"status": "kept"}))
    async with app.run_test(size=(80, 24)) as pilot:
        changing.edit(other, rows.get(other.store, Promise, promise.id), {"evidence": "letter"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_open)
    assert (app.result.status, app.result.evidence) == ("kept", "letter")


async def test_every_kind_has_a_form_that_fits(session: Session, client: Client) -> None:
    typed = [kind.name for kind in KINDS.values() if kind.typed]
    app = HostApp(session, RecordForm(session, typed[0], None, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        for kind in typed:
            await pilot.pause()
            text = screen_text(app)
            assert any("ctrl+s save" in line for line in text), kind
            assert sum("╭" in line or "╰" in line for line in text) == 2, kind
            assert "▌" in "\n".join(text), kind
            await pilot.press("escape")
            await until(pilot, lambda: not app.is_open)
            app.open(RecordForm(session, kind, None, client.id))
    assert pending_drafts(session) == []
