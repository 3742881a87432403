"""How complete a handover from sales is: nine items, each found on the card or in the package, or missing.

An item is there when everything that belongs to it is; completeness is the share of items there among those
that are needed, in whole percent rounded down, so that 100 means nothing is missing. A person's word on an
item (not needed, there on paper, missing though the card has it) counts before what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from onewindow.records.structs import frozen_struct
from onewindow.text.dates import day_in_full

ItemState = Literal["present", "missing", "not_needed"]

TOPICS = {
    "requisites": "requisites",
    "contract": "contract number",
    "invoices": "invoices",
    "acts": "acts",
    "contacts": "contacts with consents",
    "terms": "special terms with evidence",
    "goals": "goals",
    "products": "products and licences",
    "meeting": "introduction meeting",
}
"""Each item of the checklist and what people call it, in the order in which it is gone through."""

BLOCKERS = frozenset({"requisites", "contract", "contacts", "products"})
"""Items without which the service cannot begin: it could neither invoice, nor cite the contract, nor call."""


@frozen_struct
class Person:
    """A contact: whether calls, mail or messages reach them, and whether they let us keep their data."""

    name: str
    is_reachable: bool
    has_consented: bool


@frozen_struct
class HandoverInputs:
    """What is known of a client and their deal, from the card and the package together."""

    billing_details_missing: Sequence[str] = ("legal name", "tax id", "legal address")
    """What an invoice still needs of the billing details."""
    contract_number: str = ""
    invoices: Sequence[str] = ()
    acts: Sequence[str] = ()
    people: Sequence[Person] = ()
    terms: Sequence[tuple[str, str]] = ()
    """Each special term with its evidence, '' for none."""
    goal: str = ""
    goal_measure: str = ""
    products: Sequence[str] = ()
    meeting_on: str = ""
    meeting_form: str = ""
    meeting_led_by: str = ""
    meeting_notes: str = ""


@frozen_struct
class Word:
    """What a person said of an item, and why."""

    state: ItemState
    reason: str


@frozen_struct
class Line:
    """One item of the checklist and how it stands."""

    topic: str
    """Its name among TOPICS, '' for an item that somebody added."""
    title: str
    state: ItemState
    is_blocker: bool
    found: tuple[str, ...]
    """What is there of it."""
    missing: tuple[str, ...]
    """What it still needs; each a few words."""
    reason: str
    """A person's word on it, '' where it is computed."""


@frozen_struct
class Checklist:
    """All items of one handover."""

    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """Items that are needed and not there, blockers first."""
        absent = [line for line in self.lines if line.state == "missing"]
        return tuple(sorted(absent, key=lambda line: not line.is_blocker))

    @property
    def blockers(self) -> tuple[Line, ...]:
        """Missing items without which the service cannot begin."""
        return tuple(line for line in self.missing if line.is_blocker)

    @property
    def needed(self) -> int:
        """How many items are needed."""
        return sum(line.state != "not_needed" for line in self.lines)

    @property
    def present(self) -> int:
        """How many items are there."""
        return sum(line.state == "present" for line in self.lines)

    @property
    def percent(self) -> int:
        """Completeness in whole percent, rounded down; 100 where nothing is needed."""
        return percent_of(self.present, self.needed)


def percent_of(present: int, needed: int) -> int:
    """Whole percent of items that are there, rounded down; 100 where none is needed."""
    return 100 * present // needed if needed else 100


def checklist(
    facts: HandoverInputs, words: Mapping[str, Word] | None = None, own: Sequence[Line] = ()
) -> Checklist:
    """How each item stands; `words` are what people said of items, `own` items that they added."""
    lines: list[Line] = []
    for topic, title in TOPICS.items():
        known, missing = _LOOKS[topic](facts)
        state: ItemState = "missing" if missing else "present"
        word = (words or {}).get(topic)
        lines.append(
            Line(
                topic,
                title,
                word.state if word else state,
                topic in BLOCKERS,
                tuple(known),
                tuple(missing),
                word.reason if word else "",
            )
        )
    return Checklist((*lines, *own))


def why(line: Line) -> list[str]:
    """The reasons behind the state of an item, in plain lines."""
    spoken = {"present": "there", "missing": "missing", "not_needed": "not needed"}[line.state]
    lines = [f"{line.title}: {spoken}" + (", nothing starts without it" if line.is_blocker else "")]
    if line.reason:
        lines.append(f"somebody said so: {line.reason}")
    lines += [f"there: {text}" for text in line.found]
    lines += [f"lacks: {text}" for text in line.missing]
    return lines


# what belongs to each item: (found, missing)

_Look = tuple[list[str], list[str]]


def _billing_details(facts: HandoverInputs) -> _Look:
    return ([] if facts.billing_details_missing else ["an invoice can be written"]), list(
        facts.billing_details_missing
    )


def _contract(facts: HandoverInputs) -> _Look:
    number = facts.contract_number
    return ([number], []) if number else ([], ["the number of the contract"])


def _invoices(facts: HandoverInputs) -> _Look:
    return list(facts.invoices), ([] if facts.invoices else ["an invoice"])


def _acts(facts: HandoverInputs) -> _Look:
    return list(facts.acts), ([] if facts.acts else ["an act"])


def _contacts(facts: HandoverInputs) -> _Look:
    names = [person.name for person in facts.people if person.is_reachable and person.has_consented]
    missing = [f"telephone or e-mail of {person.name}" for person in facts.people if not person.is_reachable]
    missing += [
        f"consent of {person.name} to keep their data" for person in facts.people if not person.has_consented
    ]
    return names, missing if facts.people else ["a contact"]


def _terms(facts: HandoverInputs) -> _Look:
    proven = [f"{text}: {evidence}" for text, evidence in facts.terms if evidence]
    missing = [f"evidence of “{text}”" for text, evidence in facts.terms if not evidence]
    return proven, missing if facts.terms else ["special terms, or the word that there are none"]


def _goals(facts: HandoverInputs) -> _Look:
    goals = [text for text in (facts.goal, facts.goal_measure) if text]
    missing = ["the goal"] if not facts.goal else []
    return goals, missing + (["how both will see that it is reached"] if not facts.goal_measure else [])


def _products(facts: HandoverInputs) -> _Look:
    return list(facts.products), ([] if facts.products else ["what was bought"])


def _meeting(facts: HandoverInputs) -> _Look:
    parts = {
        "the date": day_in_full(facts.meeting_on) if facts.meeting_on else "",
        "the form, online or in person": facts.meeting_form,
        "who led it": facts.meeting_led_by,
        "what was said": facts.meeting_notes,
    }
    return [text for text in parts.values() if text], [name for name, text in parts.items() if not text]


_LOOKS = {
    "requisites": _billing_details,
    "contract": _contract,
    "invoices": _invoices,
    "acts": _acts,
    "contacts": _contacts,
    "terms": _terms,
    "goals": _goals,
    "products": _products,
    "meeting": _meeting,
}
