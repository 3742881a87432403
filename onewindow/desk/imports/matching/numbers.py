"""What a number says of a row: that of a document at a client, or the short number that we gave ourselves."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.imports.matching.identities import Decision, Reach
from onewindow.records.structs import frozen_struct

_LONGEST_NUMBER = 9


@frozen_struct
class Numbered:
    """A document with a number, in a row or on file. What is empty says nothing."""

    record_id: int = 0
    label: str = ""
    """How a message names it: invoice 7 of 2026-10-01."""
    day: str = ""
    amount: object = None
    """With its currency."""
    is_taken: bool = False
    """Of one on file: whether another row of the same file means it."""


def decide_by_number(row: Numbered, known: Sequence[Numbered], *, is_sum_of_lines: bool) -> Decision:
    """Which document a row means, of those of its client that have its kind and number.

    Numbers begin again each year, so another day is another document, of which is told. A corrected amount is
    no other document; lines that come to another sum are, or the rest of one, and nobody knows which.
    """
    fitting = [numbered for numbered in known if not row.day or not numbered.day or numbered.day == row.day]
    alike = [numbered for numbered in fitting if row.amount is None or numbered.amount == row.amount]
    if alike:
        return Decision(min(alike, key=lambda numbered: numbered.record_id).record_id)
    if len(fitting) > 1:
        labels = ", ".join(sorted(numbered.label for numbered in fitting)[:3])
        return Decision(
            unclear=f"unclear: {len(fitting)} documents on file have that number ({labels}), none the amount"
        )
    if fitting and fitting[0].is_taken:
        return Decision(
            unclear=f"unclear: another row has made it {fitting[0].label}; which amount is right?"
        )
    if fitting and is_sum_of_lines and fitting[0].amount is not None:
        return Decision(
            unclear=f"unclear: {fitting[0].label} is on file, and these lines come to another sum;"
            " put all lines of it into one file"
        )
    if fitting:
        return Decision(fitting[0].record_id)
    others = sorted(numbered.label for numbered in known if numbered.day[:4] == row.day[:4])
    return (
        Decision(namesake=f"{others[0]} has that number too, so it is another document")
        if others
        else Decision()
    )


def decide_by_own_number(
    label: str, words: Reach, their_words: Reach, record_id: int, *, is_of_client: bool
) -> Decision:
    """Whether a row that carries a short number of ours means the record that has it.

    `label` names the record, `words` are those of the titles.
    """
    if is_of_client and (not words or words & their_words):
        return Decision(record_id)
    whose = "" if is_of_client else " of another client"
    return Decision(
        unclear=f"unclear: the number is that of {label}{whose}; if it is that of another program,"
        " map its column to external_id"
    )


def number_in_id(text: str, prefix: str) -> int:
    """The short number of ours that an id may be, as `R-1042` or `1042`; 0 for none."""
    head, mark, figures = text.strip().rpartition("-")
    if (mark and head.strip().casefold() != prefix.casefold()) or len(figures) > _LONGEST_NUMBER:
        return 0
    return int(figures) if figures.isascii() and figures.isdecimal() else 0
