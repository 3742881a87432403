"""Why a client was found: the field that a query met, in a word or two for the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable

from onewindow.store.engine import Row, Store, Value
from onewindow.store.search.docs import compact, phone_keys
from onewindow.store.search.portfolio import SearchRow
from onewindow.store.search.terms import Reading, matches
from onewindow.text.fold import fold

_SHOWN_DIGITS = 4
_CONTACTS_AT_MOST = 400


def explain(store: Store, hits: Iterable[tuple[SearchRow, Reading]]) -> dict[int, str]:
    """Say of each client what matched: `name`, or a field beside it with its value."""
    reasons: dict[int, str] = {}
    puzzling: list[tuple[SearchRow, Reading]] = []
    for row, reading in hits:
        rest = _not_in(reading, fold(row.name))
        if rest:
            puzzling.append((row, rest))
        else:
            reasons[row.client_id] = "name"
    if puzzling:
        fields = _fields(store, [row.client_id for row, _ in puzzling])
        for row, rest in puzzling:
            reasons[row.client_id] = _best(rest, fields[row.client_id])
    return reasons


def _not_in(reading: Reading, folded: str) -> Reading:
    return tuple(term for term in reading if not matches((term,), folded))


def _best(reading: Reading, fields: list[tuple[str, str]]) -> str:
    """The field with most of the terms; of equals the first."""
    return min(fields, key=lambda field: len(_not_in(reading, field[1])), default=("name", ""))[0]


def _fields(store: Store, client_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """What a client can be found by beside their name: how to call it, and its folded text."""
    ids: dict[str, Value] = {f"c{at}": client_id for at, client_id in enumerate(client_ids)}
    among = f"IN ({', '.join(f':{name}' for name in ids)})"
    fields: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for client_id, aliases in store.rows(f"SELECT id, aliases FROM client WHERE id {among}", **ids):
        fields[client_id] += [(f"also called {line}", fold(line)) for line in aliases.split("\n") if line]
    for row in store.rows(
        "SELECT client_id, name, address_as, phone, phone_2, email, email_2, messenger FROM contact"
        f" WHERE client_id {among} AND archived_at IS NULL ORDER BY client_id, id LIMIT :most",
        **ids,
        most=_CONTACTS_AT_MOST,
    ):
        fields[row[0]] += _of_contact(row)
    for row in store.rows(
        "SELECT client_id, legal_name, head_name, tax_id, ogrn, kpp, phone, email FROM requisites"
        f" WHERE client_id {among} AND archived_at IS NULL ORDER BY client_id, id",
        **ids,
    ):
        fields[row[0]] += _of_billing_details(row)
    for client_id, external_id in store.rows(
        f"SELECT id, external_id FROM client WHERE id {among} AND external_id IS NOT NULL", **ids
    ):
        fields[client_id].append((f"external id {external_id}", compact(external_id)))
    return fields


def _of_contact(row: Row) -> Generator[tuple[str, str]]:
    _, name, address_as, phone, phone_2, email, email_2, messenger = row
    yield f"contact {name}", fold(f"{name}\n{address_as}")
    yield from _of_phones(phone, phone_2)
    yield from _of_mails(email, email_2)
    if messenger:
        yield f"messenger {messenger}", fold(messenger)


def _of_billing_details(row: Row) -> Generator[tuple[str, str]]:
    _, legal_name, head_name, tax_id, ogrn, kpp, phone, email = row
    yield f"legal name {legal_name}", fold(legal_name)
    yield f"head {head_name}", fold(head_name)
    for label, code in (("tax id", tax_id), ("ОГРН", ogrn), ("КПП", kpp)):
        if code:
            yield f"{label} {code}", compact(code)
    yield from _of_phones(phone)
    yield from _of_mails(email)


def _of_phones(*phones: str) -> Generator[tuple[str, str]]:
    for phone in phones:
        for key in phone_keys(phone):
            yield f"phone …{key[-_SHOWN_DIGITS:]}", key


def _of_mails(*addresses: str) -> Generator[tuple[str, str]]:
    for address in addresses:
        if address:
            yield f"e-mail {address}", fold(address)
