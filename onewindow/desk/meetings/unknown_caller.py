"""A number that nobody on file has: how it is read, and what can be made of who calls from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from onewindow.records.clients import LEAD_TAG, Client, Contact
from onewindow.records.structs import frozen_struct
from onewindow.text.identifiers.phones import format_phone, normalise_phone

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

Becomes = Literal["contact", "client", "lead"]
FEWEST_DIGITS = 6


@frozen_struct
class UnknownCaller:
    """Who called from a number that is not on file, and what is to be made of them."""

    number: str
    becomes: Becomes


def preset_of(caller: UnknownCaller) -> dict[str, str]:
    """What the form of the new client has in it. A lead is with sales, so it is no active client of ours."""
    note = {"note": f"called from {caller.number}"}
    return note | {"stage": "handover", "tags": LEAD_TAG} if caller.becomes == "lead" else note


def keep_number(session: Session, client: Client, number: str) -> Contact:
    """Store who called as a person of the client, so that the number finds them when it rings again.

    Until somebody says who it is the person is called as the client is. Raises FieldProblems or StoreProblem.
    """
    from onewindow.desk.editing import changing  # the finder, which a start may open, needs none of it

    values = {"name": client.name, "phone": number, "is_main": "yes"}
    stored = changing.add(session, "contact", values, client.id)
    if not isinstance(stored, Contact):
        raise TypeError(f"a contact was stored as {stored.kind}")
    return stored


def number_in(typed: str, region: str) -> str:
    """The telephone number that was typed into a search, as people read it; '' if it is none."""
    text = typed.strip()
    digits = [character for character in text if character.isdigit()]
    if len(digits) < FEWEST_DIGITS or any(
        not (character.isdigit() or character in "+-() .") for character in text
    ):
        return ""
    number = normalise_phone(text, region)
    return format_phone(number) if number else text
