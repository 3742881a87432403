"""`onewindow document …`: the common verbs, and the closing documents that lack month by month."""

from __future__ import annotations

import click

from onewindow.cli.documents.missing import missing
from onewindow.cli.documents.orders import orders
from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS


def _missing(_: object) -> click.Command:
    return missing


def _orders(_: object) -> click.Command:
    return orders


group = RecordGroup(KINDS["document"], {"missing": _missing, "orders": _orders})
