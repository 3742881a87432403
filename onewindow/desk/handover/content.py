"""A client's card as a package that another owner, or another One Window, can take in; and what is new in it.

Sections and field names are those that `onewindow handover import` reads: what one side exports, the other
takes in.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from onewindow.desk.editing.parsing import typed_text
from onewindow.desk.handover.parties import without_parties
from onewindow.desk.session.context import Session
from onewindow.metrics.promises import is_open
from onewindow.records.clients import Client
from onewindow.records.fields import Package, Record, attributes
from onewindow.store import documents
from onewindow.store.adoption import ownership
from onewindow.store.clients import cards as clients
from onewindow.store.handover import promises

Section = list[dict[str, str]]
Content = dict[str, Section]

_PAPER_SECTIONS = ("contract", "invoice", "act")
_PAPERS_AT_MOST = 60
_MAIN = {
    "contact": "name",
    "term": "text",
    "product": "product",
    "contract": "number",
    "invoice": "number",
    "act": "number",
    "document": "title",
    "consent": "purpose",
}
"""The field that tells the entries of a section apart."""


def content_of(session: Session, client: Client, deal: Mapping[str, str]) -> Content:
    """Everything that another owner must know of a client, in the words of a package."""
    store = session.store
    people = clients.contacts(store, client.id)
    consents = clients.consents(store, client.id)
    content: Content = {"deal": [dict(deal)], "client": [_texts(session, client)]}
    legal = clients.billing_details(store, client.id)
    if legal is not None:
        content["requisites"] = [_texts(session, legal)]
    here = [contact for contact in people if contact.left_on is None]
    content["contact"] = [_texts(session, contact) for contact in here]
    called = {contact.id: contact.name for contact in here}
    content["consent"] = [
        ({"contact": called[consent.contact_id]} if consent.contact_id else {}) | _texts(session, consent)
        for consent in consents
        if consent.contact_id is None or consent.contact_id in called
    ]
    for paper in documents.of_client(store, client.id, _PAPERS_AT_MOST):
        kind = paper.document_kind
        section = kind if kind in _PAPER_SECTIONS else "document"
        without = ("document_kind",) if section == kind else ()
        content.setdefault(section, []).append(_texts(session, paper, without=without))
    names = session.directory
    for term in promises.of_client(store, client.id):
        if not is_open(term):
            continue
        values = _texts(session, term)
        giver = names.staff.get(term.given_by_id or 0)
        taker = called.get(term.given_to_id or 0)
        values |= ({"given_by": giver.name} if giver else {}) | ({"given_to": taker} if taker else {})
        evidence, elsewhere = without_parties(term.evidence)
        if elsewhere:
            values = {name: text for name, text in values.items() if name != "evidence"} | elsewhere
            values |= {"evidence": evidence} if evidence else {}
        content.setdefault("term", []).append(values)
    if client.goal:
        content["goal"] = [_texts(session, client, "goal")]
    for licence in ownership.licences(store, client.id):
        values = _texts(session, licence)
        content.setdefault("product", []).append({"product": names.product(licence.product_id), **values})
    return {section: entries for section, entries in content.items() if any(entries)}


def content_json(content: Content) -> str:
    """A package as it is kept and compared."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def content_from(text: str) -> Content:
    """A package as it was kept."""
    content: Content = json.loads(text or "{}")
    return content


def news(before: Content, after: Content) -> list[str]:
    """What a package says otherwise than one before it: a line for each thing added, gone or changed."""
    lines: list[str] = []
    for section in dict.fromkeys([*before, *after]):
        if section == "deal":
            continue
        old, new = _by_key(section, before.get(section, [])), _by_key(section, after.get(section, []))
        lines += [f"+ {section}: {_entry_text(new[key])}" for key in new if key not in old]
        lines += [f"- {section}: {_entry_text(old[key])}" for key in old if key not in new]
        for key in new:
            if key in old:
                lines += _changed(section, key, old[key], new[key])
    return lines


def _changed(section: str, key: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    whose = f"{section} {key}" if section in _MAIN else section
    return [
        f"~ {whose}, {name}: {old.get(name) or 'empty'} → {new.get(name) or 'empty'}"
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    ]


def _by_key(section: str, entries: Sequence[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    main = _MAIN.get(section)
    if section == "consent":
        key = ("contact", "purpose", "channel")
        return {" ".join(entry.get(name, "") for name in key).strip(): entry for entry in entries}
    return {(entry.get(main, "") if main else ""): entry for entry in entries}


def _entry_text(entry: Mapping[str, str]) -> str:
    return ", ".join(text for text in entry.values() if text)


def _texts(
    session: Session, record: Record, package: Package = "own", without: Collection[str] = ()
) -> dict[str, str]:
    """The filled fields of a record that go into a package, as they are typed.

    References and what the program fills are left out, and so is what is private.
    """
    values: dict[str, str] = {}
    for described in attributes(type(record)):
        name = described.name
        if described.kind == "reference" or described.derived or described.private or name in without:
            continue
        if described.package != package:
            continue
        text = typed_text(session, record, described)
        is_nothing = described.kind == "flag" or name in ("kept_count", "broken_count")
        if text and not (is_nothing and text == "0"):
            values[name] = text
    return values
