"""A call: who is on the telephone, the script, what they need not be asked again, and the outcome."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from onewindow.desk.meetings.call_entry import CallEntry, Fact
from onewindow.desk.meetings.calls import DEPARTMENTS, FIELDS, MORE_FIELDS, Called, described
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.messages import ScriptMarkState
from onewindow.screens.frame.box import Box, open_over, say_behind, say_thrown, say_unkept
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.frame.draft_offer import DraftOffer
from onewindow.screens.frame.suspending import Held
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form
from onewindow.widgets.text_lines import TextLine, TextLines

_NARROW = 100
_LABELS = {
    "contact_id": "who calls",
    "request": "request",
    "hand_off": "hand off to",
    "feedback": "feedback, their words",
    "feedback_kind": "kind of feedback",
    "opportunity": "they may need",
    "amount": "for how much",
    "direction": "who rang",
}
_HELP = {
    "request": "What they ask for, in one line: !high, @colleague, #kind, by fri. Empty: no request.",
    "hand_off": "A lead goes to sales, a debt to finance; the client is told who answers.",
    "minutes": "Empty: the time that this screen was open.",
    "needs_lead": "The request waits for a lead's eyes too.",
}


class CallScreen(Box[Called | None]):
    """Gives back what came of the call, or None when the person left; what they typed then stays a draft."""

    DEFAULT_CSS = """
    CallScreen > Vertical { width: 100%; max-width: 150; height: 100%; }
    CallScreen #call { layout: horizontal; height: 1fr; }
    CallScreen #call > TextLines { width: 1fr; height: 100%; padding: 0 1; }
    CallScreen #call > Form { width: 1fr; height: 100%; padding: 0 1 0 0; }
    CallScreen.-narrow #call { layout: vertical; }
    CallScreen.-narrow #call > TextLines { width: 100%; height: 10; }
    CallScreen.-narrow #call > Form { width: 100%; height: 1fr; }
    """
    BINDINGS = bindings_of(
        {
            "call.done": "mark_done",
            "call.skip": "skip",
            "call.difficult": "difficult",
            "form.discard": "discard",
            "form.draft": "older_draft",
            "call.up": "scroll_known(-1)",
            "call.down": "scroll_known(1)",
        }
    )
    scope: ClassVar[str] = "call"

    def __init__(
        self, session: Session, client_id: int, draft: Draft | None = None, *, found_by: str = ""
    ) -> None:
        """Take a call of a client, or go on with the draft of one. Raises NotFound if the client is gone.

        `found_by` is the number, mail or name that led to the client.
        """
        super().__init__()
        self._session = session
        self._found_by = found_by
        self._entry = CallEntry(session, client_id, draft, found_by=found_by)
        self._client_id = client_id
        self._offer = DraftOffer(self)
        self._finished = False
        self.lines = TextLines()
        self.lines.says_more = True
        self.lines.can_focus = False
        specs = [self._spec(name, later=name in MORE_FIELDS[4:]) for name in (*FIELDS, *MORE_FIELDS)]
        self.form = Form(specs, self._entry.first, focus="need")

    @property
    def title_text(self) -> str:
        """Whose call it is."""
        return self._entry.title

    def contents(self) -> ComposeResult:
        """What is known beside what is heard."""
        with Container(id="call"):
            yield self.lines
            yield self.form

    def on_mount(self) -> None:
        """Show what is known."""
        self._show()
        if self._entry.restored:
            if not self._offer.goes_on:
                self.form.offer(self._entry.start)
            self.say(self._offer.message(self.form, self._entry.restored))

    def go_on(self) -> None:
        """Go on with the draft: it was asked for."""
        self._offer.go_on(self.form)

    def on_form_started_again(self) -> None:
        """Leave the draft that was typed over as it is, and begin another."""
        older, restored = self._entry.kept, self._entry.restored
        self._entry = CallEntry(self._session, self._client_id, found_by=self._found_by, is_fresh=True)
        self._show()
        self._offer.type_over(older, restored)

    def action_older_draft(self) -> None:
        """Go on with the draft that was typed over; what was typed since stays a draft too."""
        if self._offer.go_back(self._kept, self._take):
            self.form.set_values(dict.fromkeys(self.form.values(), "") | self._entry.first)
            self._show()

    def _kept(self) -> Draft | None:
        self._entry.keep(self.form.values())
        return self._entry.kept

    def _take(self, draft: Draft) -> str:
        self._entry = CallEntry(self._session, self._client_id, draft)
        return self._entry.restored

    def on_resize(self) -> None:
        """Stand one above the other in a narrow terminal."""
        self.set_class(self.size.width < _NARROW, "-narrow")

    def on_unmount(self) -> None:
        """Keep the draft of a call that was closed with the whole program."""
        if not self._finished:
            with contextlib.suppress(StoreProblem):
                self._entry.keep(self.form.values())

    def on_form_edited(self, message: Form.Edited) -> None:
        """Keep the draft, and say what the words propose."""
        if not self._finished:
            with contextlib.suppress(StoreProblem):
                self._entry.keep(message.values)
        self._show()

    def on_form_unfolded(self) -> None:
        """There are no more fields to offer."""
        self.show_hints()

    def on_form_nothing_folded(self) -> None:
        """Say why nothing moved."""
        self.say("All fields of this form are shown.")

    def works(self, action_id: str) -> bool:
        """More fields are offered only while there are some, an older draft once one was typed over."""
        if action_id == "form.draft":
            return self._offer.typed_over is not None
        return super().works(action_id) and (action_id != "form.more" or self.form.is_folded)

    def on_form_submitted(self, message: Form.Submitted) -> None:
        """Save the touch, and the request, feedback and opportunity with it."""
        try:
            called = self._entry.save(message.values)
        except FieldProblems as problems:
            self.form.set_errors(problems.errors)
            others = [told for name, told in problems.errors.items() if name not in (*FIELDS, *MORE_FIELDS)]
            self.say("; ".join(others) or "Not saved yet: see the marked fields.", warning=True)
        except StoreProblem as problem:
            self.form.set_errors({})
            self.say(str(problem), warning=True)
        else:
            self._finished = True
            self.dismiss(called)

    def on_form_cancelled(self, message: Form.Cancelled) -> None:
        """Leave; what was typed stays a draft."""
        try:
            if self._entry.leave(message.values):
                say_behind(self, "Draft kept: the call goes on with it.")
        except StoreProblem as problem:
            say_unkept(self, problem)
        self._finished = True
        self.dismiss(None)

    def action_mark_done(self) -> None:
        """Tick the next step of the script."""
        self._mark("done")

    def action_skip(self) -> None:
        """Skip the next step, and ask why."""

        def answered(why: str | None) -> None:
            if why is not None:
                self._mark("skipped", why)

        open_over(self, Prompt("Skip this step", "why"), answered)

    def action_difficult(self) -> None:
        """The caller is angry: take the script that calms, and let a lead look; once more goes back."""
        self._entry.turn_difficult()
        values = self.form.values()
        if self._entry.is_difficult:
            mood = values.get("mood") or "angry"
            self.form.set_values({"mood": mood, "needs_lead": "yes"})
        else:
            self.form.set_values({"needs_lead": "no"})
        self._show()

    def action_scroll_known(self, step: int) -> None:
        """Scroll what is known by a page."""
        if step < 0:
            self.lines.action_page_up()
        else:
            self.lines.action_page_down()

    def action_discard(self) -> None:
        """Throw away what was typed, and close; undo brings the draft back."""
        try:
            self._entry.keep(self.form.values())
            thrown = self._entry.discard()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._finished = True
        say_thrown(self, thrown)
        self.dismiss(None)

    def hold(self) -> Held:
        """Keep the call as it is, because another one rings."""
        self._entry.keep(self.form.values())
        self._finished = True
        return Held(self._entry.form, self._entry.title, {})

    def _mark(self, state: ScriptMarkState, why: str = "") -> None:
        try:
            if not self._entry.mark(state, why):
                self.say("The script has no further step.")
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
        self._show()

    def _show(self) -> None:
        values = self.form.values()
        lines = [_line(fact) for fact in self._entry.caller(values)]
        heard = self._entry.heard(values)
        if heard:
            lines.append(TextLine(heard, tone="late"))
        lines += self._script(values)
        lines.append(TextLine("known already", tone="title"))
        lines += [_line(fact) for fact in self._entry.known()] or [TextLine("nothing yet", tone="dim")]
        self.lines.set_lines(lines)

    def _script(self, values: Mapping[str, str]) -> Sequence[TextLine]:
        script, steps = self._entry.script, self._entry.steps(values)
        if script is None:
            return [TextLine("no script for this moment; `script add` writes one", tone="dim")]
        done = sum(bool(state) for state, _, _ in steps)
        lines = [TextLine(f"{script.name}  {done}/{len(steps)}", tone="title")]
        ahead = [(title, words) for state, title, words in steps if not state]
        if ahead:
            title, words = ahead[0]
            lines.append(TextLine(f"{title}: {words}" if words else title, "now"))
        if ahead[1:]:
            lines.append(TextLine(" · ".join(title for title, _ in ahead[1:]), "then", "dim"))
        return lines

    def _spec(self, name: str, *, later: bool) -> FieldSpec:
        if name == "request":
            return FieldSpec(name, _LABELS[name], help=_HELP[name])
        if name == "hand_off":
            choices = tuple((value, value or "nobody") for value in DEPARTMENTS)
            return FieldSpec(
                name, _LABELS[name], "choice", choices=choices, of=("hand_off", "target"), help=_HELP[name]
            )
        attribute = described(name)
        if attribute is None:
            raise KeyError(name)
        choices = tuple((choice, choice.replace("_", " ")) for choice in attribute.choices)
        return FieldSpec(
            name,
            _LABELS.get(name, attribute.label),
            "text" if attribute.kind in ("long_text", "json", "hours") else attribute.kind,
            choices=choices,
            of=(attribute.record, attribute.name),
            never_empty=attribute.kind == "choice" and "" not in attribute.choices,
            help=_HELP.get(name, ""),
            suggest=self._suggest if attribute.kind == "reference" else None,
            later=later,
        )

    def _suggest(self, text: str) -> Sequence[tuple[str, str]]:
        if text.isdecimal():
            same = [c for c in self._entry.snapshot.contacts if str(c.id) == text]
            if same:
                return [(text, same[0].name)]
        return naming.suggest(self._session, "contact", text, self._entry.snapshot.client.id)


def _line(fact: Fact) -> TextLine:
    label, text, presses = fact
    return TextLine(text, label, "late" if presses else "")


def summary(called: Called) -> str:
    """What was saved, in one sentence."""
    made = [naming.title_of(called.request)] if called.request else []
    made += [f"passed on to {called.hand_off.department}"] if called.hand_off else []
    made += ["feedback"] if called.feedback else []
    made += ["opportunity"] if called.opportunity else []
    return "Saved the call" + (f" with {', '.join(made)}" if made else "")
