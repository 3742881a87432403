"""`onewindow feature …`: the common verbs, features that say the same, and features that are one.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _similar(_: Kind) -> click.Command:
    from onewindow.cli.feedback import linking

    return linking.similar_command()


def _merge(_: Kind) -> click.Command:
    from onewindow.cli.feedback import linking

    return linking.merge_command()


group = RecordGroup(KINDS["feature"], {"similar": _similar, "merge": _merge})
