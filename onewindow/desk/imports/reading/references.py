"""What the words of a file refer to: clients, colleagues, products, people, documents; no query a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.desk.imports.matching.named_clients import NamedClients
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.store.changes import Transaction
from onewindow.store.ids import is_own_id
from onewindow.store.imports import matches
from onewindow.text.fold import fold
from onewindow.text.names.person_names import surname_place

_WORD_FIELDS = ("name", "title", "login", "slug", "number", "email", "email_2", "phone", "version_name")

_FEW = 5


class SeveralColleagues(ValueError):
    """A word means several colleagues; the text says so."""

    def __init__(self, word: str, names: Sequence[str]) -> None:
        """Tell who they are."""
        super().__init__(f"“{word}” may mean several colleagues ({', '.join(names[:_FEW])})")
        self.names = tuple(names)


class References:
    """Finds the records that words mean, from maps that are read before the rows of a chunk."""

    def __init__(self, transaction: Transaction, default: Client | None, source: str = "") -> None:
        """Begin with nothing read; `default` is the client of rows that name none.

        `source` is the program whose ids the file has.
        """
        self._store = transaction.store
        self._default = default
        self.clients = NamedClients(transaction.store, source)
        self._maps: dict[tuple[str, int], dict[str, list[int]]] = {}
        self._whole: set[str] = set()
        self._names: dict[int, str] = {}
        """Colleagues at work with their logins, by id."""
        self._logins: dict[str, int] = {}
        self._left: dict[int, str] = {}
        self._by_left: dict[str, list[int]] = {}

    def prepare(self, kinds: Iterable[str], clients: Iterable[Client]) -> None:
        """Read what rows of these clients may refer to."""
        ids = {client.id for client in clients} | ({self._default.id} if self._default else set[int]())
        for name in set(kinds) - {"client"}:
            kind = KINDS[name]
            if not kind.of_client:
                self._read_whole(name)
                continue
            missing = [record_id for record_id in ids if (name, record_id) not in self._maps]
            for record_id in missing:
                self._maps[name, record_id] = {}
            for record in matches.of_clients(self._store, kind.record, missing):
                self.add(record)

    def _read_whole(self, name: str) -> None:
        if name not in self._whole:
            self._whole.add(name)
            self._maps[name, 0] = {}
            for record in matches.all_of(self._store, KINDS[name].record, archived=name == "staff"):
                if isinstance(record, Staff) and record.archived_at is not None:
                    self._left[record.id] = record.name
                    for key in _keys(record):
                        self._by_left.setdefault(key, []).append(record.id)
                else:
                    self.add(record)

    def add(self, record: Record) -> None:
        """Let words mean this record, if its kind is looked for."""
        known = self._maps.get((record.kind, _client_id(record)))
        if known is not None:
            for key in _keys(record):
                ids = known.setdefault(key, [])
                if record.id not in ids:
                    ids.append(record.id)
            if isinstance(record, Staff):
                self._logins[record.login.casefold()] = record.id
                self._names[record.id] = f"{record.name} ({record.login})"

    def client(self, words: Sequence[str]) -> Client | None:
        """The client whom a row means; None where it names none. Raises ValueError with a reason."""
        named = [word for word in words if word]
        for word in named:
            meant = self.clients.meant(word)
            if len(meant) == 1:
                return meant[0]
            if meant:
                numbers = ", ".join(f"C-{client.number}" for client in meant[:5])
                raise ValueError(f"“{word}” may mean several clients ({numbers}); use their ids or tax ids")
        if named:
            shown = next((word for word in named if not is_own_id(word)), named[0])
            raise ValueError(self.clients.reason_of_none(next(filter(self.clients.archived, named), shown)))
        return self._default

    @property
    def has_default(self) -> bool:
        """Whether rows that name no client have one."""
        return self._default is not None

    def client_of_mail(self, address: str) -> Client:
        """The client one of whose people has an address; raises ValueError with a reason."""
        meant = self.clients.of_mail(address)
        if not meant:
            raise ValueError(f"nobody on file has the address {address}; name the client with --client")
        if len(meant) > 1:
            names = ", ".join(client.name for client in meant[:3])
            raise ValueError(f"people of {names} have the address {address}; name the client with --client")
        return meant[0]

    def find(self, kind: str, word: str, client_id: int | None, *, must_be_here: bool = False) -> int:
        """The id of the record that a word means; raises ValueError when none or several fit.

        `must_be_here`: a colleague who left is none.
        """
        if kind == "client":
            client = self.client([word])
            return client.id if client else 0
        known = self._maps.get((kind, (client_id or 0) if KINDS[kind].of_client else 0), {})
        ids = known.get(word) or known.get(_key(word)) or known.get(_sorted_key(word)) or []
        if len(ids) == 1:
            return ids[0]
        if kind == "staff" and (named := self._logins.get(word.casefold())) in ids:
            return named  # a login is told by nobody else, also where it reads as a surname with an initial
        if not ids and kind == "staff" and (left := self._who_left(word)):
            if must_be_here:
                raise ValueError(f"{self._left[left]} works here no more")
            return left
        spoken = "colleague" if kind == "staff" else KINDS[kind].display_name
        if ids:
            if kind == "staff":
                raise SeveralColleagues(word, sorted(self._names[colleague_id] for colleague_id in ids))
            raise ValueError(f"“{word}” may mean several {KINDS[kind].plural}")
        if is_own_id(word) and matches.exists(self._store, KINDS[kind].record, int(word)):
            return int(word)
        raise ValueError(f"there is no {spoken} “{word}”")

    def _who_left(self, word: str) -> int:
        """The id of the one colleague who left and whom a word means, 0 for none."""
        ids = self._by_left.get(word) or self._by_left.get(_key(word)) or self._by_left.get(_sorted_key(word))
        return ids[0] if ids and len(ids) == 1 else 0


def _client_id(record: Record) -> int:
    return (getattr(record, "client_id", 0) or 0) if KINDS[record.kind].of_client else 0


def _keys(record: Record) -> list[str]:
    kind = KINDS[record.kind]
    texts = [str(getattr(record, name, "") or "") for name in (*_WORD_FIELDS, kind.title)]
    keys = [str(record.id), record.external_id or "", *map(_key, texts)]
    if kind.prefix:
        keys.append(_key(f"{kind.prefix}-{getattr(record, 'number', 0)}"))
    if record.kind in ("staff", "contact"):
        words = texts[0].split()
        keys += [_sorted_key(texts[0]), *map(_key, words[:1])]
        if record.kind == "staff" and words:
            surname = words.pop(surname_place(texts[0]))
            keys += [_key(surname), *_with_initials(surname, words)]
    return [key for key in dict.fromkeys(keys) if key]


def _with_initials(surname: str, others: Sequence[str]) -> list[str]:
    """A surname with initials before or behind it, fewer or all of them: Иванова М. С., М. Иванова."""
    initials = [word[0] for word in others]
    short = [" ".join(initials[:count]) for count in range(1, len(initials) + 1)]
    return [_key(text) for given in short for text in (f"{surname} {given}", f"{given} {surname}")]


def _key(text: str) -> str:
    return fold(text).replace(" ", "") or text.strip()


def _sorted_key(text: str) -> str:
    return " ".join(sorted(fold(text).split()))
