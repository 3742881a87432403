"""People's names in little room."""

from __future__ import annotations

_PATRONYMIC_ENDS = ("вич", "вна", "ична", "ьич", "кич", "мич")


def short_name(name: str) -> str:
    """Return the surname of a name written as surname, given name, patronymic; any other name as it is.

    Only the patronymic tells for sure which word is the surname: `Ким Анна` may be either way round.
    """
    words = name.split()
    if len(words) == 3 and words[2].casefold().endswith(_PATRONYMIC_ENDS):
        return words[0]
    return name


_SURNAME_ENDS = (
    *("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий", "цкая"),
    *("ски", "ска", "енко", "ук", "юк", "ых", "их", "ян", "дзе", "швили"),
)


def surname_place(name: str) -> int:
    """Which word of a person's name is the surname, counted from 0.

    It is the first, as in lists of staff, unless the patronymic stands second or only the last word of
    two ends as surnames do.
    """
    words = [word.casefold() for word in name.split()]
    if len(words) == 3 and words[1].endswith(_PATRONYMIC_ENDS) and not words[2].endswith(_PATRONYMIC_ENDS):
        return 2
    ends = [word.endswith(_SURNAME_ENDS) for word in words]
    return 1 if len(words) == 2 and ends == [False, True] else 0
