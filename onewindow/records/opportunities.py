"""What is kept of the rules that suggest repeat sales: what was shown, and which rules are retired."""

from __future__ import annotations

from typing import ClassVar

from onewindow.records.fields import Record, attribute, record


@record
class SuggestionMark(Record):
    """That a suggestion of a rule was shown for a client, once in its cooldown."""

    kind: ClassVar[str] = "suggestion_mark"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    trigger: str = attribute("rule", required=True)
    product_id: int | None = attribute("product", "reference", refers="product")
    shown_on: str = attribute("shown on", "date", when="behind", required=True)


@record
class RetiredTrigger(Record):
    """A rule that suggests nothing any more, because hardly anything came of it."""

    kind: ClassVar[str] = "retired_trigger"

    trigger: str = attribute("rule", required=True)
    reason: str = attribute("reason", required=True)
    retired_on: str = attribute("retired on", "date", when="behind", required=True)
    staff_id: int | None = attribute("who retired it", "reference", refers="staff")
