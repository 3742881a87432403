"""Which client the window begins with: the one that somebody had open last."""

from __future__ import annotations

from onewindow.desk.clients.client_lists import ClientLists
from onewindow.desk.session.context import PROGRAM, Session
from onewindow.store import changes
from onewindow.store.clients import cards as clients
from onewindow.store.people import organization


def last_client(session: Session) -> int | None:
    """The id of the client whom this person saw last, if still in daily view."""
    seen = organization.setting(session.store, setting_name(session.me.login))
    return int(seen) if seen is not None and clients.is_listed(session.store, int(seen)) else None


def first_client(session: Session) -> int | None:
    """The client to show at the start: the last one seen, else the first of my own, else any."""
    seen = last_client(session)
    if seen is not None:
        return seen
    source = ClientLists(session).source()
    first = source.rows(0, 1) if source.count else ()
    return first[0].key if first and isinstance(first[0].key, int) else None


def remember_client(session: Session, client_id: int) -> None:
    """Keep the client whom this person sees now; it is no change of anybody's data and not undone."""
    if organization.setting(session.store, setting_name(session.me.login)) == str(client_id):
        return
    changes.write(
        session.store,
        lambda transaction: organization.set_setting(
            transaction, setting_name(session.me.login), str(client_id)
        ),
        actor=PROGRAM,
        at=session.now_text(),
        label="last client seen",
    )


def setting_name(login: str) -> str:
    """The shared setting that keeps the client whom a person saw last."""
    return f"last_client:{login}"
