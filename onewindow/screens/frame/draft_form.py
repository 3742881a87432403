"""A box with a form whose texts are a draft until it is answered: what every question to a person shares."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import ClassVar, Protocol, runtime_checkable

from onewindow.desk.editing.drafting import PLACE, TITLE
from onewindow.desk.editing.held_draft import HeldDraft
from onewindow.desk.session.context import Session
from onewindow.screens.frame.box import Box, app_of, say_behind, say_thrown, say_unkept, session_of
from onewindow.screens.frame.draft_offer import DraftOffer
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.form import Form
from onewindow.widgets.form_fields import NO


@runtime_checkable
class KnowsTheWay(Protocol):
    """A program that can tell how one came to what is on its screen, and go there again."""

    def way_here(self) -> dict[str, str]:
        """The client, the place in the window, and the actions that led on from there."""
        ...


class KeptForm(Box[str | None]):
    """A subclass gives `form`, the texts it begins with and the draft's name; it says when it is `done`."""

    # Saving and leaving are the form's; here they serve a key that comes before the form has the focus.
    BINDINGS = bindings_of(
        {
            "form.discard": "discard",
            "form.draft": "older_draft",
            "form.save": "save",
            "form.cancel": "cancel",
        }
    )
    scope: ClassVar[str] = "form"
    form: Form

    def __init__(self) -> None:
        """Begin without a draft; it is found when the box opens."""
        super().__init__()
        self._draft: HeldDraft | None = None
        self._offer = DraftOffer(self)
        self._finished = False
        self._place = ""

    @property
    def draft_name(self) -> str:
        """The name under which what is typed is kept: one for each question about each thing."""
        return f"ask {self.title_text}"

    def first_texts(self) -> Mapping[str, str]:
        """What the fields begin with."""
        return {}

    def take_draft(self, session: Session) -> dict[str, str]:
        """Find the draft that goes on here and give its texts. Raises StoreProblem."""
        self._draft = HeldDraft(session, self.draft_name)
        return {name: text for name, text in self._draft.typed.items() if not name.startswith("@")}

    @property
    def goes_on(self) -> bool:
        """Whether an older draft goes on here."""
        return self._draft is not None and bool(self._draft.restored)

    def on_mount(self) -> None:
        """Go on with an older draft."""
        session = session_of(self)
        if self._draft is None and session is not None:
            with contextlib.suppress(StoreProblem):
                self.form.set_values(self.take_draft(session))
        if self._draft is not None and self._draft.restored:
            if not self._offer.goes_on:
                self.form.offer(self.first_texts())
            self.say(self._offer.message(self.form, self._draft.restored))

    def go_on(self) -> None:
        """Go on with the draft: it was asked for."""
        self._offer.go_on(self.form)

    def on_form_started_again(self) -> None:
        """Leave the draft that was typed over as it is, and begin another."""
        if self._draft is not None:
            older = self._draft
            self._draft = HeldDraft(older.session, self.draft_name, is_new=True)
            self._offer.type_over(older.kept, older.restored)

    def action_older_draft(self) -> None:
        """Go on with the draft that was typed over; what was typed since stays a draft too."""
        if not self._offer.go_back(self._kept, self._take) or self._draft is None:
            return
        texts = {name: text for name, text in self._draft.typed.items() if not name.startswith("@")}
        self.form.set_values(dict.fromkeys(self.form.values(), "") | dict(self.first_texts()) | texts)

    def _kept(self) -> Draft | None:
        self.keep(self.form.values())
        return self._draft.kept if self._draft is not None else None

    def _take(self, draft: Draft) -> str:
        if self._draft is None:
            return ""
        self._draft = HeldDraft(self._draft.session, self.draft_name, draft=draft)
        return self._draft.restored

    def works(self, action_id: str) -> bool:
        """More fields are offered only while there are some, an older draft once one was typed over."""
        if action_id == "form.draft":
            return self._offer.typed_over is not None
        return super().works(action_id) and (action_id != "form.more" or self.form.is_folded)

    def on_form_edited(self, message: Form.Edited) -> None:
        """Keep the draft, unless the question is answered already."""
        with contextlib.suppress(StoreProblem):
            self.keep(message.values)

    def on_form_unfolded(self) -> None:
        """There are no more fields to offer."""
        self.show_hints()

    def on_form_nothing_folded(self) -> None:
        """Say why nothing moved."""
        self.say("All fields of this form are shown.")

    def on_form_cancelled(self, message: Form.Cancelled) -> None:
        """Leave; what was typed stays a draft."""
        try:
            if self.keep(message.values):
                say_behind(self, "Draft kept: the same key goes on with it.")
            elif self._draft is not None:
                self._draft.throw_away()
        except StoreProblem as problem:
            say_unkept(self, problem)
        self._finished = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Keep the draft of a box that was closed with the whole program."""
        with contextlib.suppress(StoreProblem):
            self.keep(self.form.values())

    def action_save(self) -> None:
        """Do it."""
        self.form.action_save()

    def action_cancel(self) -> None:
        """Leave."""
        self.form.action_cancel()

    def action_discard(self) -> None:
        """Throw away what was typed, and close; undo brings the draft back."""
        try:
            self.keep(self.form.values())
            thrown = self._draft is not None and self._draft.throw_away()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._finished = True
        say_thrown(self, thrown)
        self.dismiss(None)

    def done(self, result: str) -> None:
        """Forget the draft and close: what was asked is answered."""
        self._finished = True
        if self._draft is not None:
            with contextlib.suppress(StoreProblem):
                self._draft.done()
        self.dismiss(result)

    def keep(self, values: Mapping[str, str]) -> bool:
        """Keep what was typed, and tell whether there is anything to keep. Raises StoreProblem."""
        if self._finished or self._draft is None:
            return False
        start = self.first_texts()
        flags = self.form.flags
        typed = {
            name: text
            for name, text in values.items()
            if text.strip() and text != start.get(name, NO if name in flags else "")
        }
        if not typed:
            return False
        if typed != {n: text for n, text in self._draft.typed.items() if not n.startswith("@")}:
            self._draft.keep(typed | {TITLE: self.title_text, PLACE: self._way_here()})
        return True

    def _way_here(self) -> str:
        app: object = app_of(self)
        if not self._place and self.is_mounted and isinstance(app, KnowsTheWay):
            self._place = json.dumps(app.way_here(), ensure_ascii=False)
        return self._place
