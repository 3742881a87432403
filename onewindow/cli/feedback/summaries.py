"""`onewindow feedback topics`, `competitors` and `reactions`: what clients said, counted by clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.feedback.asking import asked, asking_options, tell_gaps
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import FORMATS, print_table, tell
from onewindow.desk.feedback import summaries
from onewindow.desk.feedback.releases import release_named
from onewindow.exchange.export.files import AS_STORED

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat


def topics() -> click.Command:
    """`topics`: what clients speak of, by product and kind."""
    return click.Command(
        "topics",
        callback=_print_topics,
        short_help="What clients speak of, by product and kind.",
        help="What clients speak of, by product and kind of feedback: how many clients, their share of "
        "all who said something with its 95 % interval, and whether it were more in the last 90 "
        "days than in the 90 before.",
        epilog="\b\nExample:\n  onewindow feedback topics --since 2026-01-01",
        params=[*asking_options(), _format()],
    )


def competitors() -> click.Command:
    """`competitors`: whom clients compare us with."""
    return click.Command(
        "competitors",
        callback=_print_competitors,
        short_help="Whom clients compare us with, and what they pay.",
        help="Whom clients compare us with: how many clients, their share of all who said something with"
        " its 95 % interval, what they pay a year, how much of that is at risk, and the newest "
        "quote.",
        epilog="\b\nExample:\n  onewindow feedback competitors --segment tier:A --format csv",
        params=[*asking_options(), _format()],
    )


def reactions() -> click.Command:
    """`reactions RELEASE`: how clients took a release."""
    return click.Command(
        "reactions",
        callback=_print_reactions,
        short_help="How clients took a release: who was told, and what they say.",
        help="How clients took a release: the quotes that asked for what it brought, or speak of it, "
        "with what their clients were told and how they reacted. A version that several products "
        "have is named with its product.",
        epilog='\b\nExample:\n  onewindow feedback reactions "Склад+ 5.2"',
        params=[
            click.Argument(["release"], metavar="RELEASE", shell_complete=complete_record("release")),
            *asking_options(),
            _format(),
        ],
    )


def _format() -> click.Option:
    return click.Option(
        ["--format", "output_format"], type=click.Choice(FORMATS), default="table", show_default=True
    )


def _print_topics(
    since: str | None,
    as_of: str | None,
    product: str | None,
    kinds: tuple[str, ...],
    segment: str | None,
    output_format: TableFormat,
    *,
    with_later: bool,
) -> None:
    session = current_invocation().session()
    with session.store.read():
        feedback = asked(session, since, as_of, product, kinds, segment, with_later=with_later)
        rows = summaries.topics(feedback)
    print_table(rows, list(summaries.TOPIC_COLUMNS), output_format)
    tell_gaps(feedback)


def _print_competitors(
    since: str | None,
    as_of: str | None,
    product: str | None,
    kinds: tuple[str, ...],
    segment: str | None,
    output_format: TableFormat,
    *,
    with_later: bool,
) -> None:
    session = current_invocation().session()
    with session.store.read():
        feedback = asked(session, since, as_of, product, kinds, segment, with_later=with_later)
        rows = summaries.competitors(feedback, as_stored=output_format in AS_STORED)
    print_table(rows, list(summaries.COMPETITOR_COLUMNS), output_format)
    tell_gaps(feedback)


def _print_reactions(
    release: str,
    since: str | None,
    as_of: str | None,
    product: str | None,
    kinds: tuple[str, ...],
    segment: str | None,
    output_format: TableFormat,
    *,
    with_later: bool,
) -> None:
    session = current_invocation().session()
    named = release_named(session.store, session.directory.products, release)
    with session.store.read():
        feedback = asked(session, since, as_of, product, kinds, segment, with_later=with_later)
        found = summaries.reactions(feedback, named)
    print_table(found.rows, list(summaries.REACTION_COLUMNS), output_format)
    tell(_told(found))
    tell_gaps(feedback)


def _told(found: summaries.Reactions) -> str:
    share = found.told_share
    if share is None:
        return f"Nobody had asked for what it brought; {found.reacted} reacted to it."
    asked_for = f"{found.askers} had asked for what it brought, {found.told} of them were told"
    interval = f"{100 * share.value:.0f} %, 95 %: {100 * share.low:.0f}–{100 * share.high:.0f} %"
    return f"{asked_for} ({interval}); {found.reacted} reacted."
