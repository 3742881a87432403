"""More may be offered to a client who is red or lost, but never without a word."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.opportunities import stages
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.registry import panel_view
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.metrics.health.score import Band, Health
from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity


def _health(score: float | None, band: Band) -> Health:
    return Health(score=score, coverage=1.0, band=band, contributions=(), caps=(), raw=score)


def test_the_panel_and_the_sentence_say_that_a_client_is_lost(session: Session) -> None:
    client = changing.insert(session, Client(name="Ирис", owner_id=session.me.id, stage="active"))
    assert panel_view(session, load_snapshot(session, client.id), "opportunities").summary == ""
    changing.insert(session, Opportunity(client_id=client.id, title="5 лицензий"))
    assert stages.caution_of(session, client.id) == ""
    changing.change(session, client, {"stage": "lost", "loss_reason": "цена"})
    view = panel_view(session, load_snapshot(session, client.id), "opportunities")
    assert view.summary.endswith(", client lost")
    assert stages.caution_of(session, client.id) == (
        "Ирис: the client is lost; mend that before offering more."
    )


def test_red_is_said_with_the_figure_and_unknown_is_not_red() -> None:
    client = Client(name="Ирис", stage="active")
    assert stages.caution(client, _health(31.4, "red")) == "the client is red (health 31)"
    assert stages.caution(client, _health(0.0, "red")) == "the client is red (health 0)"
    assert stages.caution(client, _health(60.0, "amber")) == ""
    assert stages.caution(client, _health(None, "unknown")) == ""
