"""A call being typed: what is known of the caller, the script and its marks, the outcome and its draft."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from onewindow.desk.editing.drafting import CALL, FormName
from onewindow.desk.editing.held_draft import HeldDraft
from onewindow.desk.meetings.caller import person_meant
from onewindow.desk.meetings.calls import Called, Mark, heard_department, last_mood, record_call
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates import scripts
from onewindow.desk.templates.scripts import Followed
from onewindow.desk.window.panels import promises
from onewindow.desk.window.panels.promises import how_it_stands
from onewindow.desk.window.panels.requests import lateness_in
from onewindow.desk.window.panels.when import when
from onewindow.desk.window.snapshot import ClientSnapshot, load_snapshot
from onewindow.records.clients import Contact
from onewindow.records.messages import Script, ScriptMarkState
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft

Fact = tuple[str, str, bool]
"""A label, a text, and whether it presses."""

_MARK = "@mark "
_DIFFICULT = "@difficult"
_SECONDS = "@seconds"
_SHOWN = 4
"""So many of the things that the client said before; of what is open all are told."""


class CallEntry:
    """What a person hears and types in one call. It knows no face."""

    def __init__(
        self,
        session: Session,
        client_id: int,
        draft: Draft | None = None,
        *,
        found_by: str = "",
        is_fresh: bool = False,
    ) -> None:
        """Begin a call with a client; an older draft, or the one given, goes on. Raises NotFound.

        `found_by` is the number, mail or name that led to the client: whose it is, is on the telephone. With
        `is_fresh` an older draft is left alone.
        """
        self.session = session
        self.snapshot: ClientSnapshot = load_snapshot(session, client_id)
        self.form = FormName(CALL, client_id).text
        self._opened = session.now()
        self._spent = 0
        self.is_difficult = False
        self.marks: dict[int, Mark] = {}
        self.restored = ""
        person = person_meant(self.snapshot.contacts, found_by) or self.snapshot.main_contact
        self.start = {
            "contact_id": str(person.id) if person else "",
            "direction": "in",
            "feedback_kind": "wish",
        }
        self.start["needs_lead"] = "no"
        self.first = dict(self.start)
        self._draft = HeldDraft(session, self.form, draft=draft, is_new=is_fresh)
        kept = self._draft.typed
        if kept:
            self.restored = self._draft.restored
            self._spent = int(kept.get(_SECONDS, "0"))
            self.is_difficult = _DIFFICULT in kept
            self.first |= {n: text for n, text in kept.items() if not n.startswith("@")}
        self._followed: dict[tuple[int, int], Followed] = {}
        self.script: Script | None = self._fitting()
        self._take_marks(kept)

    @property
    def kept(self) -> Draft | None:
        """The draft of this place as it is kept now, None where nothing is."""
        return self._draft.kept

    @property
    def title(self) -> str:
        """Whose call it is."""
        return f"call with {self.snapshot.client.name}"

    @property
    def seconds(self) -> int:
        """How long the call has been on the screen, without the time in which it lay aside."""
        return self._spent + max(0, int((self.session.now() - self._opened).total_seconds()))

    def contact(self, values: Mapping[str, str]) -> Contact | None:
        """The person on the telephone."""
        chosen = values.get("contact_id", "")
        return next((c for c in self.snapshot.contacts if str(c.id) == chosen), None)

    def caller(self, values: Mapping[str, str]) -> list[Fact]:
        """How to speak with them: form of address, manner, mood of the last time."""
        person = self.contact(values)
        if person is None:
            return [("who", "nobody is named yet", False)]
        lines: list[Fact] = [("say", person.address_as or person.name, False)]
        if person.manner:
            lines.append(("manner", person.manner, False))
        mood = last_mood(self.snapshot.touches, person) or last_mood(self.snapshot.touches, None)
        if mood is not None:
            moment = when(self.session, self.snapshot)
            lines.append(("last time", f"{mood.mood}, {moment.day_of(mood.at)}", mood.mood == "angry"))
        return lines

    def known(self) -> list[Fact]:
        """What they need not be asked again: open requests, promises, what they said before."""
        moment = when(self.session, self.snapshot)
        lines: list[Fact] = []
        for request in sorted(self.snapshot.requests, key=lambda r: r.due_at or "~"):
            stands = lateness_in(self.session, self.snapshot, request)
            late = stands is not None and stands.is_late
            lines.append(("open", f"{naming.title_of(request)}, {moment.lateness(stands)}", late))
        lines += [
            ("promise", f"{promise.text}, {how_it_stands(moment, promise)}", False)
            for promise in promises.in_order(moment, self.snapshot.promises)
            if promises.is_current(moment, promise)
        ]
        said = [touch for touch in self.snapshot.touches if touch.need or touch.fact]
        lines += [
            ("said", f"{moment.day_of(touch.at)} {'; '.join(filter(None, (touch.need, touch.fact)))}", False)
            for touch in said[:_SHOWN]
        ]
        lines += [("", f"+ {len(said) - _SHOWN} more in the timeline", False)] if said[_SHOWN:] else []
        lines += [
            ("answer", f"{answer.metric} {answer.score}/{answer.scale_max} {answer.comment}", False)
            for answer in self.snapshot.answers[:1]
        ]
        return lines

    def steps(self, values: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
        """State ('', done, skipped), title and words of every step, the words for who is on the telephone."""
        followed = self._follow(self.contact(self.first if values is None else values))
        states = {step_id: mark.state for step_id, mark in self.marks.items()}
        return [
            (states.get(step.step.id, ""), step.step.title, step.words)
            for step in (followed.steps if followed else ())
        ]

    def mark(self, state: ScriptMarkState, note: str = "") -> bool:
        """Mark the next step of the script; False when there is none left. Raises StoreProblem.

        A step that must not be skipped is skipped only with a reason.
        """
        followed = self._follow(self.contact(self.first))
        ahead = [step.step for step in followed.steps if step.step.id not in self.marks] if followed else []
        if not ahead:
            return False
        scripts.validate_skip(ahead[0], state, note)
        self.marks[ahead[0].id] = Mark(ahead[0], state, note)
        return True

    def turn_difficult(self) -> None:
        """Take the script for an angry caller, or go back to the usual one."""
        self.is_difficult = not self.is_difficult
        self.script = self._fitting()

    def heard(self, values: Mapping[str, str]) -> str:
        """What the words propose: 'a debt: finance answers it' or ''."""
        department = heard_department(values)
        if not department or values.get("hand_off"):
            return ""
        return f"{'a lead' if department == 'sales' else 'a debt'} is heard: hand it off to {department}?"

    def save(self, values: Mapping[str, str]) -> Called:
        """Store the outcome and forget the draft; raises FieldProblems or StoreProblem and stores nothing."""
        typed = dict(values)
        if not typed.get("minutes", "").strip():
            typed["minutes"] = str(max(1, round(self.seconds / 60)))
        called = record_call(
            self.session, self.snapshot.client, typed, list(self.marks.values()), self.seconds
        )
        with contextlib.suppress(StoreProblem):
            self._draft.done()
        return called

    def keep(self, values: Mapping[str, str]) -> bool:
        """Keep what differs from the beginning as a draft, if there is any. Raises StoreProblem."""
        typed = {n: text for n, text in values.items() if text != self.start.get(n, "")}
        typed |= {f"{_MARK}{step_id}": f"{m.state} {m.note}" for step_id, m in self.marks.items()}
        if self.is_difficult:
            typed[_DIFFICULT] = "yes"
        if not typed:
            return False
        if typed != {n: text for n, text in self._draft.typed.items() if n != _SECONDS}:
            self._draft.keep(typed | {_SECONDS: str(self.seconds)})
        return True

    def leave(self, values: Mapping[str, str]) -> bool:
        """Keep the draft for another time; one emptied by hand is thrown away. Raises StoreProblem."""
        if self.keep(values):
            return True
        self._draft.throw_away()
        return False

    def discard(self) -> bool:
        """Throw the draft away, if there is one; undo brings it back."""
        return self._draft.throw_away()

    def _fitting(self) -> Script | None:
        """The script for the moment: one for an angry caller, else the best of the others."""
        fitting_scripts = scripts.for_call(self.session, self.snapshot.client, self.snapshot.main_contact)
        return next(
            (script for script in fitting_scripts if (script.moment == "difficult") == self.is_difficult),
            None,
        )

    def _follow(self, contact: Contact | None) -> Followed | None:
        """The script with its words for a person; filled once for each of them."""
        if self.script is None:
            return None
        key = self.script.id, contact.id if contact else 0
        # Filling a script reads the card: once for each person is enough.
        if key not in self._followed:
            self._followed[key] = scripts.followed(
                self.session, self.script, self.snapshot.client, contact=contact
            )
        return self._followed[key]

    def _take_marks(self, typed: Mapping[str, str]) -> None:
        followed = self._follow(self.contact(self.first))
        for step in (state.step for state in followed.steps) if followed else ():
            state, _, note = typed.get(f"{_MARK}{step.id}", "").partition(" ")
            if state == "done":
                self.marks[step.id] = Mark(step, "done", note)
            elif state == "skipped":
                self.marks[step.id] = Mark(step, "skipped", note)
