"""The words by which people and other programs name a choice of a field, in English, Russian and Bulgarian.

They stand beside the records, in `clients_words.py` beside `clients.py` and so on: under `kind.field` for a
field of one kind, under its name for one that several kinds have; for each choice its words between `;`.
Files, the capture line, the command line and forms all read these. The name of a choice is always known.
A field whose choices have a few words each says them where it is declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS

_SAME = {
    "preferred_channel": "channel",
    "training.state": "trained",
    "learner.state": "trained",
    "message.purpose": "purpose_of_message",
    "announcement.purpose": "purpose_of_message",
}


def words_of(kind: str, field: str) -> Mapping[str, str]:
    """The words of each choice of a field of a kind of record, with `;` between them."""
    if declared := _declared(kind, field):
        return declared
    tables = _tables()
    for key in (f"{kind}.{field}", field):
        words = tables.get(_SAME.get(key, key))
        if words is not None:
            return words
    return {}


def _declared(kind: str, field: str) -> Mapping[str, str]:
    if kind:
        for described in attributes(KINDS[kind].record):
            if described.name == field:
                return described.choice_words
    return {}


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    # A form loads this module too, and reads no words before one types.
    from onewindow.records.adoption_words import WORDS as ADOPTION
    from onewindow.records.clients_words import WORDS as CLIENTS
    from onewindow.records.feedback_words import WORDS as FEEDBACK
    from onewindow.records.requests_words import WORDS as REQUESTS
    from onewindow.records.service_words import WORDS as SERVICE
    from onewindow.records.shared_words import WORDS as SHARED

    return {**SHARED, **CLIENTS, **REQUESTS, **FEEDBACK, **ADOPTION, **SERVICE}
