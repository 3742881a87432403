"""The distinct words of names: how many clients have each, and which of them a misspelt word may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from onewindow.store.engine import Store
from onewindow.text.fold import skeleton

_LONGEST = 40
_SHORTEST = 3
_SHORTEST_MISTYPED = 4
_SHORTEST_BEGINNING = 5
_ALIKE_AT_MOST = 4
_SLIPS_AT_MOST = 4
_SAME_END_AT_MOST = 1000
_AFTER = "~"
"""Sorts after every letter and digit, so that a prefix is a range of an index."""


def words_of(*texts: str) -> set[str]:
    """The words of folded texts that people may misspell: letters only, neither tiny nor huge."""
    return {
        word
        for text in texts
        for word in text.split()
        if word.isalpha() and _SHORTEST <= len(word) <= _LONGEST
    }


def count(store: Store, changes: Mapping[str, int]) -> None:
    """Add to the counts of words, or take away; a word that nobody has any more goes. Inside a write."""
    rows = [(word, skeleton(word), word[::-1], n) for word, n in sorted(changes.items()) if n]
    store.execute_many(
        "INSERT INTO search_word (word, skeleton, reversed, n) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (word) DO UPDATE SET n = search_word.n + excluded.n",
        rows,
    )
    fewer = [(word,) for word, _, _, n in rows if n < 0]
    if fewer:
        store.execute_many("DELETE FROM search_word WHERE word = ? AND n <= 0", fewer)


def replace_all(store: Store, counts: Counter[str]) -> None:
    """Write the whole table again. Inside a write."""
    store.execute("DELETE FROM search_word")
    count(store, counts)


def is_known(store: Store, word: str) -> bool:
    """Whether any word of a name begins so."""
    return (
        store.scalar(
            "SELECT 1 FROM search_word WHERE word >= :word AND word < :after LIMIT 1",
            word=word,
            after=word + _AFTER,
        )
        is not None
    )


def spelt_alike(store: Store, word: str) -> list[str]:
    """Words that sound like the word, or, once it has five letters, begin so: `schelkovo` for `shchelk`."""
    key = skeleton(word)
    if len(key) < _SHORTEST or not word.isalpha():
        return []
    after = key + _AFTER if len(word) >= _SHORTEST_BEGINNING else key + " "
    rows = store.rows(
        "SELECT word, n FROM search_word WHERE skeleton >= :key AND skeleton < :after"
        " ORDER BY skeleton LIMIT :limit",
        key=key,
        after=after,
        limit=_ALIKE_AT_MOST * 4,
    )
    others = [(n, other) for other, n in rows if not other.startswith(word)]
    return [other for _, other in sorted(others, reverse=True)[:_ALIKE_AT_MOST]]


def mistyped(store: Store, word: str) -> list[str]:
    """Words that the word, or a beginning of them, may be with one slip of the fingers; nearest first.

    Words with the same first letter are compared whole or up to the length typed; for a slip in the first
    letter, words with the same end are. The distance counts neighbours swapped as one slip (optimal string
    alignment), and longer words may have two or three, because one Cyrillic letter is up to three Latin ones.
    """
    if len(word) < _SHORTEST_MISTYPED or not word.isalpha():
        return []
    # A start corrects no word, and most searches find something without it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    slips = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
    candidates = _same_first_letter(store, word, len(word) - slips)
    candidates.update(_same_end(store, word))
    names = list(candidates)
    longer = [name for name in names if len(name) > len(word)]
    spellings = [*names, *(name[: len(word)] for name in longer)]
    names += longer
    near = extract(word, spellings, scorer=OSA.distance, score_cutoff=slips, limit=_SLIPS_AT_MOST * 4)
    ranked = sorted((distance, -candidates[names[at]], names[at]) for _, distance, at in near)
    best = dict.fromkeys(name for distance, _, name in ranked if distance <= ranked[0][0] + 1)
    return list(best)[:_SLIPS_AT_MOST]


def _same_first_letter(store: Store, word: str, shortest: int) -> dict[str, int]:
    first = word[0]
    return dict(
        store.rows(
            "SELECT word, n FROM search_word"
            " WHERE word >= :first AND word < :after AND length(word) >= :least",
            first=first,
            after=chr(ord(first) + 1),
            least=shortest,
        )
    )


def _same_end(store: Store, word: str) -> dict[str, int]:
    end = word[:1:-1]
    if len(end) < _SHORTEST:
        return {}
    return dict(
        store.rows(
            "SELECT word, n FROM search_word WHERE reversed >= :end AND reversed < :after LIMIT :limit",
            end=end,
            after=end + _AFTER,
            limit=_SAME_END_AT_MOST,
        )
    )
