"""What unknown words of a column may mean among the choices of a field: guesses for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.exchange.headers.suggestions import parts_of
from onewindow.records.fields import Attribute
from onewindow.text.choices import read_choice, read_flag, spellings
from onewindow.text.fold import fold

ANY_OTHER = "*"
_MOST_WORDS = 12
_ALIKE = 78.0
_GONE_HEADERS = frozenset({"churn", "churned", "attrition", "exited", "отток", "ушел", "ушли", "напуснал"})
"""Words of headers of columns that say yes of clients who left."""
_HERE_HEADERS = frozenset({"active", "активен", "действующий"})
_STEMS = {
    ("client", "stage"): {
        "lost": (
            *("churn", "attrit", "lost", "exit", "left", "cancel", "closed"),
            *("ушел", "ушл", "потер", "отто", "закрыт", "напусн", "загуб"),
        ),
        "leaving": ("leav", "risk", "уход", "риск"),
        "active": ("exist", "activ", "stay", "retain", "current", "действ", "актив", "работа"),
        "onboarding": ("join", "new", "trial", "onboard", "lead", "prospect", "нов", "внедр", "пробн"),
    },
    ("request", "status"): {
        "waiting": ("pending", "wait", "ожида", "ждет", "ждем", "изчак"),
        "resolved": ("clos", "solv", "done", "complet", "merg", "закр", "реш", "выполн", "прикл", "затвор"),
        "declined": ("reject", "declin", "cancel", "отклон", "отказ", "отмен"),
        "handed_off": ("hold", "third", "vendor", "разработ", "передан"),
        "open": ("progress", "work", "assign", "в работе", "обработ", "работи"),
    },
    ("request", "priority"): {
        "urgent": ("critic", "urgent", "blocker", "срочн", "критич", "спеш", "авари"),
        "high": ("major", "high", "высок", "важн", "висок"),
        "low": ("minor", "trivial", "low", "низк", "нисък"),
    },
}
"""Beginnings of words that other programs have for a choice, where no whole word is known."""
_LIKELIEST = {("revenue", "revenue_kind"): "goods", ("document", "document_kind"): "other"}


def guessed_words(
    described: Attribute, header: str, cells: Sequence[str], unknown: Sequence[str] = ()
) -> tuple[tuple[str, str], ...]:
    """What the words of a column may mean, as word and choice, none for words that are known anyway.

    Empty where nothing speaks for the field. `unknown`: words of a column that does fill the field. What
    nothing speaks for means then what is likeliest; many are one `*`, before which the known words of `cells`
    have to be said.
    """
    words = list(dict.fromkeys(unknown or cells))
    if flags := _flags(described, header, words):
        return flags
    meant = {word: _guess(described, word) for word in words if read_choice(described, word) is None}
    guessed = tuple((word, choice) for word, choice in meant.items() if choice)
    likeliest = _likeliest(described)
    if not unknown:
        return guessed if len(guessed) <= _MOST_WORDS else ()
    if len(meant) <= _MOST_WORDS:
        return tuple((word, choice or likeliest) for word, choice in meant.items())
    known = {word: flags for word in dict.fromkeys(cells) if (flags := read_choice(described, word))}
    return (*known.items(), *guessed, (ANY_OTHER, likeliest))


def speaks_for(described: Attribute, header: str, cells: Sequence[str]) -> bool:
    """Whether a word of a column is a choice of a field, or may be one by what it looks like."""
    words = dict.fromkeys(cells)
    return any(read_choice(described, word) or _guess(described, word) for word in words) or bool(
        _flags(described, header, list(words))
    )


def _flags(described: Attribute, header: str, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Yes and no of a column that says of clients that they left, or that they are here."""
    if (described.record, described.name) != ("client", "stage"):
        return ()
    says = {word: read_flag(word) for word in words}
    parts = set(parts_of(header))
    if None in says.values() or not parts & (_GONE_HEADERS | _HERE_HEADERS):
        return ()
    is_gone = bool(parts & _GONE_HEADERS)
    return tuple((word, "lost" if bool(flag) == is_gone else "active") for word, flag in says.items())


def _guess(described: Attribute, word: str) -> str:
    stems = _STEMS.get((described.record, described.name), {})
    plain = " ".join(word.casefold().replace("ё", "е").split())
    for choice, begun in stems.items():
        if any(stem in plain for stem in begun):
            return choice
    from rapidfuzz import process  # only a file with unknown words needs it

    known = spellings(described.record, described.name)
    best = process.extractOne(fold(word), list(known), score_cutoff=_ALIKE) if fold(word) else None
    choice = known[best[0]] if best else ""
    return choice if choice in described.choices else ""


def _likeliest(described: Attribute) -> str:
    default = _LIKELIEST.get((described.record, described.name)) or str(described.default or "")
    return default or next(choice for choice in described.choices if choice)
