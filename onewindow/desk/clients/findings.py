"""What a check of the cards reports, and the command that fixes it."""

from __future__ import annotations

import shlex

from onewindow.records.named_tuples import NamedTuple

CHECKS = {
    "invoice": "what an invoice still needs",
    "identifier": "tax ids, accounts, phones and addresses that cannot be right",
    "look_alike": "names that mix Latin and Cyrillic letters",
    "stale": "nobody was in touch and nobody edited the card for too long",
    "uncovered": "no owner, or one who is gone or away without a deputy",
    "duplicate": "cards that may be one client: same tax id, phone, e-mail or name",
}
"""Every check with what it finds."""


class Finding(NamedTuple):
    """One thing to put right in a client's card."""

    client_id: int
    number: int
    name: str
    owner_id: int | None
    check: str
    record: str
    """The kind of record that a fix changes, '' for none."""
    record_id: int
    """0 where the record is still to be made."""
    field: str
    message: str
    proposal: str = ""
    """What the field should probably be."""
    members: tuple[int, ...] = ()
    """The clients that may be one, this one too."""

    @property
    def key(self) -> tuple[int, str, str, int, str]:
        """What tells this finding from others of its client."""
        several = str(self.members) if self.members else self.field
        return self.client_id, self.check, self.record, self.record_id, several


def fix_command(finding: Finding) -> str:
    """The command that fixes it; what the person has to fill in stands in capitals."""
    client = f"C-{finding.number}"
    option = "--" + finding.field.replace("_", "-")
    if finding.check == "duplicate":
        return f"onewindow show {client}"
    if finding.check == "stale":
        return f"onewindow touch add {client} TEXT"
    if finding.check == "uncovered":
        return f"onewindow client edit {client} {option} LOGIN"
    if not finding.record_id:
        return f"onewindow {finding.record} add {client} NAME"
    which = client if finding.record == "client" else str(finding.record_id)
    value = shlex.quote(finding.proposal) if finding.proposal else "VALUE"
    return f"onewindow {finding.record} edit {which} {option} {value}"
