"""Words that look right and are not: Latin letters inside Cyrillic words and the other way round."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile("[A-Za-z]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN_DOUBLES = "aceiopxyjsABCEHIJKMOPSTXY"
_CYRILLIC_DOUBLES = "асеіорхујѕАВСЕНІЈКМОРЅТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN_DOUBLES, _CYRILLIC_DOUBLES)
_TO_LATIN = str.maketrans(_CYRILLIC_DOUBLES, _LATIN_DOUBLES)
_ALL_LATIN_DOUBLES = frozenset(_LATIN_DOUBLES)
_ALL_CYRILLIC_DOUBLES = frozenset(_CYRILLIC_DOUBLES)
_RARE = frozenset("іјѕІЈЅ")
"""Cyrillic letters that neither Russian nor Bulgarian has."""


def mixed_scripts(text: str) -> list[str]:
    """Return the words in which all letters of one script, Latin or Cyrillic, pass for the other's."""
    if text.isascii():
        return []
    return [word for word in _WORD.findall(text) if _is_mixed(word)]


def in_one_script(text: str) -> str:
    """Return the text with every such word in the one script that it was most likely meant in."""
    if text.isascii():
        return text
    return _WORD.sub(lambda found: _unmixed(found[0]) if _is_mixed(found[0]) else found[0], text)


def _is_mixed(word: str) -> bool:
    latin, cyrillic = _letters(word)
    if not (latin and cyrillic):
        return False
    # "VIPклиент" is a visible mix; only letters that pass for the other script are a mistake nobody sees.
    return _ALL_LATIN_DOUBLES.issuperset(latin) or _ALL_CYRILLIC_DOUBLES.issuperset(cyrillic)


def _unmixed(word: str) -> str:
    latin, cyrillic = _letters(word)
    as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if not _ALL_LATIN_DOUBLES.issuperset(latin):
        return as_latin
    if not _ALL_CYRILLIC_DOUBLES.issuperset(cyrillic):
        return as_cyrillic
    # All letters exist in both scripts: the one with more of them wins, if its words can be written so.
    if len(latin) > len(cyrillic) or _RARE.intersection(as_cyrillic):
        return as_latin
    return as_cyrillic


def _letters(word: str) -> tuple[str, str]:
    return "".join(_LATIN.findall(word)), "".join(_CYRILLIC.findall(word))
