"""One line being typed that becomes a request: what is chosen in it, its draft, and how long it takes."""

from __future__ import annotations

import contextlib

from onewindow.desk import drafting
from onewindow.desk.drafting import LINE, FormName
from onewindow.desk.intake import Intake, Registered, Understood, as_typed, register
from onewindow.desk.intake_preview import current, options
from onewindow.desk.session import Session
from onewindow.store import drafts
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem

_TEXT, _SECONDS = "text", "@seconds"
_CHOSEN = "@chosen "


class LineEntry:
    """What a person is typing into the line. It knows no face."""

    def __init__(self, session: Session, shown_id: int | None = None, text: str = "") -> None:
        """Begin on the client on the screen, or on none; an older draft goes on, unless a text is given."""
        self.session = session
        self.shown_id = shown_id
        self.form = FormName(LINE, shown_id).text
        self._intake = Intake(session, shown_id)
        self._opened = session.now()
        self._spent = 0
        self.choices: dict[str, str] = {}
        self.restored = ""
        """When the draft that goes on was typed, '' where there is none."""
        self.text = text
        draft = None if text else drafts.find(session.store, session.me.login, self.form)
        if draft is not None:
            self.text = draft.typed.get(_TEXT, "")
            self.restored = drafting.when(session, draft)
            self._spent = int(draft.typed.get(_SECONDS, "0"))
            self.choices = {
                name.removeprefix(_CHOSEN): value
                for name, value in draft.typed.items()
                if name.startswith(_CHOSEN)
            }

    @property
    def seconds(self) -> int:
        """How long the person has been typing, without the time in which the line lay aside."""
        return self._spent + max(0, int((self.session.now() - self._opened).total_seconds()))

    def understand(self, store: Store | None = None) -> Understood:
        """What the line says now; a thread gives its own store."""
        return self._intake.understand(self.text, dict(self.choices), store)

    def type(self, text: str) -> None:
        """Take another text; an empty one begins anew."""
        self.text = text
        if not text.strip():
            self.choices.clear()

    def turn(self, line: Understood, role: str, step: int) -> bool:
        """Read a part in its next or previous way; False where it has no other."""
        offered = [value for value, _ in options(self.session, line, role)]
        here = current(line, role)
        if not offered or offered == [here]:
            return False
        place = offered.index(here) + step if here in offered else 0
        self.choices[role] = offered[place % len(offered)]
        return True

    def forget(self) -> None:
        """Read clients and requests again, because something was changed."""
        self._intake.forget()

    def save(self, line: Understood) -> Registered:
        """Register the request and forget the draft. Raises StoreProblem; then nothing is stored."""
        made = register(self.session, line, self.seconds)
        with contextlib.suppress(StoreProblem):
            self.discard()
        return made

    def typed_fields(self, line: Understood) -> dict[str, str]:
        """What was understood, for the full form."""
        return as_typed(self.session, line)

    def keep(self) -> bool:
        """Keep the line as a draft, and tell whether there is anything to keep. Raises StoreProblem."""
        if not self.text.strip():
            self.discard()
            return False
        typed = {_TEXT: self.text, _SECONDS: str(self.seconds)}
        typed |= {_CHOSEN + role: value for role, value in self.choices.items()}
        drafts.keep(self.session.store, self.session.me.login, self.form, typed, self.session.now_text())
        return True

    def discard(self) -> None:
        """Forget the draft, if there is one."""
        drafts.drop(self.session.store, self.session.me.login, self.form)
