"""`onewindow contact-note …`: the common verbs, and erasing what is private at a person's request."""

from __future__ import annotations

from onewindow.cli.clients.erasing import erase_command
from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS

group = RecordGroup(KINDS["contact_note"], {"erase-private": erase_command})
