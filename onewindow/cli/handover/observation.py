"""`onewindow observation …`: the common verbs, and the report on what observers saw."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.handover.report import observed
from onewindow.records.kinds import KINDS


def _report(_: object) -> click.Command:
    return observed


group = RecordGroup(KINDS["observation"], {"report": _report})
