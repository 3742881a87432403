"""Handovers from a client's window: the newest one, and giving the client to another owner."""

from __future__ import annotations

from onewindow.desk.handover.sending import news_of, send
from onewindow.desk.session import naming
from onewindow.records.clients import Client
from onewindow.screens.frame.action_box import ActionBox, Question, Values
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.protocols import Window
from onewindow.screens.handover.checklist import HandoverScreen
from onewindow.store.handover import packages as handovers
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec

_NEWS_SHOWN = 6


def show_newest(window: Window) -> None:
    """Open the newest handover of the client on the screen; raises StoreProblem if there is none."""
    client = _client(window)
    of_client = handovers.of_client(window.session.store, client.id)
    if not of_client:
        raise StoreProblem(f"{client.name} was never handed over.")

    def closed(client_id: int | None) -> None:
        if client_id is not None:
            window.open_client(client_id)

    window.host.push_screen(HandoverScreen(window.session, of_client[0].id), closed)


def hand_over(window: Window) -> None:
    """Ask to whom the client is given and why, under what is new since the last package, and send it."""
    session, client = window.session, _client(window)

    def to(staff_id: str | None) -> None:
        if staff_id is not None:
            _ask_note(window, client, int(staff_id))

    colleagues = naming.suggest(session, "staff", "", limit=500)
    others = [option for option in colleagues if option[0] != str(client.owner_id)]
    # The deputy knows the client already, so they come first.
    options = sorted(others, key=lambda option: option[0] != str(client.deputy_id))
    window.host.push_screen(Chooser(f"Hand {client.name} over to whom?", options, people=True), to)


def _ask_note(window: Window, client: Client, receiver_id: int) -> None:
    session = window.session
    whom = session.directory.name(receiver_id)
    new = news_of(session, client)
    shown = tuple(new[:_NEWS_SHOWN])
    if len(new) > _NEWS_SHOWN:
        shown += (f"… and {len(new) - _NEWS_SHOWN} more",)

    def do(typed: Values) -> str:
        send(session, client, receiver_id, typed["text"])
        return f"{client.name} waits for {whom}"

    question = Question(
        title=f"Hand {client.name} over to {whom}",
        fields=(FieldSpec("text", "what they must know first", "long_text"),),
        do=do,
        draft=f"hand over {client.id}",
        above=("New since the last package:", *shown) if shown else (),
    )
    window.host.push_screen(ActionBox(session, question), lambda said: window.say(said) if said else None)


def _client(window: Window) -> Client:
    if window.snapshot is None:
        raise StoreProblem("There is no client yet.")
    return window.snapshot.client
