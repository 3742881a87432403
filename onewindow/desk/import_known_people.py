"""The people on file whom a row of a file of contacts may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.desk.import_identity import Decision, ExternalKey, Identity, decide
from onewindow.desk.import_known_clients import mails_of, phones_of
from onewindow.desk.import_sources import SourceBook
from onewindow.records.clients import Contact
from onewindow.store.engine import Value
from onewindow.text.fold import fold

_NO_KEYS: frozenset[ExternalKey] = frozenset()


def whom(
    values: Mapping[str, Value],
    external: frozenset[ExternalKey],
    people: Sequence[Contact],
    sources: SourceBook,
) -> Decision:
    """Which of a client's people a row means; `values` are fields of a contact, the name among them."""
    if not people:
        return Decision()
    row = _identity_of(values, external, 0)
    return decide(row, [_identity_of(vars(each), sources.of(each), each.id) for each in people], "person")


def person_meant(values: Mapping[str, Value], people: Sequence[Contact]) -> Contact | None:
    """Whom the contact person of a row of a file of clients means.

    A file that has one person a client tells of its main one by the name, whatever else became new.
    """
    known = [_identity_of(vars(each), _NO_KEYS, each.id) for each in people]
    row = _identity_of(values, _NO_KEYS, 0)
    found = decide(row, known, "person")
    if found.record_id:
        return next(each for each in people if each.id == found.record_id)
    namesakes = [each for each, identity in zip(people, known, strict=True) if identity.name == row.name]
    return namesakes[0] if len(namesakes) == 1 and namesakes[0].is_main else None


def _identity_of(values: Mapping[str, Value], external: frozenset[ExternalKey], person_id: int) -> Identity:
    name = fold(str(values.get("name") or ""))
    return Identity(
        person_id,
        label=str(values.get("name") or ""),
        external=external,
        name=name,
        words=frozenset(name.split()),
        phones=phones_of([values.get("phone"), values.get("phone_2")]),
        mails=mails_of([values.get("email"), values.get("email_2")]),
        place=fold(str(values.get("role") or "")),
    )
