"""One line being typed that becomes a request: what is chosen in it, its draft, and how long it takes."""

from __future__ import annotations

import contextlib

from onewindow.desk.editing import drafting
from onewindow.desk.editing.drafting import LINE, FormName, waiting
from onewindow.desk.editing.entries import Carried
from onewindow.desk.editing.held_draft import HeldDraft, unkept_of
from onewindow.desk.requests.intake import Intake, ParsedLine
from onewindow.desk.requests.intake_preview import current, options
from onewindow.desk.requests.registering import Registered, as_typed, register, request_of
from onewindow.desk.session.context import Session
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft

_TEXT, _SECONDS, _DETAILS = "text", "@seconds", "@details"
_CHOSEN = "@chosen "


class LineEntry:
    """What a person is typing into the line. It knows no face."""

    def __init__(
        self,
        session: Session,
        shown_id: int | None = None,
        text: str = "",
        *,
        draft: Draft | None = None,
        is_fresh: bool = False,
    ) -> None:
        """Begin on the client on the screen, or on none; an older draft, or the one given, goes on.

        With `is_fresh` an older draft is left alone.

        A `text` that was typed elsewhere stands before an older draft, which is left alone then.
        """
        self.session = session
        self.shown_id = shown_id
        self.form = FormName(LINE, shown_id).text
        self._intake = Intake(session, shown_id)
        self._opened = session.now()
        self._spent = 0
        self.choices: dict[str, str] = {}
        self.restored = ""
        """When the draft that goes on was typed, '' where there is none."""
        goes_on = not (text or is_fresh)
        older = draft or (unkept_of(session, self.form) if goes_on else None)
        if older is None and goes_on:
            older = draft_of_line(session, shown_id)
        if older is not None and goes_on_in_form(older):
            older = None
        self._draft = HeldDraft(session, self.form, draft=older, is_new=older is None)
        self.text, _, self.details = text.strip("\n").partition("\n")
        """The line, and the further lines of a text that was pasted: the details of the request."""
        self._was_typed = bool(text.strip())
        kept = self._draft.typed
        if kept:
            self.text = kept.get(drafting.IN_LINE, kept.get(_TEXT, ""))
            self.details = kept.get(_DETAILS, "")
            self.restored = self._draft.restored
            self._spent = int(kept.get(_SECONDS, "0"))
            self._was_typed = True
            self.choices = {
                name.removeprefix(_CHOSEN): value for name, value in kept.items() if name.startswith(_CHOSEN)
            }

    @property
    def kept(self) -> Draft | None:
        """The draft of this place as it is kept now, None where nothing is."""
        return self._draft.kept

    @property
    def seconds(self) -> int:
        """How long the person has been typing, without the time in which the line lay aside."""
        return self._spent + max(0, int((self.session.now() - self._opened).total_seconds()))

    def understand(self, store: Store | None = None) -> ParsedLine:
        """What the line says now; a thread gives its own store."""
        return self._intake.understand(self.text, dict(self.choices), store)

    def type(self, text: str) -> None:
        """Take another text; an empty one begins again."""
        self.text = text
        if not text.strip():
            self.choices.clear()

    def turn(self, line: ParsedLine, role: str, step: int) -> bool:
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

    def add_details(self, text: str) -> None:
        """Take further lines of a text, behind those that are there."""
        self.details = "\n".join(part for part in (self.details, text) if part)

    def save(self, line: ParsedLine) -> Registered:
        """Register the request and forget the draft. Raises StoreProblem; then nothing is stored."""
        details = self._all_details(line)
        made = register(self.session, line, self.seconds, {"text": details} if details else None)
        # The request is stored: a draft that cannot be thrown away now must not read as a failure.
        with contextlib.suppress(StoreProblem):
            self._draft.done()
        return made

    def carried(self, line: ParsedLine) -> Carried:
        """What was understood, for the full form, which goes on with the same draft. Raises StoreProblem."""
        self.keep()
        fields = as_typed(self.session, line)
        fields["text"] = self._all_details(line)
        said = {drafting.IN_LINE: self.text, _SECONDS: str(self.seconds)}
        said |= {_DETAILS: self.details} if self.details else {}
        said |= {_CHOSEN + role: value for role, value in self.choices.items()}
        return Carried(fields, self._draft, said, self.seconds)

    def keep(self) -> bool:
        """Keep the line as a draft, and tell whether there is anything to keep. Raises StoreProblem.

        An empty line is no draft, and never stands in place of one.
        """
        if not (self.text.strip() or self.details):
            return False
        typed = {_TEXT: self.text, **({_DETAILS: self.details} if self.details else {})}
        typed |= {_CHOSEN + role: value for role, value in self.choices.items()}
        # Time goes by with every look: seconds alone are no reason to write the draft again.
        before = {name: text for name, text in self._draft.typed.items() if name != _SECONDS}
        if typed != before:
            self._draft.keep(typed | {_SECONDS: str(self.seconds)}, self.form)
        self._was_typed = True
        return True

    def leave(self) -> bool:
        """Keep the line for another time; one emptied by hand is thrown away. Raises StoreProblem."""
        if self.keep():
            return True
        if self._was_typed:
            self._draft.throw_away()
        return False

    def discard(self) -> bool:
        """Throw the draft away, if there is one; undo brings it back."""
        return self._draft.throw_away()

    def _all_details(self, line: ParsedLine) -> str:
        """The details of the request: what was too long for a title, and the lines that were pasted."""
        return "\n".join(part for part in (request_of(line).text, self.details) if part)


def kept_line(session: Session, client_id: int | None, text: str) -> HeldDraft:
    """A text kept as a draft of a client's new request, as if it had been typed. Raises StoreProblem."""
    title, _, details = text.partition("\n")
    draft = HeldDraft(session, FormName(LINE, client_id).text, is_new=True)
    draft.keep({_TEXT: title, **({_DETAILS: details} if details else {})})
    return draft


def draft_of_line(session: Session, client_id: int | None) -> Draft | None:
    """The newest draft of a new request of a client, typed into the line or into the whole form, or None."""
    names = FormName(LINE, client_id).text, FormName("request", client_id).text
    return next(iter(waiting(session, names)), None)


def goes_on_in_form(draft: Draft) -> bool:
    """Whether a draft of a new request says more than a line can: its whole form goes on with it."""
    name = drafting.parse(draft.form)
    return drafting.EDITED in draft.typed or name is None or name.kind != LINE
