"""Words that look right and are not: Latin letters inside Cyrillic words and the other way round."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN_DOUBLES = frozenset("aceiopxyjsABCEHIJKMOPSTXY")
_CYRILLIC_DOUBLES = frozenset("асеіорхујѕАВСЕНІЈКМОРЅТХУ")


def _is_mixed(word: str) -> bool:
    latin, cyrillic = "".join(_LATIN.findall(word)), "".join(_CYRILLIC.findall(word))
    if not (latin and cyrillic):
        return False
    # "VIPклиент" is a visible mix; only letters that pass for the other script are a mistake nobody sees.
    return _LATIN_DOUBLES.issuperset(latin) or _CYRILLIC_DOUBLES.issuperset(cyrillic)


def mixed_scripts(text: str) -> list[str]:
    """Return the words in which all letters of one script, Latin or Cyrillic, pass for the other's."""
    return [word for word in _WORD.findall(text) if _is_mixed(word)]
