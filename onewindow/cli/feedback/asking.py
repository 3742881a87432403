"""The options that say which quotes are meant, as every report on feedback takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.feedback.weighted import Asked, WeightedFeedback, weighted_feedback
from onewindow.desk.segments import membership
from onewindow.records.feedback import FeedbackKind
from onewindow.records.kinds import KINDS
from onewindow.store.problems import NotFound
from onewindow.text.fold import fold

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session


def asking_options() -> list[click.Parameter]:
    """`--since`, `--as-of`, `--product`, `--kind`, `--segment` and `--with-later`."""
    return [
        click.Option(["--since"], metavar="DATE", help="Said on that day or later."),
        click.Option(
            ["--as-of"],
            metavar="DATE",
            help="Said until that day and weighed on it, with links, states, names, health and money as they "
            "stood at its end; else today.",
        ),
        click.Option(
            ["--product"],
            metavar="PRODUCT",
            help="On that product or its modules, or on a feature of them.",
            shell_complete=complete_record("product"),
        ),
        click.Option(
            ["--kind", "kinds"],
            type=click.Choice(get_args(FeedbackKind)),
            multiple=True,
            help="Of that kind only; several times for several kinds.",
        ),
        click.Option(
            ["--segment"],
            metavar="NAME",
            help="Clients of a saved segment, or of a filter: tier:A city:Казань.",
        ),
        click.Option(
            ["--with-later"],
            is_flag=True,
            help="With --as-of: also what came on file after that day, by the dates that it names.",
        ),
    ]


def asked(
    session: Session,
    since: str | None,
    as_of: str | None,
    product: str | None,
    kinds: tuple[str, ...],
    segment: str | None,
    *,
    with_later: bool = False,
) -> WeightedFeedback:
    """The quotes that these options mean, weighed; raises UsageError, NotFound, FilterProblem."""
    first = typed_day(session, since, "--since", "behind") if since else None
    on = typed_day(session, as_of, "--as-of", "behind") if as_of else session.today()
    if first and first > on:
        raise click.UsageError("--since is a later day than --as-of", click.get_current_context())
    product_id = named_record(session, KINDS["product"], product).id if product else None
    return weighted_feedback(
        session,
        Asked(
            since=first,
            on=on,
            kinds=kinds,
            product_id=product_id,
            segment=_filter_of(session, segment) if segment else "",
            with_later=with_later,
        ),
    )


def tell_gaps(feedback: WeightedFeedback) -> None:
    """Say what is left out because nobody knew it by that day, or knows how it stood."""
    day = f"{feedback.on:%d.%m.%Y}"
    if feedback.file.left_out:
        count = feedback.file.left_out
        quotes = "quote came" if count == 1 else "quotes came"
        tell(f"Left out: {count} {quotes} on file after {day}; --with-later takes them in.")
    if feedback.has_gaps:
        tell(f"Tier, stage, state and risk that are on file only since after {day} are left out.")


def _filter_of(session: Session, typed: str) -> str:
    saved = membership.saved(session)
    named = [segment for segment in saved if fold(segment.name) == fold(typed)]
    if named:
        return named[0].filter
    if ":" in typed:
        return typed
    names = ", ".join(segment.name for segment in saved) or "none yet"
    raise NotFound(f"There is no segment “{typed}”; there are: {names}. A filter such as tier:A does too.")
