"""What the keys of a handover do: ask and answer, say a word on an item, accept, return, acknowledge."""

from __future__ import annotations

from typing import cast

from onewindow.desk.handover import decisions
from onewindow.desk.handover.acknowledging import acknowledge
from onewindow.desk.handover.summary import is_unread
from onewindow.desk.session.context import Session
from onewindow.metrics.handover.completeness import ItemState, Line, why
from onewindow.records.clients import Promise
from onewindow.records.handover import DECIDED, Handover, HandoverItem
from onewindow.screens.frame.action_box import Values
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.handover.forms import WORDS, HandoverForms
from onewindow.screens.handover.handover_view import HandoverView
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


class HandoverActions:
    """The actions on one handover, with the boxes that they need."""

    def __init__(self, screen: HandoverView) -> None:
        """Serve one screen."""
        self._screen = screen
        self._forms = HandoverForms(screen)

    @property
    def _session(self) -> Session:
        return self._screen.session

    @property
    def _handover(self) -> Handover:
        return self._screen.snapshot.handover

    def reason(self, action_id: str) -> str:
        """Why a key can do nothing on this row, '' if it can."""
        part = self._screen.part
        item = self._item()
        if action_id == "handover.acknowledge" and (part is None or part.kind != "promise"):
            return "tab to a special term, and this acknowledges it"
        if action_id == "handover.reply" and (item is None or item.state != "asked"):
            return "tab to a question that is not answered"
        is_decision = action_id == "record.done" and (part is None or part.kind != "handover_change")
        if is_decision and item is None and self._handover.state != "sent" and not self._can_take_over():
            return f"it is {self._handover.state.replace('_', ' ')} already"
        return ""

    def why_lines(self) -> list[str]:
        """The reasons behind the item under the cursor, else behind the completeness."""
        line = self._screen.line
        checklist = self._screen.snapshot.checklist
        if line is not None:
            return why(line)
        lines = [f"{checklist.present} of {checklist.needed} items are there: {checklist.percent} %."]
        return lines + [text for gap in checklist.missing for text in ("", *why(gap))]

    # questions

    def ask(self) -> None:
        """Ask sales something, about the item under the cursor if one is missing."""
        line = self._screen.line
        about = line if line is not None and line.state == "missing" and line.topic else None
        first = f"{about.title}: {', '.join(about.missing)}" if about else ""
        session, handover = self._session, self._handover
        whom = session.directory.name(handover.sales_id) or "sales"

        def do(typed: Values) -> str:
            decisions.ask(session, handover, typed["text"], about.topic if about else "")
            return f"Asked {whom}; the clock runs"

        self._forms.ask_text(f"Ask {whom}", "question", do, f"handover {handover.id} ask", first=first)

    def reply(self) -> None:
        """Answer the question under the cursor."""
        item = self._needed_item()
        session = self._session

        def do(typed: Values) -> str:
            decisions.answer(session, item, typed["text"])
            return "Answered"

        self._forms.ask_text(
            "Answer the service", "answer", do, f"handover answer {item.id}", above=(item.title,)
        )

    def _ask_again(self, item: HandoverItem) -> None:
        session = self._session

        def do(typed: Values) -> str:
            decisions.ask_again(session, item, typed["text"])
            return "Asked again; a new clock runs"

        above = (item.title, item.answer)
        self._forms.ask_text(
            "Ask again", "what is still missing", do, f"handover again {item.id}", above=above
        )

    # the decision

    def done(self) -> None:
        """Accept the handover; settle an answer; let the package's value count."""
        item, change = self._item(), self._screen.change
        if change is not None and change.standing == "conflict":
            decisions.choose(self._session, self._screen.snapshot, change.place, change.field, "package")
            self._screen.say_undoable(f"The package's {change.label} counts")
        elif item is not None and item.item_kind == "question":
            decisions.settle(self._session, item)
            self._screen.say_undoable("Settled")
        elif self._can_take_over():
            count = decisions.take_over(self._session, self._handover)
            self._screen.say_undoable(f"{count} fields went to the card")
        else:
            self._accept()

    def _can_take_over(self) -> bool:
        return self._handover.state in DECIDED and bool(self._screen.snapshot.open_differences)

    def _accept(self) -> None:
        refused = decisions.may_decide(self._session, self._handover)
        if refused:
            raise StoreProblem(f"{refused[0].upper()}{refused[1:]}.")
        checklist = self._screen.snapshot.checklist
        if not checklist.missing:
            self._accepted(with_debts=False)
            return
        blockers = ", ".join(line.title for line in checklist.blockers)
        options = [("debts", f"Accept with debts: {len(checklist.missing)} questions to sales")]
        if not blockers:
            options.append(("plain", "Accept as it is, without asking for the rest"))
        options.append(("return", "Return it with a reason"))

        def chosen(answer: str | None) -> None:
            try:
                if answer == "return":
                    self._send_back()
                elif answer is not None:
                    self._accepted(with_debts=answer == "debts")
            except StoreProblem as problem:
                self._screen.say(str(problem), warning=True)

        title = f"Missing: {blockers}" if blockers else f"{len(checklist.missing)} items are missing"
        open_over(self._screen, Chooser(title, options), chosen)

    def _accepted(self, *, with_debts: bool) -> None:
        decisions.accept(self._session, self._handover, with_debts=with_debts)
        self._screen.reread()
        snapshot = self._screen.snapshot
        told = f"{snapshot.client.name} is ours"
        if snapshot.unread_terms:
            told += f"; {len(snapshot.unread_terms)} terms are to be acknowledged"
        self._screen.say_undoable(told)

        def chosen(answer: str | None) -> None:
            if answer == "write":
                try:
                    self._screen.who_is_who()
                except StoreProblem as problem:
                    self._screen.say(str(problem), warning=True)

        options = [("write", "Write who is who"), ("later", "Later")]
        open_over(self._screen, Chooser("Tell the client whom to turn to?", options), chosen)

    def decline(self) -> None:
        """Return the handover; ask again after an answer; keep the card's value."""
        item, change = self._item(), self._screen.change
        if change is not None:
            decisions.choose(self._session, self._screen.snapshot, change.place, change.field, "card")
            what = change.title if change.standing == "new" else change.label
            self._screen.say_undoable(f"Not taken: {what}")
        elif item is not None and item.state in ("answered", "present"):
            self._ask_again(item)
        elif self._handover.state == "returned":
            decisions.send_again(self._session, self._handover)
            self._screen.say_undoable("Sent again")
        else:
            self._send_back()

    def _send_back(self) -> None:
        session, handover = self._session, self._handover
        refused = decisions.may_decide(session, handover)
        if handover.state != "sent" or refused:
            raise StoreProblem(f"It cannot be returned: {refused or handover.state.replace('_', ' ')}.")

        def do(typed: Values) -> str:
            decisions.send_back(session, handover, typed["text"])
            return "Returned to sales"

        missing = ", ".join(line.title for line in self._screen.snapshot.checklist.missing)
        above = (f"! Missing: {missing}",) if missing else ()
        self._forms.ask_text("Return to sales", "reason", do, f"handover return {handover.id}", above=above)

    def acknowledge(self) -> None:
        """Acknowledge the special term under the cursor."""
        key = self._screen.part
        if key is None or key.kind != "promise":
            raise StoreProblem("No special term is under the cursor.")
        promise = rows.get(self._session.store, Promise, key.id)
        if not is_unread(promise, self._handover.sent_at or ""):
            raise StoreProblem("This term is acknowledged already.")
        acknowledge(self._session, promise, self._handover.sent_at or "")
        self._screen.say_undoable(f"Acknowledged: {promise.text}")

    # rows

    def open(self) -> None:
        """Open what is under the cursor: a word on an item, an answer, a record."""
        line, key = self._screen.line, self._screen.part
        if line is not None:
            self._open_line(line)
        elif key is None:
            raise StoreProblem("No row is under the cursor.")
        elif key.kind == "handover_item":
            item = self._needed_item()
            (self.reply if item.state == "asked" else self._forms.edit_part)()
        elif key.kind == "handover_change":
            self._forms.open_change()
        elif key.kind == "mark":
            self._forms.rate()
        elif key.kind == "meeting":
            self._forms.form(self._handover, "meeting_on")
        elif key.kind == "handover_package":
            self._screen.say("Y copies all of it as Markdown.")
        else:
            self._forms.edit_part()

    def new_other(self) -> None:
        """Add a record of a chosen kind."""
        self._forms.new_other()

    def edit(self) -> None:
        """Edit the record under the cursor, else the handover itself."""
        key = self._screen.part
        if key is not None and key.kind in ("handover_item", "promise", "observation"):
            self._forms.edit_part()
        else:
            self._forms.form(self._handover, "deal")

    # inside

    def _item(self) -> HandoverItem | None:
        key = self._screen.part
        if key is None or key.kind != "handover_item":
            return None
        return next((item for item in self._screen.snapshot.items if item.id == key.id), None)

    def _needed_item(self) -> HandoverItem:
        item = self._item()
        if item is None:
            raise StoreProblem("No question is under the cursor.")
        return item

    def _open_line(self, line: Line) -> None:
        if not line.topic:
            item = next((i for i in self._screen.snapshot.items if i.title == line.title), None)
            if item is not None:
                self._forms.form(item, "state")
            return
        options = [("fill", "fill it in now"), ("ask", "ask sales")] if line.state == "missing" else []
        if not options:
            options = [("fill", "open it")]
        options += [(w, text) for w, text in WORDS.items() if (w != "computed") or line.reason]

        def chosen(answer: str | None) -> None:
            if answer == "ask":
                self.ask()
            elif answer == "fill":
                self._forms.fill(line.topic)
            elif answer == "computed":
                decisions.say(self._session, self._handover, line.topic, None)
            elif answer is not None:
                self._forms.say_word(line, cast("ItemState", answer))

        open_over(self._screen, Chooser(line.title, options), chosen)
