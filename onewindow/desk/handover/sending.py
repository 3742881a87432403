"""Giving a client to another owner: a package of all that is known, its news, terms to be acknowledged."""

from __future__ import annotations

from onewindow.desk.editing.changing import insert_in
from onewindow.desk.handover.content import Content, content_from, content_json, content_of, news
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.handover import Handover, HandoverPackage, term_item
from onewindow.store import documents
from onewindow.store.changes import Transaction
from onewindow.store.handover import packages as handovers
from onewindow.store.handover import promises
from onewindow.store.problems import StoreProblem


def send(session: Session, client: Client, receiver_id: int, note: str = "") -> Handover:
    """Hand a client over to a colleague, who accepts or returns them; they stay with their owner till then.

    Raises StoreProblem if the colleague is their owner already, or a handover of theirs waits.
    """
    if client.owner_id == receiver_id:
        raise StoreProblem(f"{session.directory.name(receiver_id)} looks after {client.name} already.")
    known = handovers.of_client(session.store, client.id)
    if any(waiting.state == "sent" for waiting in known):
        raise StoreProblem(f"A handover of {client.name} waits for its decision already.")
    names = session.directory
    giver_id = client.owner_id or session.me.id
    deal = f"{names.surname(giver_id)} → {names.surname(receiver_id)}"
    content = content_of(session, client, {"deal": deal, **({"note": note.strip()} if note.strip() else {})})

    def work(transaction: Transaction) -> Handover:
        handover = insert_in(
            session,
            transaction,
            Handover(
                client_id=client.id,
                deal=deal,
                sales_id=giver_id,
                receiver_id=receiver_id,
                contract_number=_contract_number(session, client),
                sent_on=session.today().isoformat(),
            ),
        )
        _attach(session, transaction, handover, content, note)
        return handover

    whom = naming.label(session, "staff", receiver_id)
    return session.change(f"{client.name} handed over to {whom}", work).result


def news_of(session: Session, client: Client) -> list[str]:
    """What has changed on the card since the last package of a client, line by line; empty without one."""
    last = next(iter(handovers.packages_of_client(session.store, client.id)), None)
    if last is None:
        return []
    return news(_card_only(content_from(last.content)), _card_only(content_of(session, client, {})))


def _card_only(content: Content) -> Content:
    return {section: entries for section, entries in content.items() if section not in ("deal", "meeting")}


def _contract_number(session: Session, client: Client) -> str:
    papers = documents.of_client(session.store, client.id)
    return next((document.number for document in papers if document.document_kind == "contract"), "")


def _attach(
    session: Session, transaction: Transaction, handover: Handover, content: Content, note: str
) -> None:
    transaction.insert(
        HandoverPackage(
            client_id=handover.client_id,
            handover_id=handover.id,
            source=note.strip()[:200] or "from the card",
            content=content_json(content),
            changes="[]",
        )
    )
    for term in promises.of_client(session.store, handover.client_id):
        if term.promise_kind == "term" and term.status in ("new", "acknowledged"):
            insert_in(session, transaction, term_item(handover, term))
