"""What an import knows of each kind beyond its fields: what tells records apart, what is kept where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onewindow.desk.imports.matching.identities import Nature
from onewindow.exchange.headers.matching import cell_of, named_fields
from onewindow.records.fields import Attribute, ValueKind, attribute_of, attributes
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request
from onewindow.store.engine import Value


@dataclass(frozen=True, slots=True)
class Companion:
    """A record that rows of another kind carry along: billing details of a client, and its contact."""

    kind: str
    fields: tuple[str, ...]
    prefix: str = ""
    """What stands before its fields in the names of cells: `contact.name`."""
    is_person: bool = False
    """Whether it is none without a name, which may come in parts."""


@dataclass(frozen=True, slots=True)
class ImportRule:
    """How rows of a kind find the records that they mean, where no id of another program tells it.

    Of the fields in `tells_apart` those count that the file fills. `is_unique`: there is one record for them,
    so that two rows of one file mean the same; else each row means a record of its own.
    """

    tells_apart: tuple[str, ...]
    is_unique: bool = False
    keeps: str = ""
    """The long text that takes what cannot be stored where it belongs."""
    numbered: str = ""
    """The field that tells records apart so well that a corrected amount makes no other one."""
    nature: Nature = "thing"
    """Whom or what a record is of, for the decision which one a row means."""
    companions: tuple[Companion, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict[str, str])
    """What cells of files of other programs are called → the field that it is."""
    leaves_notes: bool = False
    """Whether what cannot be stored where it belongs becomes notes of the record."""
    names_references: str = ""
    """The text that takes the words of references that mean nothing on file: they tell records apart."""
    telling: tuple[str, ...] = ()
    """Choices without which a record would say something else: an unknown word there refuses the row."""
    more: Mapping[str, ValueKind] = field(default_factory=dict[str, ValueKind])
    """What cells may say of the record that is no field of it."""

    @property
    def loses_nothing(self) -> bool:
        """Whether something takes what cannot be stored where it belongs."""
        return bool(self.keeps) or self.leaves_notes

    def names_in(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """The fields by which a row is compared whole with records on file: money by its amount too."""
        money = _MONEY if self.is_money and self.numbered not in values else ()
        return tuple(name for name in (*self.tells_apart, *money) if name in values)

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The fields of which one that agrees confirms an id of no source."""
        names = [name for name in self.tells_apart if name not in ("client_id", "product_id")]
        return (*names, "amount") if self.is_money else tuple(names)

    @property
    def is_money(self) -> bool:
        """Whether each record is an amount of its own."""
        return bool(self.numbered)


_MONEY = ("amount", "currency")
NAME_PARTS = ("last_name", "first_name", "middle_name")
_OF_THE_FIRM = frozenset({"client_id", "external_id", "phone", "email", "language", "is_main"})
"""Fields of a contact of which a file of clients speaks for the firm."""


CONTACT_FIELDS = (
    *("name", *NAME_PARTS),
    *(name for name in named_fields("contact") if name != "name" and name not in _OF_THE_FIRM),
)
"""The fields of the contact person that a file of clients may carry, in cells named `contact.…`."""


def _called(kind: str) -> dict[str, str]:
    """The references of a kind that cells call by their names."""
    return {cell: name for name in named_fields(kind) if (cell := cell_of(kind, name)) != name}


_RULES = {
    "client": ImportRule(
        ("name",),
        is_unique=True,
        keeps="note",
        nature="firm",
        companions=(
            Companion(
                "requisites", tuple(name for name in named_fields("requisites") if name != "external_id")
            ),
            Companion("contact", CONTACT_FIELDS, "contact.", is_person=True),
        ),
        called=_called("client"),
    ),
    "contact": ImportRule(
        ("client_id", "name"),
        is_unique=True,
        nature="person",
        called=_called("contact"),
        leaves_notes=True,
    ),
    "contact_note": ImportRule(("contact_id", "noted_on", "text")),
    "consent": ImportRule(
        ("client_id", "contact_id", "purpose", "channel", "decided_on"),
        telling=("purpose", "channel", "state"),
    ),
    "requisites": ImportRule(("client_id", "legal_name", "tax_id"), is_unique=True),
    "asset": ImportRule(("client_id", "name", "serial"), keeps="note"),
    "promise": ImportRule(("client_id", "text")),
    "request": ImportRule(("client_id", "title", "opened_at"), keeps="text", more={"changed_at": "time"}),
    "promise_event": ImportRule(("promise_id", "happened_on", "outcome", "note"), telling=("outcome",)),
    "request_event": ImportRule(("request_id", "at", "event_kind", "text"), telling=("event_kind",)),
    "document": ImportRule(
        ("client_id", "document_kind", "number", "title", "issued_on"), keeps="note", numbered="number"
    ),
    "task": ImportRule(("client_id", "title", "due_on"), keeps="text"),
    "touch": ImportRule(("client_id", "at", "touch_kind", "text"), keeps="text"),
    "meeting": ImportRule(("client_id", "title", "starts_at"), keeps="agenda"),
    "hand_off": ImportRule(("request_id", "what", "asked_at"), telling=("target",)),
    "request_link": ImportRule(("request_id", "other_id", "relation"), telling=("relation",)),
    "template": ImportRule(("name", "language"), is_unique=True),
    "message": ImportRule(("client_id", "subject", "recipient", "queued_at"), telling=("channel", "state")),
    "script": ImportRule(("name", "language"), is_unique=True),
    "script_step": ImportRule(("script_id", "position", "title")),
    "script_mark": ImportRule(("script_step_id", "request_id", "at")),
    "health_weights": ImportRule(("segment_id", "tier", "life"), is_unique=True, telling=("tier", "life")),
    "touch_cadence": ImportRule(("tier", "segment_id", "valid_from"), telling=("tier", "touch_kind")),
    "occasion": ImportRule(("name", "reason", "tier"), telling=("reason", "tier")),
    "holiday": ImportRule(("name", "country"), is_unique=True),
    "product": ImportRule(("name",), is_unique=True, keeps="description"),
    "licence": ImportRule(("client_id", "product_id", "starts_on", "document_id")),
    "usage": ImportRule(
        ("client_id", "product_id", "week"),
        is_unique=True,
        more={"date": "date", "user": "text", "feature": "text", "uses": "number", "last_used_on": "date"},
    ),
    "feature_use": ImportRule(
        ("client_id", "product_id", "name", "week"), is_unique=True, more={"date": "date"}
    ),
    "learner": ImportRule(("client_id", "training_id", "contact_id"), is_unique=True),
    "workplace": ImportRule(("client_id", "name", "product_id")),
    "training": ImportRule(("client_id", "title", "contact_id", "planned_on")),
    "plan": ImportRule(("client_id", "title", "started_on")),
    "plan_step": ImportRule(("plan_id", "position", "title")),
    "plan_phase": ImportRule(("plan_id", "position", "title")),
    "executor": ImportRule(("plan_step_id", "department", "what")),
    "standard_check": ImportRule(("standard_id", "cycle", "checked_on", "note"), telling=("outcome",)),
    "playbook_step": ImportRule(("playbook_id", "position", "title")),
    "release": ImportRule(("product_id", "version_name"), is_unique=True, keeps="notes"),
    "feature": ImportRule(("title",), is_unique=True, keeps="description"),
    "delivery": ImportRule(("client_id", "announcement_id", "contact_id")),
    "session": ImportRule(("title", "starts_at"), is_unique=True, keeps="note"),
    "attendance": ImportRule(("client_id", "session_id")),
    "feedback": ImportRule(("client_id", "said_on", "quote")),
    "survey_response": ImportRule(("client_id", "survey_id", "contact_id", "at", "score"), keeps="comment"),
    "opportunity": ImportRule(("client_id", "title", "expected_on"), keeps="evidence"),
    "revenue": ImportRule(
        ("client_id", "on_date", "revenue_kind", "product_id", "document_id", "note"),
        numbered="external_id",
        names_references="note",
        telling=("revenue_kind",),
    ),
    "handover": ImportRule(("client_id", "deal"), keeps="meeting_notes"),
    "handover_item": ImportRule(("handover_id", "title")),
    "observation": ImportRule(("handover_id", "observer_id", "observed_on"), keeps="comment"),
    "survey": ImportRule(("title",), is_unique=True, telling=("metric", "direction")),
    "policy": ImportRule(("name",), is_unique=True, telling=("tier", "priority")),
    "staff": ImportRule(("login",), is_unique=True),
}
UNTOLD = "the imported file does not tell"
"""Stands where a reason is needed and other programs have none."""


def rule_of(kind: str) -> ImportRule:
    """The rule of a kind."""
    return _RULES.get(kind) or ImportRule((KINDS[kind].title,), is_unique=True)


def tells(kind: str, field: str) -> bool:
    """Whether a record makes no sense with another value in a choice than the one that the file means."""
    return field in rule_of(kind).telling


def importable(kind: str) -> dict[str, Attribute]:
    """Every field of a kind that a file may fill, and what its reader knows more than the record has."""
    known = {a.name: a for a in attributes(KINDS[kind].record) if a.name not in ("flags", "name_sort")}
    for name, value_kind in rule_of(kind).more.items():
        like = attribute_of(Request, "promised_at")
        known[name] = replace(like, name=name, label=name, kind=value_kind)
    return known


def cell_field(kind: str, cell: str) -> Attribute | None:
    """The field that a cell of rows of a kind fills, its own or one of a record that they carry along."""
    if own := importable(kind).get(cell):
        return own
    for companion in rule_of(kind).companions:
        name = cell.removeprefix(companion.prefix)
        if cell.startswith(companion.prefix) and name in companion.fields:
            return importable(companion.kind).get(name)
    return None
