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
