"""Work that waits because the telephone rang: put aside, listed, and gone on with, the newest first."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk import naming
from onewindow.desk.session import Session
from onewindow.store import interruptions
from onewindow.store.interruptions import Interruption

__all__ = ["Interruption", "done", "push", "summary", "waiting"]
_TITLE = 80


def push(
    session: Session,
    client_id: int | None,
    what: str,
    place: Mapping[str, str] | None = None,
    form: str = "",
    *,
    named: int | None = None,
) -> int:
    """Put the current work aside; gives how many pieces wait now. Raises StoreProblem if it cannot be kept.

    `what` says what it was about, `place` is for whoever goes on with it, `form` names the open draft. The
    work is gone on with at the client `client_id`, and called after the client `named` where that is another.
    """
    client = naming.label(session, "client", named or client_id)
    title = " ".join(f"{client} {what}".split())[:_TITLE]
    login, at = session.me.login, session.now_text()
    return interruptions.push(session.store, login, client_id, place or {}, form, title, at)


def waiting(session: Session) -> list[Interruption]:
    """What waits for this person, the newest last."""
    return interruptions.waiting(session.store, session.me.login)


def done(session: Session, work: Interruption) -> None:
    """Take a piece of work off the stack, because it is gone on with."""
    interruptions.drop(session.store, session.me.login, work.position)


def summary(session: Session) -> str:
    """How many pieces wait and the newest of them, '' for none: '2 waiting: Ромашка R-1042 отчёт'."""
    found = waiting(session)
    return f"{len(found)} waiting: {found[-1].title}" if found else ""
