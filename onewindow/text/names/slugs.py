"""Short Latin names for addresses and command lines: ООО «Ромашка» is ooo-romashka."""

from __future__ import annotations

import re

_COMMON = re.compile(r"[0-9A-Za-zА-Яа-яЁё .«»()/_-]*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class _Spellings(dict[int, str]):
    """Letters as python-slugify spells them, each asked for once: a whole name costs it 50 µs."""

    def __missing__(self, code: int) -> str:
        from slugify import slugify  # a start spells no name

        letter = chr(code)
        self[code] = slugify(letter) if letter.isalnum() else " "
        return self[code]


_SPELLINGS = _Spellings()


def slug_of(text: str, max_length: int = 60) -> str:
    """The slug that python-slugify makes of a text, fast for common letters; '' if nothing can be spelt."""
    if not _COMMON.fullmatch(text):
        # Most names have common letters alone, and do without the library.
        from slugify import slugify

        return slugify(text, max_length=max_length)
    spelt = text.translate(_SPELLINGS)
    return _NOT_SLUG.sub("-", spelt).strip("-")[:max_length].strip("-")
