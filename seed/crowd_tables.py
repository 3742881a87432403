"""The columns of light clients that differ from row to row; `crowd_rows` makes the rows in this order."""

from __future__ import annotations

from onewindow.records.adoption import Licence, Usage
from onewindow.records.clients import BillingDetails, Client, Contact, Promise
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.records.fields import Record
from onewindow.records.requests import Document, Request, RequestEvent, Touch

_NAMES: dict[type[Record], str] = {
    Client: (
        "id number slug name name_sort client_class tier stage owner_id since segment industry country city"
        " language time_zone payment_state lost_on"
    ),
    Contact: "id client_id name address_as role phone email language is_main",
    BillingDetails: (
        "id client_id legal_name tax_id kpp legal_address bank bik account corr_account iban head_name flags"
    ),
    Request: (
        "id number client_id title request_kind priority status next_actor assignee_id contact_id channel"
        " text result minutes opened_at responded_at resolved_at due_at intake_seconds"
    ),
    RequestEvent: "id client_id request_id at event_kind staff_id text detail",
    Document: (
        "id client_id document_kind number title state issued_on due_on signed_on expires_on amount currency"
    ),
    Licence: (
        "id client_id product_id bought active starts_on ends_on amount currency installed_version"
        " last_used_on"
    ),
    Usage: "id client_id product_id week active_users volume",
    Touch: "id client_id touch_kind text at contact_id staff_id direction mood minutes",
    Promise: "id client_id text status due_on given_by_id given_to_id owner_id evidence",
    Opportunity: (
        "id client_id title opportunity_kind state product_id amount currency evidence trigger window_till"
    ),
    Feedback: (
        "id client_id feedback_kind quote importance contact_id said_on product_id feature_id staff_id"
        " competitor"
    ),
}
COLUMNS = {record: tuple(names.split()) for record, names in _NAMES.items()}
"""Column names by record class; the other columns take the record's defaults."""
