"""What search knows of each client: three folded texts and their words, kept with every change.

Numbers of clients and requests are not among them: their own indexes answer C-17 and R-1042, and a client
with a thousand requests stays as cheap to write as any other.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Sequence

from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Row, Store, Value
from onewindow.store.problems import Damaged
from onewindow.store.search import words as search_words
from onewindow.store.sqlite_library import sqlite
from onewindow.text.fold import fold, sort_key

_AT_ONCE = 500
_MANY = 20
_TOLD_AT_MOST = 100
_LETTERS_OR_LIST = re.compile(r"[^\W\d_]+|[,;/|\n]")
_NOT_A_DIGIT = re.compile("[^0-9]+")


class SearchDoc(NamedTuple):
    """A client as search sees it: names, people, and the numbers and addresses that lead to it."""

    client_id: int
    name: str
    people: str
    ids: str


def refresh(store: Store, client_ids: Iterable[int]) -> int:
    """Write what search knows of these clients again and return how many of them changed for it.

    Inside a write, after any change of a client, a contact or requisites. An archived client is forgotten.
    """
    wanted = sorted(set(client_ids))
    changed = 0
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        changed += _replace(store, chunk)
        store.on_progress("texts for the search", start + len(chunk), len(wanted))
    return changed


def add(store: Store, docs: Sequence[SearchDoc]) -> None:
    """Let search know clients whom it did not know yet; inside a write."""
    _insert(store, docs)
    words: Counter[str] = Counter()
    for doc in docs:
        words.update(search_words.words_of(doc.name, doc.people))
    search_words.count(store, words)


def document_of(
    client: Client, contacts: Iterable[Contact], billing_details: Iterable[BillingDetails]
) -> SearchDoc:
    """A client as search should see it, with its people and its billing details in daily view."""
    return _document(
        (client.id, client.name, client.aliases, client.external_id),
        [
            (c.client_id, c.name, c.address_as, c.phone, c.phone_2, c.email, c.email_2, c.messenger)
            for c in contacts
        ],
        [
            (r.client_id, r.legal_name, r.head_name, r.tax_id, r.ogrn, r.kpp, r.phone, r.email)
            for r in billing_details
        ],
    )


def rebuild(store: Store) -> int:
    """Write what search knows of all clients again, at bulk speed, and return how many there are.

    Opens its own write, unless it is called inside one. The index is built once at the end, not row by row.
    """
    with contextlib.nullcontext() if store.connection.in_transaction else store.exclusive():
        triggers = store.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_doc'"
        )
        for name, _ in triggers:
            store.execute(f"DROP TRIGGER {name}")
        store.execute("DELETE FROM search_doc")
        words: Counter[str] = Counter()
        total = 0
        for _, docs in _all_documents(store):
            _insert(store, docs)
            total += len(docs)
            store.on_progress("texts for the search", total, 0)
            for doc in docs:
                words.update(search_words.words_of(doc.name, doc.people))
        search_words.replace_all(store, words)
        with store.one_long_step("search index"):
            store.execute("INSERT INTO search_trigram (search_trigram) VALUES ('rebuild')")
        for _, sql in triggers:
            store.execute(sql)
    return total


def check(store: Store) -> list[str]:
    """Where search differs from the clients, one sentence each, the first 100; empty when all is right.

    Texts are compared on a snapshot, while others write; only the check of the index keeps them waiting.
    """
    problems: list[str] = []
    words: Counter[str] = Counter()
    with store.read():
        for (first, last), docs in _all_documents(store):
            known = _stored(store, _BETWEEN, {"first": first, "last": last})
            problems += _differences(docs, known)
            if len(problems) >= _TOLD_AT_MOST:
                return problems[:_TOLD_AT_MOST]
            for doc in docs:
                words.update(search_words.words_of(doc.name, doc.people))
        problems += _check_words(store, words)
    with store.exclusive():
        problems += _check_index(store)
    return problems[:_TOLD_AT_MOST]


def documents(
    store: Store, scope: Callable[[str], str], parameters: dict[str, Value], *, archived: bool = False
) -> list[SearchDoc]:
    """Search texts of the clients in daily view in a scope, or of the `archived` ones there.

    `scope` gives the SQL for a column.
    """
    clients = store.rows(
        "SELECT id, name, aliases, external_id FROM client"
        f" WHERE archived_at IS {'NOT ' if archived else ''}NULL AND {scope('id')} ORDER BY id",
        **parameters,
    )
    contacts = _by_client(
        store.rows(
            "SELECT client_id, name, address_as, phone, phone_2, email, email_2, messenger FROM contact"
            f" WHERE archived_at IS NULL AND {scope('client_id')} ORDER BY client_id, id",
            **parameters,
        )
    )
    billing_details = _by_client(
        store.rows(
            "SELECT client_id, legal_name, head_name, tax_id, ogrn, kpp, phone, email FROM requisites"
            f" WHERE archived_at IS NULL AND {scope('client_id')} ORDER BY client_id, id",
            **parameters,
        )
    )
    return [_document(row, contacts.get(row[0], ()), billing_details.get(row[0], ())) for row in clients]


def name_words(name: str) -> list[str]:
    """Words of a name as search compares them: folded, a leading legal form behind the rest."""
    whole, plain = fold(name), fold(sort_key(name))
    if plain and whole.endswith(" " + plain):
        return f"{plain} {whole[: -len(plain)]}".split()
    return whole.split()


def phone_keys(text: str) -> list[str]:
    """Digits of the numbers in a phone field: international where the notation tells; a letter ends one."""
    if text[:1] == "+" and text[1:].isdecimal():
        return [text[1:].removeprefix("00")]
    keys: list[str] = []
    for part in _LETTERS_OR_LIST.split(text):
        number = _NOT_A_DIGIT.sub("", part)
        if len(number) == 11 and number[0] == "8" and "+" not in part:
            number = "7" + number[1:]
        if number:
            keys.append(number.removeprefix("00"))
    return keys


def compact(text: str) -> str:
    """A number or code as search compares it: folded and without anything between its characters."""
    return fold(text).replace(" ", "")


def _document(client: Row, contacts: Sequence[Row], billing_details: Sequence[Row]) -> SearchDoc:
    client_id, name, aliases, external_id = client
    names = name_words(name)
    other_names = [aliases, *(row[1] for row in billing_details if row[1] != name)]
    people = [part for row in contacts for part in row[1:3]] + [row[2] for row in billing_details]
    numbers = [key for row in contacts for phone in row[3:5] if phone for key in phone_keys(phone)]
    numbers += [key for row in billing_details if row[6] for key in phone_keys(row[6])]
    numbers += [compact(code) for row in billing_details for code in row[3:6] if code]
    if external_id:
        numbers.append(compact(external_id))
    addresses = [part for row in contacts for part in row[5:8] if part] + [row[7] for row in billing_details]
    return SearchDoc(
        client_id,
        _joined(names, _words(other_names)),
        _joined(_words(people)),
        _joined(numbers, _words(addresses)),
    )


def _words(texts: Sequence[str]) -> list[str]:
    return fold("\n".join(texts)).split() if any(texts) else []


def _joined(*parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for part in parts for word in part if word))


def _by_client(rows: list[Row]) -> dict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped


_INTO = "INSERT INTO search_doc (client_id, name, people, ids)"


def _insert(store: Store, docs: Sequence[SearchDoc]) -> None:
    """Store documents; many by one statement, because the index writes what it gathered after each."""
    if len(docs) < _MANY:
        store.execute_many(f"{_INTO} VALUES (?, ?, ?, ?)", docs)
        return
    store.execute("CREATE TEMPORARY TABLE IF NOT EXISTS new_search_doc (client_id, name, people, ids)")
    store.execute_many("INSERT INTO new_search_doc VALUES (?, ?, ?, ?)", docs)
    store.execute(f"{_INTO} SELECT client_id, name, people, ids FROM new_search_doc")
    store.execute("DELETE FROM new_search_doc")


_BETWEEN = "client_id BETWEEN :first AND :last"


def _stored(store: Store, where: str, parameters: dict[str, Value]) -> list[SearchDoc]:
    rows = store.rows(f"SELECT client_id, name, people, ids FROM search_doc WHERE {where}", **parameters)
    return [SearchDoc(*row) for row in rows]


def _replace(store: Store, client_ids: list[int]) -> int:
    parameters: dict[str, Value] = {f"c{at}": client_id for at, client_id in enumerate(client_ids)}
    among = f"IN ({', '.join(f':{name}' for name in parameters)})"
    before = {doc.client_id: doc for doc in _stored(store, f"client_id {among}", parameters)}
    after = {doc.client_id: doc for doc in documents(store, lambda column: f"{column} {among}", parameters)}
    changed = [i for i in client_ids if before.get(i) != after.get(i)]
    if not changed:
        return 0
    store.execute_many(
        "DELETE FROM search_doc WHERE client_id = ?", [(i,) for i in changed if i not in after]
    )
    store.execute_many(
        "UPDATE search_doc SET name = ?, people = ?, ids = ? WHERE client_id = ?",
        [(*after[i][1:], i) for i in changed if i in after and i in before],
    )
    _insert(store, [after[i] for i in changed if i in after and i not in before])
    words: Counter[str] = Counter()
    for client_id in changed:
        if old := before.get(client_id):
            words.subtract(search_words.words_of(old.name, old.people))
        if new := after.get(client_id):
            words.update(search_words.words_of(new.name, new.people))
    search_words.count(store, words)
    return len(changed)


def _all_documents(store: Store) -> Generator[tuple[tuple[int, int], list[SearchDoc]]]:
    """Ranges of ids that cover all that are possible, each with the live clients in it."""
    first = 0
    while first is not None:
        nexts = store.rows(
            "SELECT id FROM client WHERE id >= :first ORDER BY id LIMIT :limit",
            first=first,
            limit=_AT_ONCE + 1,
        )
        following = nexts[_AT_ONCE][0] if len(nexts) > _AT_ONCE else None
        last = _LAST_ID if following is None else following - 1
        yield (
            (first, last),
            documents(
                store, lambda column: f"{column} BETWEEN :first AND :last", {"first": first, "last": last}
            ),
        )
        first = following


_LAST_ID = 2**63 - 1


def _differences(docs: list[SearchDoc], stored: list[SearchDoc]) -> Generator[str]:
    truth = {doc.client_id: doc for doc in docs}
    known = {doc.client_id: doc for doc in stored}
    for client_id in sorted(truth.keys() | known.keys()):
        if client_id not in truth:
            yield f"Search still finds the client with the id {client_id}, who is not there."
        elif client_id not in known:
            yield f"Search does not know the client with the id {client_id}."
        elif truth[client_id] != known[client_id]:
            yield f"Search knows old data of the client with the id {client_id}."


def _check_words(store: Store, truth: Counter[str]) -> list[str]:
    known = dict(store.rows("SELECT word, n FROM search_word"))
    return [
        f"Search counts the word “{word}” {known.get(word, 0)} times instead of {truth.get(word, 0)}."
        for word in sorted(truth.keys() | known.keys())
        if truth.get(word, 0) != known.get(word, 0)
    ]


def _check_index(store: Store) -> list[str]:
    try:
        store.execute("INSERT INTO search_trigram (search_trigram, rank) VALUES ('integrity-check', 1)")
    except (sqlite.DatabaseError, Damaged):
        return ["The search index does not match its texts; `onewindow db rebuild` makes it anew."]
    return []
