"""People's names: which word is which, a whole name from its parts, and names in little room."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.text.fold import fold
from onewindow.text.patterns import pattern

_RUSSIAN_WRITING = pattern(r"[а-яёА-ЯЁ]")
_PATRONYMIC_ENDS = ("вич", "вна", "ична", "ьич", "кич", "мич")


def short_name(name: str) -> str:
    """Return the surname of a name written as surname, given name, patronymic; any other name as it is.

    Only the patronymic tells for sure which word is the surname: `Ким Анна` may be either way round, and
    `Роман Аркадьевич Абрамович` ends in a surname that looks like one.
    """
    words = name.split()
    if len(words) != 3 or not _is_patronymic(words[2]) or _is_patronymic(words[1]):
        return name
    return words[0]


_SURNAME_ENDS = (
    *("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая"),
    *("ски", "ска", "енко", "ук", "юк", "ых", "их", "ян", "дзе", "швили"),
)


def surname_place(name: str) -> int:
    """Which word of a person's name is the surname, counted from 0.

    It is the first, as in lists of staff, unless the patronymic stands second (then the last word is the
    surname, also Абрамович) or only the last word of two ends as surnames do.
    """
    words = [word.casefold() for word in name.split()]
    if len(words) == 3 and _is_patronymic(words[1]):
        return 2
    ends = [word.endswith(_SURNAME_ENDS) for word in words]
    return 1 if len(words) == 2 and ends == [False, True] else 0


def whole_name(name: str, last: str, first: str, middle: str, language: str = "") -> str:
    """A person's name that loses none of its parts: what a file calls the name, completed by its parts.

    A name that says all that the parts say stays as it is. Else the parts are put together in the order in
    which the name has them, or as people of the language write it: in Russian the surname first. Where the
    name has words of its own besides (`Анна из Альфы`), only the parts count, if they make a whole name.
    """
    if name and not (last or first or middle):
        return name
    parts = [" ".join(part.split()) for part in (last, first, middle)]
    named = [fold(word) for word in name.split()]
    missing = [part for part in parts if not set(fold(part).split()) <= set(named)]
    if name and not missing:
        return name
    last, first, middle = parts
    if len(named) == 1 and not first and named[0] not in fold(f"{last} {middle}").split():
        first = name  # a column called “Имя” beside one of surnames
    together = " ".join(part for part in _ordered(last, first, middle, named, language) if part)
    if not name or (first and last) or set(named) <= set(fold(together).split()):
        return together
    return " ".join((name, *missing))


def words_besides(name: str, whole: str) -> str:
    """A name as a file has it, if it says more than the whole name that was made of its parts; else ''."""
    if name == whole:
        return ""
    said = set(fold(whole).split())
    return "" if set(fold(name).split()) <= said else " ".join(name.split())


def _ordered(last: str, first: str, middle: str, named: Sequence[str], language: str) -> tuple[str, str, str]:
    if len(named) > 1 and named[0] in fold(first).split():
        return first, middle, last
    if len(named) > 1 and named[0] in fold(last).split():
        return last, first, middle
    speaks_russian = language == "ru" or (not language and _RUSSIAN_WRITING.search(f"{last}{first}{middle}"))
    return (last, first, middle) if speaks_russian else (first, middle, last)


def _is_patronymic(word: str) -> bool:
    return word.casefold().endswith(_PATRONYMIC_ENDS)
