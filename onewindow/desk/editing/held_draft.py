"""What is being typed into one place of this window: found, kept while one types, thrown away, done with.

Every place where one types has one: the line, each form, each question, a call.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from onewindow.desk.editing.drafting import waiting, when
from onewindow.desk.session.context import Session
from onewindow.store.problems import StoreProblem
from onewindow.store.session import drafts
from onewindow.store.session.drafts import Draft
from onewindow.text.dates import utc_text


class HeldDraft:
    """The draft of one place, whether or not there is something in it already."""

    def __init__(
        self, session: Session, form: str, *, draft: Draft | None = None, is_new: bool = False
    ) -> None:
        """Go on with a draft, else with the newest of this name that no other window holds, unless `is_new`.

        What could not be written before comes first of all, and is tried again. Raises StoreProblem.
        """
        self.session = session
        self.form = form
        self._id: int | None = None
        self.typed: dict[str, str] = {}
        """What was kept last."""
        self.restored = ""
        """When the draft that goes on was typed, '' where there is none."""
        self.kept: Draft | None = None
        """What is kept of this place now, to be gone on with later; None where nothing is."""
        self._unkept: Draft | None = None
        """What is typed here and could not be written."""
        unkept = draft if draft in session.unkept else None if draft or is_new else unkept_of(session, form)
        if unkept is not None:
            self._go_on_unkept(unkept)
            return
        for kept in (draft,) if draft else () if is_new else waiting(session, [form]):
            window = session.window
            if kept.holder == window.name or drafts.take_over(
                session.store, kept, window.name, session.now_text()
            ):
                self.form, self._id, self.typed = kept.form, kept.id, dict(kept.typed)
                self.restored = when(session, kept)
                self.kept = replace(kept, holder=window.name)
                if draft is not None:
                    self._come_first()
                break

    def _go_on_unkept(self, unkept: Draft) -> None:
        self.form, self._id, self.typed = unkept.form, unkept.id or None, dict(unkept.typed)
        self.restored = when(self.session, unkept)
        self.kept = self._unkept = unkept
        with contextlib.suppress(StoreProblem):
            self.keep(unkept.typed)

    def _come_first(self) -> None:
        """Whoever goes on with a draft and leaves it finds that one again, not one typed after it."""
        session = self.session
        if self._id is not None and any(other.id > self._id for other in waiting(session)):
            at = utc_text(session.now() + timedelta(seconds=1))
            drafts.come_first(session.store, self._id, at)

    def keep(self, typed: Mapping[str, str], form: str = "") -> None:
        """Keep these texts, on the disk when this returns; under another name from now on if one is given.

        Raises StoreProblem; then they are kept for as long as this window lives.
        """
        name = form or self.form
        if dict(typed) == self.typed and name == self.form and self._unkept is None:
            return
        session = self.session
        holder, at = session.window.name, session.now_text()
        try:
            self._id = drafts.keep(session.store, self._id, session.me.login, name, typed, holder, at)
        except StoreProblem:
            self._let_go()
            self._unkept = self.kept = Draft(self._id or 0, name, dict(typed), at, holder)
            session.unkept.append(self._unkept)
            raise
        self._let_go()
        self.typed, self.form = dict(typed), name
        self.kept = Draft(self._id, name, dict(typed), at, holder)

    def throw_away(self) -> bool:
        """Take what was kept out of sight, until undo brings it back; False if nothing was kept.

        Raises StoreProblem.
        """
        if self._id is None:
            was_unkept = self._unkept is not None
            self._forget()
            return was_unkept
        drafts.throw_away(self.session.store, self.session.me.login, self._id)
        self._forget()
        return True

    def done(self) -> None:
        """Forget what was kept for good, because it is saved. Raises StoreProblem."""
        if self._id is not None:
            drafts.drop(self.session.store, self._id)
        self._forget()

    def _let_go(self) -> None:
        """Have nothing more in the memory only."""
        unkept, self._unkept = self._unkept, None
        self.session.unkept = [other for other in self.session.unkept if other is not unkept]

    def _forget(self) -> None:
        self._let_go()
        self._id, self.typed, self.restored, self.kept = None, {}, "", None


def unkept_of(session: Session, form: str) -> Draft | None:
    """What was typed last under this name and could not be written, None for nothing."""
    return next((draft for draft in reversed(session.unkept) if draft.form == form), None)


def lost_texts(session: Session) -> list[str]:
    """What is lost when this window ends, because it still cannot be written: each text whole."""
    for draft in list(session.unkept):
        HeldDraft(session, draft.form, draft=draft)
    said = [
        [text for name, text in draft.typed.items() if not name.startswith("@") and text.strip()]
        for draft in session.unkept
    ]
    return ["\n".join(texts) for texts in said if texts]


def last_thrown(session: Session) -> Draft | None:
    """The draft that was thrown away last, in this window or in one that is gone, or None."""
    return session.thrown_since(0)


def bring_back(session: Session, draft: Draft) -> None:
    """Let a draft that was thrown away be gone on with in this window. Raises StoreProblem."""
    drafts.bring_back(session.store, draft.id, session.window.name, session.now_text())
