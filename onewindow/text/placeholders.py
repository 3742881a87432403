"""Places in a text that something known is put into: `{contact}` in a template, `⟨contact⟩` while empty."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}")
_EMPTY = re.compile(r"⟨([^⟨⟩\n]*)⟩")


def places_in(template: str) -> list[str]:
    """The names of the places of a template in their order, each once; `{{` and `}}` are plain braces."""
    names = (match[1].strip() for match in _PLACE.finditer(template) if match[1] is not None)
    return list(dict.fromkeys(names))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its places filled in one pass, so that braces in a value stay what they are.

    A place whose value is empty or not there becomes `⟨name⟩`, for a person to fill.
    """

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        name = match[1].strip()
        return values.get(name) or f"⟨{name}⟩"

    return _PLACE.sub(put, template)


def unfilled(text: str, known: Collection[str]) -> list[str]:
    """The names of the places in a text that still wait to be filled, each once; only `known` ones count."""
    names = (match[1].strip() for match in _EMPTY.finditer(text))
    return [name for name in dict.fromkeys(names) if name in known]
