"""Work that waits because the telephone rang: put aside, listed, and gone on with, the newest first."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.store.problems import StoreProblem
from onewindow.store.session import interruptions
from onewindow.store.session.interruptions import Interruption

__all__ = ["Interruption", "done", "push", "summary", "take_over", "waiting"]
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
    holder = session.window.name
    interruptions.push(session.store, login, client_id, place or {}, form, title, at, holder)
    return len(waiting(session))


def waiting(session: Session) -> list[Interruption]:
    """What waits for this person and is no other open window's, the newest last."""
    notices = interruptions.waiting(session.store, session.me.login)
    return [work for work in notices if session.window.may_take(work.holder, work.held_at, session.now())]


def take_over(session: Session, work: Interruption) -> None:
    """Go on with a piece of work in this window; raises StoreProblem if another window took it first."""
    name, at = session.window.name, session.now_text()
    mine = work.holder == name or interruptions.take_over(session.store, session.me.login, work, name, at)
    if not mine:
        raise StoreProblem("Another window of yours has gone on with that work.")


def done(session: Session, work: Interruption) -> None:
    """Take a piece of work off the stack, because it is gone on with."""
    interruptions.drop(session.store, session.me.login, work.position)


def summary(session: Session) -> str:
    """How many pieces wait and the newest of them, '' for none: '2 waiting, last Ромашка R-1042 отчёт'."""
    notices = waiting(session)
    what = ", last " if len(notices) > 1 else ": "
    return f"{len(notices)} waiting{what}{notices[-1].title}" if notices else ""
