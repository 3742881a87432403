"""The client whom a line names: by number, telephone, e-mail, or the longest words that are a name."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.requests.intake_people import FROM
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.search import terms
from onewindow.store.search.finding import NAME, WHOLE_NAME, Hit, find_clients, find_named
from onewindow.text.capture.line import Part, Word, with_part, words_of

_LONGEST_NAME = 4
_LONGEST_INSIDE = 3
_READ_WORDS = 12
"""A client is looked for among so many first words."""
_LEAST_LETTERS = 3
_OFFERED = 6


@frozen_struct
class NamedClient:
    """Clients that a line may mean, the likeliest first, and its parts with the name among them."""

    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
    is_certain: bool
    """Whether the first of them is meant."""
    how: str


class ClientReader:
    """Finds the client of a line while it is typed: what was asked once is not asked again."""

    def __init__(self, me_id: int) -> None:
        """Search for one person, whose own clients come first."""
        self._me_id = me_id
        self._known: dict[tuple[str, str], tuple[Hit, ...]] = {}

    def forget(self) -> None:
        """Ask again from now on: clients have changed."""
        self._known.clear()

    def read(self, store: Store, text: str, parts: tuple[Part, ...], shown_id: int | None) -> NamedClient:
        """Who is meant. `shown_id` is the client on the screen, who need not be named.

        Another client is taken then only by a number, a telephone or the whole name at the beginning.
        """
        words = words_of(text, parts)[:_READ_WORDS]
        named = self._by_number(store, text, parts, words) or self._leading(store, parts, words, shown_id)
        if named is None and shown_id is None:
            named = self._inside(store, parts, words) or self._by_person(store, parts, words)
        return named or NamedClient(parts, (), is_certain=False, how="")

    def _by_number(
        self, store: Store, text: str, parts: tuple[Part, ...], words: Sequence[Word]
    ) -> NamedClient | None:
        for word in words:
            asked = terms.short_number(word.text)
            if asked is None or not asked.is_certain:
                continue
            hits = self._found(store, word.text)
            if hits and asked.kinds == "C":
                return self._taken(parts, word.start, word.end, hits, "by its number")
            if hits:
                return NamedClient(parts, hits[:1], is_certain=True, how=f"of {word.text}")
        for part in parts:
            if part.role == "number":
                hits = self._found(store, text[part.start : part.end])
                if hits:
                    how = "by e-mail" if "@" in part.value else "by phone"
                    return NamedClient(parts, hits[:_OFFERED], is_certain=len(hits) == 1, how=how)
        return None

    def _leading(
        self, store: Store, parts: tuple[Part, ...], words: Sequence[Word], shown_id: int | None
    ) -> NamedClient | None:
        """The longest first words that are in a name."""
        best: NamedClient | None = None
        for count in range(1, min(_LONGEST_NAME, len(words)) + 1):
            hits = self._named(store, _joined(words[:count]))
            # No longer name can fit where a shorter beginning of it does not.
            if not hits:
                break
            named = self._judged(parts, words[0].start, words[count - 1].end, hits, shown_id)
            best = named or best
        return best

    def _judged(
        self, parts: tuple[Part, ...], start: int, end: int, hits: tuple[Hit, ...], shown_id: int | None
    ) -> NamedClient | None:
        whole = tuple(hit for hit in hits if hit.rank == WHOLE_NAME)
        worded = tuple(hit for hit in hits if hit.rank <= NAME)
        if shown_id is not None:
            own = tuple(hit for hit in worded if hit.client_id == shown_id)
            if len(whole) == 1 or own:
                return self._taken(parts, start, end, whole if len(whole) == 1 else own, "named")
            return None
        if len(whole) == 1 or len(worded) == 1:
            taken = whole if len(whole) == 1 else worded
            others = tuple(hit for hit in worded if hit is not taken[0])
            return self._taken(parts, start, end, taken + others, "named")
        if worded:
            return self._taken(parts, start, end, worded, "may be several", is_certain=False)
        return NamedClient(parts, hits[:_OFFERED], is_certain=False, how="may be meant")

    def _inside(self, store: Store, parts: tuple[Part, ...], words: Sequence[Word]) -> NamedClient | None:
        """Words anywhere that are the whole name of one client."""
        # The longest first: "Лютик Плюс" must not be read as "Лютик".
        for count in range(min(_LONGEST_INSIDE, len(words)), 0, -1):
            for first in range(len(words) - count + 1):
                named = words[first : first + count]
                if min(len(named[0].text), len(named[-1].text)) < _LEAST_LETTERS:
                    continue
                hits = self._named(store, _joined(named), whole_only=True)
                if len(hits) == 1:
                    before = words[first - 1] if first else named[0]
                    start = before.start if before.text.casefold() in FROM else named[0].start
                    return self._taken(parts, start, named[-1].end, hits, "named")
        return None

    def _by_person(self, store: Store, parts: tuple[Part, ...], words: Sequence[Word]) -> NamedClient | None:
        """The first two words as the name of somebody's contact."""
        if len(words) < 2 or min(len(word.text) for word in words[:2]) < _LEAST_LETTERS:
            return None
        hits = tuple(h for h in self._found(store, _joined(words[:2])) if h.why.startswith("contact"))
        if not hits:
            return None
        return NamedClient(parts, hits[:_OFFERED], is_certain=len(hits) == 1, how=hits[0].why)

    def _taken(
        self, parts: tuple[Part, ...], start: int, end: int, hits: tuple[Hit, ...], how: str, *,
        is_certain: bool = True,
    ) -> NamedClient:  # fmt: skip
        part = Part("client", start, end, str(hits[0].client_id))
        return NamedClient(with_part(parts, part), hits[:_OFFERED], is_certain=is_certain, how=how)

    def _named(self, store: Store, words: str, *, whole_only: bool = False) -> tuple[Hit, ...]:
        key = ("whole" if whole_only else "named", words.casefold())
        if key not in self._known:
            hits = find_named(store, words, self._me_id, whole_only=whole_only)
            self._known[key] = tuple(hits)
        return self._known[key]

    def _found(self, store: Store, query: str) -> tuple[Hit, ...]:
        key = ("found", query.casefold())
        if key not in self._known:
            self._known[key] = tuple(find_clients(store, query, self._me_id, _OFFERED))
        return self._known[key]


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
