"""`onewindow document …`: the common verbs, and the closing documents that lack month by month."""

from __future__ import annotations

import click

from onewindow.cli.documents.missing import missing
from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS


def _missing(_: object) -> click.Command:
    return missing


group = RecordGroup(KINDS["document"], {"missing": _missing})
