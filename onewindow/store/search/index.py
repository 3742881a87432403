"""Questions to the index of letters: which clients have all terms of a reading.

The index knows in which texts each three letters stand. A long pattern is asked by every second three of it
and a long query by its longest words, and what they bring is compared with the text: half the work on a
million clients.
"""

from __future__ import annotations

from onewindow.store.engine import Store, Value
from onewindow.store.search.portfolio import SearchRow, search_rows
from onewindow.store.search.terms import Reading, Term

_LETTERS = 3
_WHOLE_LENGTH = 6
_THREES_A_PATTERN = 7
_THREES_A_QUESTION = 8
"""More than one pattern has, so that a long common word is never asked for alone."""
_EVERYWHERE = "' ' || d.name || ' ' || d.people || ' ' || d.ids || ' '"
_IN_NAMES = "' ' || d.name || ' '"


def with_terms(store: Store, reading: Reading, limit: int, *, in_names: bool = False) -> list[SearchRow]:
    """Any `limit` clients with all terms of a reading, of those that have three letters or more."""
    usable = [term for term in reading if _shortest(term) >= _LETTERS]
    if not usable:
        return []
    threes = 0
    asked: list[str] = []
    compared: list[str] = []
    parameters: dict[str, Value] = {"limit": limit}
    text = _IN_NAMES if in_names else _EVERYWHERE
    # Longest words first: they are the rarest, so the index is asked for what rules out most texts.
    for at, term in enumerate(sorted(usable, key=_shortest, reverse=True)):
        is_asked = in_names or threes < _THREES_A_QUESTION
        if is_asked:
            threes += len(_threes(min(term, key=len)))
            patterns = [_asked_in_names(word, len(usable)) if in_names else _asked(word) for word in term]
            asked.append("(" + " OR ".join(patterns) + ")")
        if in_names or not is_asked or any(len(pattern) > _WHOLE_LENGTH for pattern in term):
            names = {f"p{at}_{place}": f"%{pattern}%" for place, pattern in enumerate(term)}
            parameters.update(names)
            compared.append("(" + " OR ".join(f"{text} LIKE :{name}" for name in names) + ")")
    parameters["asked"] = ("{name} : " if in_names else "") + "(" + " AND ".join(asked) + ")"
    # The limit stands inside: hits are cut before clients are joined, whatever the word brings.
    return search_rows(
        store,
        "WHERE c.id IN (SELECT d.client_id"
        " FROM search_trigram t CROSS JOIN search_doc d ON d.client_id = t.rowid"
        f" WHERE {' AND '.join(['t.search_trigram MATCH :asked', *compared])} LIMIT :limit)",
        **parameters,
    )


def _shortest(term: Term) -> int:
    return min(map(len, term))


def _asked(pattern: str) -> str:
    if len(pattern) <= _WHOLE_LENGTH:
        return f'"{pattern}"'
    return "(" + " AND ".join(f'"{three}"' for three in _threes(pattern)) + ")"


def _asked_in_names(pattern: str, words: int) -> str:
    """The less of a pattern, the more words there are: few names have the beginnings of several.

    Where no name has them, as with names of people, it is the most expensive question of all.
    """
    word, beginning = pattern.strip(), pattern[: _LETTERS + 1]
    if words > 2 and len(word) >= _LETTERS:
        return f'"{word[:_LETTERS]}"'
    if words == 1 and beginning != pattern:
        return f'("{beginning}" AND "{pattern[-_LETTERS:]}")'
    return f'"{beginning}"'


def _threes(pattern: str) -> list[str]:
    """Every second three of letters of a pattern, from its end, where names differ most."""
    places = range(len(pattern) - _LETTERS, -1, -2)[:_THREES_A_PATTERN]
    return [pattern[at : at + _LETTERS] for at in places]
