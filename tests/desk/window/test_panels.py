"""What each panel of the window says of a client, in which order, and how fast."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import TypeVar

import pytest
from rich_client import HOSTILE, NOW, Clock, RichClient

from onewindow.desk.adoption import rows as adoption_rows
from onewindow.desk.adoption.summary import read_adoption
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log
from onewindow.desk.window.panels.registry import PANELS, panel_view
from onewindow.desk.window.panels.view import PanelView, RecordKey
from onewindow.desk.window.snapshot import ClientSnapshot, load_snapshot
from onewindow.records.adoption import Licence
from onewindow.records.clients import Client, Promise
from onewindow.records.fields import Record
from onewindow.records.requests import Document, Request, Task, Touch
from onewindow.text.clean import clean

R = TypeVar("R", bound=Record)


def views(session: Session, snapshot: ClientSnapshot) -> dict[str, PanelView]:
    return {name: panel_view(session, snapshot, name) for name in PANELS}


def shown(view: PanelView) -> list[str]:
    """The rows as text: mark, then the filled cells."""
    return [
        " | ".join(part for part in (row.mark.strip(), *(cell.text for cell in row.cells)) if part)
        for row in view.rows
    ]


def panel(session: Session, client_id: int, name: str, mode: str = "") -> PanelView:
    return PANELS[name].view(session, load_snapshot(session, client_id), mode)


def test_panels_stand_in_the_order_of_their_keys():
    assert [(kind.number, name) for name, kind in PANELS.items()] == [
        ("1", "requests"),
        ("2", "documents"),
        ("3", "adoption"),
        ("4", "feedback"),
        ("5", "opportunities"),
        ("6", "timeline"),
        ("p", "promises"),
    ]


def test_requests_are_late_first_and_tasks_come_below(session: Session, rich_client: RichClient):
    view = panel(session, rich_client.id, "requests")
    assert view.title == "1 requests"
    assert view.summary == "3 open, 1 late, 1 task, 1 overdue"
    assert view.worst == "R-1 отчёт не открывается, 8 h late, Fr 15:02"
    assert view.alarming == ("1 late", "1 overdue")
    assert shown(view) == [
        "! | R-1 | отчёт не открывается | 8 h late, Fr 15:02 | me",
        "R-3 | счёт на обучение | 0 m left, Mo 14:32 | client",
        "R-2 | доступ новому сотруднику | 1 h left, Mo 15:32 | Петров",
        "! | task | позвонить после обучения | 3 d late, 20.11 | Петров",
    ]
    late = rich_client.made["request"][0]
    assert view.rows[0].key == RecordKey("request", late.id)
    assert shown(panel(session, rich_client.id, "requests", "all"))[-1].startswith(
        "R-4 | сброс пароля | resolved"
    )


def test_a_request_answered_and_waiting_reads_as_paused_after_those_that_run(
    session: Session, rich_client: RichClient
):
    waiting = next(r for r in rich_client.made["request"] if isinstance(r, Request) and r.number == 3)
    session.change("reply", lambda t: event_log.add_event(session, t, waiting, "reply", "жду счёт"))
    texts = shown(panel(session, rich_client.id, "requests"))
    assert texts[2] == "R-3 | счёт на обучение | paused, 15 h left | client"


def test_a_request_without_a_policy_shows_its_promise(session: Session, rich_client: RichClient):
    for policy in session.directory.policies.policies:
        session.change("no policy", lambda t, policy=policy: t.archive(policy))
    rich_client.add(Request(title="к пятнице", promised_at="2026-11-27T12:00:00Z"))
    texts = shown(panel(session, rich_client.id, "requests"))
    assert "R-5 | к пятнице | 36 h left, Fr 15:00 | nobody | for 27.11 15:00" in texts
    assert "R-1 | отчёт не открывается | no clock | me" in texts


def test_a_snoozed_task_is_neither_late_nor_first(session: Session, rich_client: RichClient):
    rich_client.add(Task(title="спящая", due_on="2026-11-01", snoozed_till="2026-12-01"))
    view = panel(session, rich_client.id, "requests")
    assert shown(view)[-1] == "task | спящая | from 01.12, due 01.11 | nobody"
    assert view.summary.endswith("2 tasks, 1 overdue")


def test_documents_put_missing_and_expiring_first(session: Session, rich_client: RichClient):
    view = panel(session, rich_client.id, "documents")
    assert view.summary == "1 missing, 1 expires"
    assert view.worst == "акт, 2026-10 missing 23 d late"
    assert shown(view) == [
        "! | акт, 2026-10 | missing | 23 d late | act | 31.10",
        "? | договор 17/21 | expires | in 40 d | 640 000 ₽ | contract | till 02.01.27",
        "счёт 88 | sent | 02.11 | invoice",
    ]
    by_date = panel(session, rich_client.id, "documents", "by date")
    assert [row.cells[0].text for row in by_date.rows] == ["счёт 88", "акт, 2026-10", "договор 17/21"]


def test_a_document_that_ended_or_is_not_back_alarms_but_one_cancelled_does_not(
    session: Session, rich_client: RichClient
):
    rich_client.add(Document(title="оферта", state="signed", expires_on="2026-11-11"))
    rich_client.add(Document(title="старый", state="cancelled", expires_on="2020-01-01"))
    rich_client.add(Document(title="акт 5", state="sent", due_on="2026-11-20"))
    view = panel(session, rich_client.id, "documents")
    assert view.summary == "1 missing, 1 expired, 1 expires, 1 not back"
    texts = shown(view)
    assert texts[1] == "! | оферта | expired | 12 d ago | contract | till 11.11"
    assert texts[3] == "! | акт 5 | sent | 3 d late | contract | by 20.11"
    assert texts[-1].startswith("старый | cancelled")


def test_adoption_shows_use_plan_and_lessons(session: Session, rich_client: RichClient):
    view = panel(session, rich_client.id, "adoption")
    assert view.summary == "1 late, step 6/8, trained 12/20"
    assert adoption_rows.summary(read_adoption(session, rich_client.id)).endswith("trained 12/20")
    assert view.worst == "! обучение склада 3 d late, licences 48/50 ▆▇▇▇▇▇▇ users 46 (+4)"
    assert shown(view) == [
        "! | 7. обучение склада | Петров | 3 d late | by 20.11",
        "Склад | 48/50 | ▆▇▇▇▇▇▇ | users 46 (+4) | used 1 d ago",
        "внедрение | 6/8 | till 20.12 | mentor Петров",
        "◆ 8. приёмка | Петров | in 22 d | by 15.12",
        "касса, 8 people | Петров | in 8 d | training",
        "склад, 12 people | done 10.11 | training",
    ]
    assert len(panel(session, rich_client.id, "adoption", "plan").rows) == 9
    assert len(panel(session, rich_client.id, "adoption", "licences").rows) == 1


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"last_used_on": "2026-10-24"}, "unused 30 d"),
        ({"ends_on": "2026-11-18", "starts_on": "2026-01-01"}, "ended 5 d ago"),
    ],
)
def test_a_licence_that_is_not_used_or_over_alarms(
    session: Session, rich_client: RichClient, values: dict[str, str], text: str
):
    bought = Licence(product_id=rich_client.product.id, bought=5)
    rich_client.add(bought.with_changes(values))
    view = panel(session, rich_client.id, "adoption", "licences")
    row = view.rows[-1]
    assert (row.mark, row.cells[2].text, row.cells[3].text) == ("!", "▇▇▇████", text)


def test_feedback_puts_what_the_client_must_be_told_first(session: Session, rich_client: RichClient):
    view = panel(session, rich_client.id, "feedback")
    assert view.summary == "2, 1 to tell"
    assert shown(view) == [
        "> | wish | «выгрузка в 1С» | ×3 | released: tell | выгрузка в 1С | 01.06",
        "competitor | «у Альфы дешевле» | ×1 | Альфа | 14.11",
    ]
    assert len(panel(session, rich_client.id, "feedback", "competitor").rows) == 1
    rich_client.change(rich_client.made["feedback"][0], told_on="2026-11-22")
    view = panel(session, rich_client.id, "feedback")
    assert view.summary == "2"
    assert "wish | «выгрузка в 1С» | ×3 | told 22.11 | выгрузка в 1С | 01.06" in shown(view)
    assert panel(session, rich_client.id, "feedback", "to tell").rows == ()


def test_opportunities_show_ideas_and_on_demand_the_dismissed_with_reason(
    session: Session, rich_client: RichClient
):
    view = panel(session, rich_client.id, "opportunities")
    assert view.summary == "1 open, 1 idea, client red"
    assert shown(view) == [
        "продление | in 40 d | accepted | 640 000 ₽",
        "+ 5 лицензий | 48/50 заняты 21 д | in 27 d | idea | 120 000 ₽",
    ]
    assert view.columns[-1].align == "right"
    every = panel(session, rich_client.id, "opportunities", "all")
    assert shown(every)[-1] == "модуль «Касса»: нет кассиров | 23.11 | dismissed"


def test_timeline_merges_touches_answers_and_closed_requests(session: Session, rich_client: RichClient):
    view = panel(session, rich_client.id, "timeline")
    assert view.worst == "21.11 call Анна Ким: ждёт отчёт (calm)"
    assert shown(view) == [
        "^ | 20.01 | note | не ставить на обед | 15:00",
        "21.11 | call | Анна Ким: ждёт отчёт (calm) | Иванова | 15:00",
        "20.11 | mail out | акт выслан | 15:00",
        "13.11 | resolved | R-4 сброс пароля, сделано | 16:56",
        "12.11 | survey | NPS 9/10, Анна Ким | 11:00",
    ]
    assert len(panel(session, rich_client.id, "timeline", "calls").rows) == 1
    assert len(panel(session, rich_client.id, "timeline", "surveys").rows) == 1


def test_timeline_of_changes_has_one_line_a_write(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.client, city="Самара")
    rows = panel(session, rich_client.id, "timeline", "changes").rows
    assert [cell.text for cell in rows[0].cells] == [
        "23.11",
        "update",
        f"C-{rich_client.client.number} Ромашка ООО: city",
        "ivanova",
        "14:32",
    ]
    assert rows[0].key == RecordKey("client", rich_client.id)
    closed = next(r for r in rich_client.made["request"] if isinstance(r, Request) and r.number == 4)
    lines = [row for row in rows if row.key == RecordKey("request", closed.id)]
    assert len(lines) == 2


def test_promises_are_pressing_first_and_settled_ones_on_demand(session: Session, rich_client: RichClient):
    rich_client.add(Promise(text="забытое", due_on="2026-11-20"))
    rich_client.add(Promise(text="сорванное", due_on="2026-11-10", status="broken"))
    rich_client.add(Promise(text="давно сорванное", due_on="2026-01-10", status="broken"), days=200)
    view = panel(session, rich_client.id, "promises")
    assert view.summary == "4, 1 late, 1 broken"
    assert view.worst == "20.11 забытое, 3 d late, new"
    assert shown(view) == [
        "! | 20.11 | забытое | 3 d late, new",
        "! | 10.11 | сорванное | broken",
        "? | 25.11 | отчёт по внедрению | Иванова → Анна Ким, письмо 12.11 | in 2 d",
        "always | отгрузка до 10:00 | договор п. 4.2 | kept 14/14",
    ]
    assert shown(panel(session, rich_client.id, "promises", "all"))[-1] == "10.01 | давно сорванное | broken"


def test_an_empty_client_says_what_belongs_in_each_panel(session: Session):
    empty = changing.insert(session, Client(name="Пусто"))
    for name, view in views(session, load_snapshot(session, empty.id)).items():
        assert view.rows == ()
        assert (view.summary, view.worst, view.alarming) == ("", "", ())
        assert " n " in view.empty
        assert view.new_kind in view.kinds, name


def test_every_panel_answers_every_mode_and_takes_an_unknown_one_for_the_first(
    session: Session, rich_client: RichClient
):
    snapshot = load_snapshot(session, rich_client.id)
    for kind in PANELS.values():
        usual = kind.view(session, snapshot, "")
        assert kind.view(session, snapshot, "no such mode") == usual
        assert kind.view(session, snapshot, kind.modes[0]) == usual
        for mode in kind.modes:
            for row in kind.view(session, snapshot, mode).rows:
                assert isinstance(row.key, RecordKey)
                assert len(row.cells) == len(usual.columns)


def test_hostile_texts_and_unreadable_dates_come_through_raw(session: Session, rich_client: RichClient):
    rich_client.add(Request(title=HOSTILE))
    rich_client.add(Touch(text=HOSTILE, at="2026-11-23T10:00:00Z"))
    session.store.execute("UPDATE document SET due_on = '31/10/2026' WHERE state = 'missing'")
    snapshot = load_snapshot(session, rich_client.id)
    titles = [row.cells[1].text for row in PANELS["requests"].view(session, snapshot, "").rows]
    assert HOSTILE in titles
    assert any(HOSTILE in row.cells[2].text for row in PANELS["timeline"].view(session, snapshot, "").rows)
    assert clean(HOSTILE) != HOSTILE
    assert PANELS["documents"].view(session, snapshot, "").rows[0].cells[2].text == "31/10/2026"


def test_ages_follow_the_readers_zone(session: Session, rich_client: RichClient, clock: Clock):
    rich_client.add(Promise(text="к ночи", due_on="2026-11-24"))
    clock.now = NOW.replace(hour=21, minute=30)
    text = next(t for t in shown(panel(session, rich_client.id, "promises")) if "к ночи" in t)
    assert text.endswith("today, new")
    clock.now = NOW + timedelta(days=2)
    assert "25.11 | отчёт по внедрению" in shown(panel(session, rich_client.id, "promises"))[1]


def many(snapshot: ClientSnapshot, count: int = 200) -> ClientSnapshot:
    """The same picture with so many rows in every panel."""

    def times(records: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(r.with_changes({"id": i}) for i, r in enumerate((records * count)[:count]))

    requests = times(snapshot.requests)
    clocks = list(snapshot.clocks.values())
    return replace(
        snapshot,
        requests=requests,
        clocks={request.id: clocks[request.id % len(clocks)] for request in requests},
        documents=times(snapshot.documents),
        licences=times(snapshot.licences),
        feedback=times(snapshot.feedback),
        opportunities=times(snapshot.opportunities),
        touches=times(snapshot.touches),
        promises=times(snapshot.promises),
    )


def test_seven_panels_of_200_rows_are_quick(session: Session, rich_client: RichClient):
    snapshot = many(load_snapshot(session, rich_client.id))
    views(session, snapshot)
    best = min(_seconds(session, snapshot) for _ in range(5))
    assert sum(len(view.rows) for view in views(session, snapshot).values()) >= 1333
    assert best < 0.06, f"{1000 * best:.1f} ms"


def _seconds(session: Session, snapshot: ClientSnapshot) -> float:
    begun = perf_counter()
    views(session, snapshot)
    return perf_counter() - begun
