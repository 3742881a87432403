"""Names of people of another firm in a term that was handed over: kept behind its evidence, found again."""

from __future__ import annotations

from onewindow.text.patterns import pattern

_WORDS = {"given_by": "given by", "given_to": "given to"}
_FIELDS = {words: field for field, words in _WORDS.items()}
_NOTED = pattern(r"^(.*?) ?\((given by|given to) ([^()]+)\)$")
_LONGEST = 200


def with_party(evidence: str, field: str, name: str) -> str:
    """Evidence that names somebody who is not on file here: `договор п. 4.2 (given by Иванова Мария)`.

    `field` is `given_by` or `given_to`; brackets in the name become blanks.
    """
    known = " ".join(name.replace("(", " ").replace(")", " ").split())
    noted = f"({_WORDS[field]} {known})"[:_LONGEST]
    return f"{evidence[: _LONGEST - len(noted) - 1].rstrip()} {noted}".strip()


def without_parties(evidence: str) -> tuple[str, dict[str, str]]:
    """The evidence alone, and the names that were put behind it, by field."""
    values: dict[str, str] = {}
    while (noted := _NOTED.match(evidence)) is not None and _FIELDS[noted[2]] not in values:
        evidence = noted[1]
        values[_FIELDS[noted[2]]] = noted[3]
    return evidence, values
