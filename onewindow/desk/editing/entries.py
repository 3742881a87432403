"""One form being filled in: the texts it begins with, its draft, saving, and two people on one record."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from onewindow.desk.editing import changing, drafting
from onewindow.desk.editing.held_draft import HeldDraft
from onewindow.desk.editing.parsing import read_fields, shown_text, taken_years, typed_text
from onewindow.desk.session import naming, private_facts
from onewindow.desk.session.context import Session
from onewindow.desk.validation import record_rules
from onewindow.records.fields import Attribute, Record, attribute_of, columns, typed_attributes
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store import history, rows
from onewindow.store.ids import read_id
from onewindow.store.problems import Stale, StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.text.dates import short_moment, to_local

YES, NO = "yes", "no"
Option = tuple[str, str]
_OF_LINE = frozenset({drafting.WHOLE, drafting.IN_LINE, drafting.EDITED, "@seconds", "@details"})
_CHOSEN = "@chosen "
_LOOKED_BACK = 20
"""So many changes of a record are looked through for the one that stands in conflict."""


@frozen_struct
class Carried:
    """What was typed into a line and goes on in a form: the texts of its fields, and the draft of both."""

    fields: Mapping[str, str]
    draft: HeldDraft
    line: Mapping[str, str]
    """What lets the draft go on where it was typed first."""
    spent: int = 0
    """The seconds that it took."""


@frozen_struct
class ConflictLine:
    """One field that somebody else changed meanwhile, as people read it."""

    field: str
    label: str
    before: str
    theirs: str
    mine: str


def _shown_fields(record: type[Record], *, of_client: bool, hides: bool) -> tuple[Attribute, ...]:
    """The fields of a form: without the client where it is given, and without private ones where hidden."""
    return tuple(
        a
        for a in typed_attributes(record)
        if not (a.name == "client_id" and of_client) and not (a.private and hides)
    )


class Entry:
    """What a person is typing about one record, new or not. It knows no face."""

    def __init__(
        self,
        session: Session,
        kind: str,
        record: Record | None = None,
        client_id: int | None = None,
        preset: Mapping[str, str] | None = None,
        *,
        carried: Carried | None = None,
        draft: Draft | None = None,
        is_fresh: bool = False,
    ) -> None:
        """Edit a record as the person saw it, or a new one; an older draft goes on unless `is_fresh`.

        `carried` is what the person has just typed elsewhere, above any draft; `draft` names the draft to go
        on with where there may be several.
        """
        self.session = session
        self.kind = kind
        self.client_id = client_id = client_id if "client_id" in columns(KINDS[kind].record) else None
        self.is_new = record is None
        self.preset = dict(preset or {})
        self._seen = record or changing.blank(session, kind, client_id)
        hides = record is not None and private_facts.is_hidden(session, record)
        if hides and record is not None:
            self._seen = private_facts.visible(session, record)
        self.fields = _shown_fields(type(self._seen), of_client=bool(client_id), hides=hides)
        name = drafting.form_name(kind, record, client_id).text
        self._draft = carried.draft if carried else HeldDraft(session, name, draft=draft, is_new=is_fresh)
        spent = carried.spent if carried else int(self._draft.typed.get("@seconds", "0"))
        self._opened = session.now() - timedelta(seconds=spent)
        self._untouched = self._texts(self._seen)
        self.taken_years = ""
        """After saving: the days that were typed without a year and taken for another than this one."""
        known = {a.name for a in self.fields}
        self.start = self._untouched | {n: text for n, text in (preset or {}).items() if n in known}
        """What the form shows without the draft."""
        self.restored = self._draft.restored
        """When the draft that goes on was typed, '' where there is none."""
        kept = self._draft.typed
        self.first = self.start | {n: text for n, text in kept.items() if n in known}
        """What the form shows when it opens."""
        if carried is not None:
            self.restored = ""
            self.first = self.start | {n: text for n, text in carried.fields.items() if n in known}
        before = carried.line if carried else kept
        self._line = {n: text for n, text in before.items() if n in _OF_LINE or n.startswith(_CHOSEN)}
        self._from_line = dict(self.first)
        if self.restored:
            self._see_as_then(kept.get(drafting.SEEN, ""))

    @property
    def form(self) -> str:
        """The name under which its draft is kept."""
        return self._draft.form

    @property
    def kept(self) -> Draft | None:
        """The draft of this place as it is kept now, None where nothing is."""
        return self._draft.kept

    def begun_again(self) -> Entry:
        """The same form without the draft, which stays as it is."""
        return Entry(self.session, self.kind, None, self.client_id, self.preset, is_fresh=True)

    def back_to(self, draft: Draft) -> Entry:
        """The same form with a draft that was typed over."""
        return Entry(self.session, self.kind, None, self.client_id, self.preset, draft=draft)

    @property
    def about_request(self) -> int | None:
        """The request that the record is, or is about, None for any other."""
        return self.session.registry.of_record(self._seen).display.about_request(self._seen)

    def is_untouched(self, field: str) -> bool:
        """Whether a new record has nothing in a field but what the program put there."""
        return self.is_new and self.first[field] == self._untouched[field]

    @property
    def title(self) -> str:
        """What the form is about: 'new request for Ромашка', 'edit R-1042 printer'."""
        if not self.is_new:
            return f"edit {KINDS[self.kind].display_name} {naming.called(self.session, self._seen)}"
        client = naming.label(self.session, "client", self.client_id)
        return f"new {KINDS[self.kind].display_name}" + (f" for {client}" if client else "")

    def suggest(self, described: Attribute, text: str, values: Mapping[str, str]) -> Sequence[Option]:
        """The records that a reference may mean, of this client only; an id gives exactly its record."""
        kind = described.refers or ""
        record = rows.find_by_word(self.session.store, KINDS[kind].record, text)
        if record is not None:
            return [(text, naming.label(self.session, kind, record.id))]
        return naming.suggest(self.session, kind, text, self._client_of(values))

    # the draft

    def keep(self, values: Mapping[str, str]) -> bool:
        """Keep what differs from the beginning as a draft, and tell whether there is anything to keep.

        Raises StoreProblem if the draft cannot be written.
        """
        typed = {n: text for n, text in values.items() if text != self.start.get(n, "")}
        if self._line and dict(values) == self._from_line:
            return True  # the line itself is kept
        if not typed:
            return False
        if not self.is_new:
            typed[drafting.SEEN] = self._seen.updated_at
        self._draft.keep(typed | self._of_line(values))
        return True

    def suspend(self, values: Mapping[str, str]) -> None:
        """Keep the draft so that this very form goes on with it. Raises StoreProblem."""
        if self._line:
            self._line[drafting.EDITED] = YES
            self._from_line = {}
        self.keep(values)

    def leave(self, values: Mapping[str, str]) -> bool:
        """Keep the draft for another time; one that was emptied by hand is thrown away.

        Raises StoreProblem if the draft cannot be written.
        """
        if self.keep(values):
            return True
        self._draft.throw_away()
        return False

    def discard(self) -> bool:
        """Throw the draft away, if there is one; undo brings it back."""
        return self._draft.throw_away()

    def _of_line(self, values: Mapping[str, str]) -> dict[str, str]:
        """What lets the draft of a line go on in the line, and in the form."""
        if not self._line:
            return {}
        client = self._client_of(values)
        said = self._line | {drafting.WHOLE: str(client or "")}
        shown = {n: text for n, text in values.items() if n in self._from_line}
        if shown != {n: self._from_line[n] for n in shown}:
            said[drafting.EDITED] = YES
        return said

    # saving

    def save(self, values: Mapping[str, str]) -> Record:
        """Save and forget the draft. Raises FieldProblems, Stale or StoreProblem; then nothing is saved."""
        if self.is_new:
            typed = {a.name: values[a.name] for a in self.fields if a.name in values}
            read = read_fields(self.session, type(self._seen), typed, self._client_of(values))
            seconds = int((self.session.now() - self._opened).total_seconds())
            given = {name: value for name, value in read.items() if typed[name] != self._untouched[name]}
            read |= record_rules.implied(self.session, self.kind, given)
            made = record_rules.completed_when_typed(self.session, self._seen.with_changes(read))
            saved = changing.insert(self.session, made, max(0, seconds))
        else:
            saved = changing.edit(self.session, self._seen, self._with_currency(values))
        read_values = {name: getattr(saved, name) for name in values if hasattr(saved, name)}
        self.taken_years = ", ".join(taken_years(self.session, type(saved), values, read_values))
        # The record is saved: a draft that stays behind is no reason to say that it is not.
        with contextlib.suppress(StoreProblem):
            self._draft.done()
        return saved

    def as_typed(self, values: Mapping[str, str], fields: Collection[str]) -> Record:
        """The record with some fields as they are typed, stored nowhere; raises FieldProblems."""
        typed = {name: text for name, text in values.items() if name in fields}
        read = read_fields(self.session, type(self._seen), typed, self._client_of(values))
        return self._seen.with_changes(read)

    def conflict_lines(self, stale: Stale) -> list[ConflictLine]:
        """The conflicts that a person decides; what the program fills in itself follows them."""
        known = {a.name for a in self.fields}
        lines: list[ConflictLine] = []
        for conflict in stale.conflicts:
            if conflict.field in known:
                described = attribute_of(type(self._seen), conflict.field)
                before, theirs, mine = (
                    shown_text(self.session, self._seen.with_changes({conflict.field: value}), described)
                    for value in (conflict.before, conflict.theirs, conflict.mine)
                )
                lines.append(ConflictLine(conflict.field, described.label, before, theirs, mine))
        return lines

    def changed_by(self, stale: Stale) -> str:
        """Who changed what stands in conflict, and when: `Петров, 19:32`, `you, in another window, 19:32`."""
        session, wanted = self.session, {conflict.field for conflict in stale.conflicts}
        lines = history.history(session.store, stale.kind, stale.record_id, _LOOKED_BACK)
        line = next((event for event in lines if wanted & event.new.keys()), None)
        if line is None:
            return ""
        at = to_local(line.at, session.zone)
        said = f"{at:%H:%M}" if at.date() == session.today() else short_moment(at, session.today())
        if line.actor == session.me.login:
            return f"you, in another window, {said}"
        by = next(
            (colleague for colleague in session.directory.staff.values() if colleague.login == line.actor),
            None,
        )
        return f"{session.directory.surname(by.id) if by else line.actor}, {said}"

    def settle(self, values: Mapping[str, str], theirs: frozenset[str], stale: Stale) -> dict[str, str]:
        """Go on from the record as it is now, and return the texts to show: theirs in the named fields.

        Where mine was chosen, the record is as `stale` showed it: what somebody has written since then nobody
        has seen, and saving asks again. Raises NotFound if the record is gone.
        """
        mine = {n: text for n, text in self._changed(values).items() if n not in theirs}
        now = rows.get(self.session.store, type(self._seen), self._seen.id)
        shown = {
            conflict.field: conflict.theirs for conflict in stale.conflicts if conflict.field not in theirs
        }
        self._seen = now.with_changes(shown)
        self._untouched = self.start = self._texts(self._seen)
        return self._untouched | mine

    def _changed(self, values: Mapping[str, str]) -> dict[str, str]:
        return {n: text for n, text in values.items() if text != self._untouched.get(n, "")}

    def _with_currency(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was changed; amounts and their currency go together, because one is read by the other."""
        changed = self._changed(values)
        money = {a.name for a in self.fields if a.kind in ("money", "currency")}
        if money & changed.keys():
            changed |= {n: text for n, text in values.items() if n in money}
        return changed

    def _texts(self, record: Record) -> dict[str, str]:
        return {a.name: self._text(record, a) for a in self.fields}

    def _text(self, record: Record, described: Attribute) -> str:
        if described.kind == "flag":
            return YES if getattr(record, described.name) else NO
        return typed_text(self.session, record, described)

    def _client_of(self, values: Mapping[str, str]) -> int | None:
        typed = values.get("client_id", "")
        return self.client_id or read_id(typed)

    def _see_as_then(self, seen: str) -> None:
        """Compare with the record as it was when the draft was typed, so that nobody is overwritten."""
        if not self.is_new and seen and seen < self._seen.updated_at:
            self._seen = history.as_of(self.session.store, self._seen, seen) or self._seen
            self._untouched = self._texts(self._seen)
