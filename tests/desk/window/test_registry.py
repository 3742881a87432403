"""The registry of kinds: every kind has an entry, and a hook is called for records of its own kind only."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.reference.record_entries import FollowUp, RecordEntry, Registry
from onewindow.desk.registry import REGISTRY
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.fields import attributes
from onewindow.records.kinds import DONE_KINDS, KINDS
from onewindow.store.problems import StoreProblem


def test_every_kind_has_an_entry() -> None:
    assert REGISTRY.kinds == set(KINDS)
    for kind in KINDS:
        assert isinstance(REGISTRY.of(kind), RecordEntry)
        assert REGISTRY.of(kind) is REGISTRY.of(kind)


def test_what_can_be_done_is_what_lists_offer() -> None:
    assert {kind for kind in KINDS if REGISTRY.of(kind).done is not None} == DONE_KINDS


def test_the_texts_of_an_entry_are_of_fields_of_its_kind() -> None:
    for kind in KINDS.values():
        assert set(REGISTRY.of(kind.name).display.texts) <= {a.name for a in attributes(kind.record)}


def test_what_is_never_done_says_so(session: Session) -> None:
    client = changing.add(session, "client", {"name": "Ромашка"})
    with pytest.raises(StoreProblem, match="A client is never “done”"):
        changing.mark_done(session, client)


def test_a_hook_is_not_called_for_another_kind(session: Session) -> None:
    heard: list[tuple[str, str]] = []

    def told(of: str, record: Client | Contact, before: object) -> str:
        heard.append((of, "new" if before is None else "changed"))
        return f"{record.name} noted"

    session.registry = Registry(
        {kind: lambda kind=kind: REGISTRY.of(kind) for kind in KINDS}
        | {
            "client": lambda: REGISTRY.of("client").followed_by(
                lambda _session, _transaction, before, after: told("client", after, before)
            ),
            "contact": lambda: REGISTRY.of("contact").followed_by(
                lambda _session, _transaction, before, after: told("contact", after, before)
            ),
        }
    )
    client = changing.add(session, "client", {"name": "Ромашка"})
    assert heard == [("client", "new")]
    changing.add(session, "task", {"title": "позвонить"}, client.id)
    contact = changing.add(session, "contact", {"name": "Анна"}, client.id)
    changing.edit(session, contact, {"role": "директор"})
    assert heard == [("client", "new"), ("contact", "new"), ("contact", "changed")]


def test_the_label_of_a_change_says_what_followed(session: Session) -> None:
    def says(text: str) -> FollowUp[Session, Client]:
        return lambda _session, _transaction, _before, _after: text

    followed = REGISTRY.of("client").followed_by(says("one"), says(""), says("two"))
    session.registry = Registry(
        {kind: lambda kind=kind: REGISTRY.of(kind) for kind in KINDS} | {"client": lambda: followed}
    )
    changing.add(session, "client", {"name": "Ромашка"})
    assert session.undo().endswith("Ромашка; one; two")
