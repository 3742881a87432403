"""`onewindow feedback link`, `feature similar`, `feature merge`: quotes and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_naming import named_record, of_client_option
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import FORMATS, print_raw, print_table, tell
from onewindow.desk.feedback import linking
from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback
from onewindow.records.kinds import KINDS

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_SIMILAR_COLUMNS = ("id", "title", "status", "product", "similarity")


def link_command() -> click.Command:
    """`feedback link`: a quote asks for a feature."""

    def link(feedback: str, feature: str | None, of_client: str | None, *, is_new: bool) -> None:
        session = current_invocation().session()
        quote = named_record(session, KINDS["feedback"], feedback, of_client)
        assert isinstance(quote, Feedback)  # noqa: S101  the kind says so
        if is_new:
            linked = linking.link_to_new(session, quote, feature or "")
        elif feature is None:
            linked = linking.link(session, quote, None)
        else:
            linked = linking.link(session, quote, _feature(session, feature))
        print_raw(str(linked.id))

    return click.Command(
        "link",
        callback=link,
        short_help="Link a quote to the feature that it asks for.",
        help="Link a quote to the feature that it asks for; without FEATURE it is linked to none. `onewindow "
        "feature similar` names those that say the same.",
        epilog='\b\nExamples:\n  onewindow feedback link 2041 "Мобильная версия портала"\n'
        '  onewindow feedback link 2041 "Печать списком" --new',
        params=[
            click.Argument(["feedback"], metavar="ID_OR_QUOTE", shell_complete=complete_record("feedback")),
            click.Argument(
                ["feature"], metavar="[FEATURE]", required=False, shell_complete=complete_record("feature")
            ),
            click.Option(["--new", "is_new"], is_flag=True, help="Make a feature of that title."),
            *of_client_option(KINDS["feedback"]),
        ],
    )


def similar_command() -> click.Command:
    """`feature similar`: features that a text may mean."""

    def similar(words: tuple[str, ...], output_format: TableFormat) -> None:
        session = current_invocation().session()
        found = linking.Features(session.store).similar(" ".join(words))
        rows = [
            {
                "id": one.feature.id,
                "title": one.feature.title,
                "status": one.feature.status,
                "product": session.directory.product(one.feature.product_id),
                "similarity": round(one.score, 2),
            }
            for one in found
        ]
        print_table(rows, list(_SIMILAR_COLUMNS), output_format)

    return click.Command(
        "similar",
        callback=similar,
        short_help="Features that say the same as some words.",
        help="Features that say the same as some words, the likeliest first: how much of the shorter text's "
        "threes of letters stand in the other one.",
        epilog='\b\nExample:\n  onewindow feature similar "выгружать в 1С каждый месяц"',
        params=[
            click.Argument(["words"], nargs=-1, required=True),
            click.Option(
                ["--format", "output_format"], type=click.Choice(FORMATS), default="table", show_default=True
            ),
        ],
    )


def merge_command() -> click.Command:
    """`feature merge`: two features are one."""

    def merge(feature: str, into: str) -> None:
        session = current_invocation().session()
        kept = _feature(session, into)
        merged = linking.merge(session, _feature(session, feature), kept)
        print_raw(str(kept.id))
        tell(f"“{merged.title}” is merged into “{kept.title}”; `onewindow undo` takes it back.")

    return click.Command(
        "merge",
        callback=merge,
        short_help="Merge a feature into another one that is the same.",
        help="Merge a feature into another one that is the same: its quotes move there, and it is archived.",
        epilog='\b\nExample:\n  onewindow feature merge "Тёмный экран" "Тёмная тема"',
        params=[
            click.Argument([name], metavar=metavar, shell_complete=complete_record("feature"))
            for name, metavar in (("feature", "FEATURE"), ("into", "INTO"))
        ],
    )


def _feature(session: Session, word: str) -> Feature:
    record = named_record(session, KINDS["feature"], word)
    assert isinstance(record, Feature)  # noqa: S101  the kind says so
    return record
