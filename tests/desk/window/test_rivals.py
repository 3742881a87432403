"""Two clients who compete: whichever card is opened, it warns."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.window.card import card_view
from onewindow.desk.window.show import window_text
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client


def _warnings(session: Session, client: Client) -> list[str]:
    view = card_view(session, load_snapshot(session, client.id))
    return [span.text for line in view.wide for span in line.left if span.field == "competitor_of_id"]


def test_both_cards_warn_and_an_archived_rival_does_not_count(session: Session) -> None:
    iris = changing.insert(session, Client(name="Ирис"))
    rose = changing.insert(session, Client(name="Роза", competitor_of_id=iris.id))
    mint = changing.insert(session, Client(name="Мята", competitor_of_id=iris.id))
    assert _warnings(session, iris) == ["! competes with Мята, Роза"]
    assert _warnings(session, rose) == ["! competes with Ирис"]
    assert "competes with Мята, Роза" in window_text(session, load_snapshot(session, iris.id)).splitlines()

    changing.change(session, iris, {"competitor_of_id": mint.id})
    changing.archive(session, rose)
    iris = load_snapshot(session, iris.id).client
    assert _warnings(session, iris) == ["! competes with Мята"], "told once, though it stands on both cards"
    changing.archive(session, mint)
    assert _warnings(session, iris) == []
