"""The touch plan as it is read: whole explanations, the order over clients, who is meant by a rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock

from onewindow.desk.cadence import outreach, settings
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.clients import Client
from onewindow.records.organization import Segment
from onewindow.records.requests import Touch
from onewindow.store import rows
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import utc_text


def spoke(session: Session, client: Client, days_ago: int) -> None:
    at = utc_text(NOW - timedelta(days=days_ago))
    changing.insert(session, Touch(client_id=client.id, text="разговор", at=at, direction="out"))


def cadence(session: Session, every: int = 10, **values: object) -> TouchCadence:
    rule = TouchCadence(name=f"каждые {every}", every_days=every, valid_from="2026-01-01")
    return changing.insert(session, rule.with_changes(values))


@pytest.fixture
def client(session: Session) -> Client:
    return changing.insert(session, Client(name="Вектор", owner_id=session.me.id, since="2025-11-29"))


def test_why_of_a_client_counts_from_the_last_touch_to_the_next(session: Session, client: Client) -> None:
    assert outreach.why(session, client) == [
        "Nobody has been in touch yet; automatic messages do not count.",
        "No cadence is set for tier C; the settings have them.",
    ]
    cadence(session, 5)
    spoke(session, client, 10)
    changing.insert(session, Occasion(name="Год", reason="anniversary"))
    assert outreach.why(session, client) == [
        "Last personal touch: call on 13.11, 10 days ago.",
        "Cadence “каждые 5”: call every 5 working days, counted by the calendar of the department.",
        "Next due on Fr 20.11: 3 days late.",
        "",
        "Fr 20.11: call",
        "  every 5 working days, last 13.11",
        "",
        "Mo 30.11: call",
        "  with us, a year, 29.11 (fell on 29.11, moved to 30.11)",
    ]
    outreach.put_off(session, client, "24.11", "просил")
    outreach.skip(session, client, "в отпуске")
    assert outreach.why(session, client)[-4:] == [
        "",
        "Settled before:",
        "  24.11 skipped by Иванова: в отпуске",
        "  20.11 put off till 24.11 by Иванова: просил",
    ]
    lost = changing.change(session, client, {"stage": "lost", "loss_reason": "цена"})
    assert outreach.why(session, lost)[0] == "The client is lost: nothing is due."


@pytest.mark.parametrize(
    ("days_ago", "standing"),
    [
        (7, "Next due on Mo 23.11: today."),
        (6, "Next due on Tu 24.11: in 1 day."),
        (10, "Next due on Fr 20.11: 3 days late."),
        (11, "Next due on Th 19.11: 4 days late."),
    ],
)
def test_the_next_day_is_told_from_today(
    days_ago: int, standing: str, session: Session, client: Client
) -> None:
    cadence(session, 5)
    spoke(session, client, days_ago)
    assert outreach.why(session, client)[2] == standing


def test_what_is_due_with_many_clients_stands_by_day_then_tier_then_name(session: Session) -> None:
    cadence(session)
    for name, tier, ago in (("Яр", "C", 21), ("Астра", "C", 21), ("Лютик", "A", 21), ("Мята", "C", 28)):
        client = changing.insert(session, Client(name=name, owner_id=session.me.id, country="RU"))
        spoke(session, changing.change(session, client, {"tier": tier}), ago)
    wanted = [("2026-11-09", "Мята"), ("2026-11-16", "Лютик"), ("2026-11-16", "Астра"), ("2026-11-16", "Яр")]
    of_mine = outreach.of_owner(session, session.me.id)
    assert [(each.touch.due_on.isoformat(), each.client.name) for each in of_mine] == wanted
    everybody = outreach.of_everybody(session)
    assert [(each.touch.due_on.isoformat(), each.client.name) for each in everybody] == wanted


def test_each_refusal_says_what_to_write(session: Session, client: Client) -> None:
    said: list[str] = []
    for act in (
        lambda: outreach.done(session, client, " "),
        lambda: outreach.skip(session, client, ""),
        lambda: outreach.skip(session, client, "так"),
        lambda: outreach.put_off(session, client, "+1w", " "),
        lambda: outreach.put_off(session, client, "сегодня", "так"),
        lambda: outreach.put_off(session, client, "когда-нибудь", "так"),
        lambda: outreach.send(session, client),
    ):
        with pytest.raises(StoreProblem) as problem:
            act()
        said.append(str(problem.value))
    assert said[:5] == [
        "Say what was said; it stands in the timeline.",
        "Say why it is left out; the next who looks will ask.",
        "Nothing is due with Вектор within a month.",
        "Say why it can wait.",
        "“сегодня” is not ahead; write a date to come: пн, +1w, 15.12.",
    ]
    assert said[5].startswith("Put off till when? ")
    assert said[6] == "Nothing is due with Вектор; `message write` writes anyway."
    cadence(session)
    spoke(session, client, 30)
    with pytest.raises(NotFound) as missing:
        outreach.send(session, client)
    assert str(missing.value) == (
        "There is no template for “check in” in the language of C-1 Вектор;"
        " `template add` makes one, or name it with --template."
    )


def test_what_is_done_is_logged_as_the_kind_that_was_due(session: Session, client: Client) -> None:
    assert outreach.done(session, client, " просто так ").touch_kind == "call"
    cadence(session, touch_kind="visit")
    spoke(session, client, 30)
    session.undo()
    touch = outreach.done(session, client, "были у них")
    assert (touch.touch_kind, touch.text, touch.direction) == ("visit", "были у них", "out")


def test_rules_are_listed_by_kind_tier_and_day_and_say_whom_they_mean(session: Session) -> None:
    south = changing.insert(session, Segment(name="Юг", filter="city:Казань"))
    cadence(session, 10, alarm_days=1, review_days=90)
    cadence(session, 5, tier="A", alarm_days=30, review_days=0, touch_kind="visit")
    cadence(session, 7, segment_id=south.id, alarm_days=0, review_days=0)
    for values in (
        {"reason": "start", "after_months": 2, "after_days": 1, "tier": "B"},
        {"reason": "first_order", "after_days": 10, "is_on": 0, "touch_kind": "mail"},
        {"reason": "birthday"},
    ):
        changing.insert(session, Occasion(name="повод").with_changes(values))
    changing.insert(
        session, Holiday(name="8 марта", day="8.3", country="RU", industry="торговля", days_before=1)
    )
    changing.insert(session, Holiday(name="Новый год", day="31.12"))
    rules = settings.rules_of(session.store)
    assert [settings.rule_text(session, rule) for rule in rules] == [
        "tier A; visit every 5 working days; alarm after 30 days",
        "segment Юг; call every 7 working days; no alarm",
        "every tier; call every 10 working days; alarm after 1 day; review every 90",
        "tier B; 2 months and 1 day after: start; call",
        "every tier; 10 days after: first order; mail; off",
        "every tier; birthday; call",
        "8.3; RU; торговля; 1 day ahead",
        "31.12",
    ]
    assert [settings.is_in_force(rule) for rule in rules] == [*[True] * 4, False, *[True] * 3]
    assert settings.why(session, rules[6]) == [
        "8.3; RU; торговля; 1 day ahead",
        "",
        "Su 07.03.27 for Mo 08.03.27",
        "Tu 07.03.28 for We 08.03.28",
    ]
    assert settings.why(session, rules[7])[2] == "Th 31.12 for Th 31.12"


def test_why_of_a_rule_names_twelve_clients_and_counts_the_rest(session: Session, clock: Clock) -> None:
    rule = cadence(session)
    assert settings.why(session, rule)[2:] == ["Due within a month:", "nobody"]
    for number in range(13):
        client = changing.insert(session, Client(name=f"к{number:02}", owner_id=session.me.id))
        spoke(session, client, 21)
    lines = settings.why(session, rows.get(session.store, TouchCadence, rule.id))
    assert lines[3] == "Mo 16.11 к00: every 10 working days, last 02.11"
    assert lines[14:] == ["Mo 16.11 к11: every 10 working days, last 02.11", "and 1 more"]
    assert settings.why(session, cadence(session, 20, tier="A"))[-1] == "nobody"
    assert clock.now == NOW
