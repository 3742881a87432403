"""`onewindow opportunity renewals`, `whitespace`, `forecast`, `rates`, `retire`, `bring-back`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, tell
from onewindow.desk.opportunities import as_text, renewals, track_record, whitespace
from onewindow.desk.session.naming import resolve
from onewindow.text.money import format_money
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from onewindow.desk.opportunities.renewals import Renewal
    from onewindow.desk.opportunities.track_record import TriggerRecord
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.intervals import Estimate
    from onewindow.metrics.opportunities.forecast import Forecast
    from onewindow.metrics.opportunities.whitespace import Whitespace

RATE_COLUMNS = (
    *("trigger", "label", "shown", "won", "lost", "dismissed", "open", "won_of_shown", "low", "high"),
    *("won_of_closed", "closed_low", "closed_high", "is_to_retire", "retired_on", "retired_because"),
)
"""The fields of a rule's record for machines; shares are 0 to 1 with 95 % intervals."""
FORECAST_COLUMNS = ("month", "currency", "n", "open_amount", "expected", "low", "high")
"""The fields of a forecast for machines, in minor units; '' is all months together."""


def _whose(function: Callable[..., Any]) -> Callable[..., Any]:
    mine = click.option("--mine", is_flag=True, help="Only of clients whose owner you are.")
    owner = click.option("--owner", metavar="LOGIN", help="Only of the clients of this owner.")
    return owner(mine(function))


def _owner_id(session: Session, owner: str | None, *, mine: bool) -> int | None:
    if owner and mine:
        raise click.UsageError("--owner and --mine name two owners; take one of them.")
    return resolve(session, "staff", owner) if owner else session.me.id if mine else None


@click.command(
    name="renewals",
    epilog="""\b
Examples:
  onewindow opportunity renewals --mine
  onewindow opportunity renewals --days 30 --format csv""",
)
@_whose
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    default=90,
    show_default=True,
    help="How far ahead, such as 60 or 30.",
)
@format_option
@pass_invocation
def renewals_command(
    invocation: Invocation, *, owner: str | None, mine: bool, days: int, output_format: TableFormat
) -> None:
    """List what ends within 90, 60 or 30 days or ended in the last 30, and what is done about each.

    A licence that another one of its product follows, and a lost client, are left out.
    """
    session = invocation.session()
    found = renewals.renewals(session, _owner_id(session, owner, mine=mine), days)
    if output_format != "table":
        print_table([renewals.values(session, one) for one in found], renewals.COLUMNS, output_format)
        return
    names = ("ends_on", "within", "client", "owner", "what", "worth", "state")
    print_table([_renewal_row(session, one) for one in found], names, output_format, wrapped=("what",))
    if not found:
        tell(f"Nothing ends within {counted(days, 'day')}.")


def _renewal_row(session: Session, one: Renewal) -> dict[str, object]:
    return {
        "ends_on": one.ends_on,
        "within": f"{one.step} d" if one.step else "over" if one.days < 0 else f"{one.days} d",
        "client": one.client.name,
        "owner": session.directory.name(one.client.owner_id),
        "what": one.what,
        "worth": "" if one.amount is None else format_money(one.amount, one.currency),
        "state": one.state or "nothing yet",
    }


@click.command(
    name="whitespace",
    epilog="""\b
Examples:
  onewindow opportunity whitespace
  onewindow opportunity whitespace --segment "Склады" --product Портал""",
)
@click.option("--segment", metavar="NAME", help="Only this segment.")
@click.option("--product", metavar="NAME", help="Only this product; with --segment: the clients without it.")
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@format_option
@pass_invocation
def whitespace_command(
    invocation: Invocation,
    *,
    segment: str | None,
    product: str | None,
    limit: int | None,
    output_format: TableFormat,
) -> None:
    """Show which products which segments own: clients, owners, who is missing, the share with its interval.

    Segments are the saved ones; without any, the classes of clients. Lost clients are left out.
    """
    session = invocation.session()
    product_id = resolve(session, "product", product) if product else None
    if segment and product_id is not None:
        clients = whitespace.clients_without(session, segment, product_id, limit)
        names = ("client_id", "number", "client", "tier", "owner")
        rows = [
            {
                "client_id": client.id,
                "number": f"C-{client.number}",
                "client": client.name,
                "tier": client.tier,
                "owner": session.directory.name(client.owner_id),
            }
            for client in clients
        ]
        print_table(rows, names if output_format != "table" else names[1:], output_format)
        return
    cells = [
        cell for cell in whitespace.whitespace(session, segment) if product_id in (None, cell.product_id)
    ][:limit]
    if output_format != "table":
        print_table([whitespace.values(session, cell) for cell in cells], whitespace.COLUMNS, output_format)
        return
    names = ("segment", "product", "clients", "owners", "missing", "share")
    print_table([_cell_row(session, cell) for cell in cells], names, output_format)
    if not cells:
        tell(
            "Of that there is no client or no product on sale."
            if segment or product
            else "No product is on sale."
        )


def _cell_row(session: Session, cell: Whitespace) -> dict[str, object]:
    return {
        "segment": cell.segment,
        "product": session.directory.product(cell.product_id),
        "clients": cell.members,
        "owners": cell.owners,
        "missing": cell.missing,
        "share": as_text.share_text(cell.share),
    }


@click.command(name="forecast", epilog="\b\nExample:\n  onewindow opportunity forecast --mine")
@_whose
@format_option
@pass_invocation
def forecast_command(
    invocation: Invocation, *, owner: str | None, mine: bool, output_format: TableFormat
) -> None:
    """Say what the open opportunities will bring, by month, with a 95 % interval.

    Each amount counts by how often offered ones, or accepted ones, were won so far. Ideas are left out, and
    what has no amount.
    """
    session = invocation.session()
    found = track_record.open_forecast(session, _owner_id(session, owner, mine=mine))
    if output_format != "table":
        print_table([_forecast_fields(one) for one in found], FORECAST_COLUMNS, output_format)
        return
    names = ("month", "n", "open", "expected", "interval")
    print_table([_forecast_row(one) for one in found], names, output_format)
    rate = track_record.overall(session)
    if found:
        tell(f"By {rate.won} won, {rate.lost} lost and {rate.dismissed} dismissed so far.")
    else:
        tell("No opportunity with an amount is open.")


def _forecast_fields(one: Forecast) -> dict[str, object]:
    return {
        "month": one.month,
        "currency": one.currency,
        "n": one.n,
        "open_amount": one.open_amount,
        "expected": round(one.expected),
        "low": round(one.low),
        "high": round(one.high),
    }


def _forecast_row(one: Forecast) -> dict[str, object]:
    low, high = (as_text.whole_text(end, one.currency) for end in (one.low, one.high))
    return {
        "month": one.month or "all",
        "n": one.n,
        "open": format_money(one.open_amount, one.currency),
        "expected": as_text.whole_text(one.expected, one.currency),
        "interval": f"{low} … {high}",
    }


@click.command(name="rates", epilog="\b\nExample:\n  onewindow opportunity rates")
@format_option
@pass_invocation
def rates_command(invocation: Invocation, *, output_format: TableFormat) -> None:
    """Show what came of each rule: shown, won, lost, declined, the share that was won with its interval.

    A rule of which at most 5 % of 40 suggestions or more can be won is proposed for retirement.
    """
    session = invocation.session()
    records = track_record.trigger_records(session)
    if output_format != "table":
        print_table([_rate_fields(record) for record in records], RATE_COLUMNS, output_format)
        return
    names = ("rule", "shown", "won", "lost", "declined", "open", "won_of_shown", "won_of_closed", "note")
    print_table([_rate_row(record) for record in records], names, output_format)
    for record in records:
        if record.is_to_retire:
            tell(
                f"{record.trigger}: {track_record.numbers(record.rate)};"
                f" `opportunity retire {record.trigger}` lets it rest."
            )


def _rate_row(record: TriggerRecord) -> dict[str, object]:
    rate = record.rate
    retired = f"retired {record.retired.retired_on}" if record.retired else ""
    return {
        "rule": record.trigger or "by hand",
        "shown": rate.shown,
        "won": rate.won,
        "lost": rate.lost,
        "declined": rate.dismissed,
        "open": rate.open,
        "won_of_shown": as_text.share_text(rate.of_shown),
        "won_of_closed": as_text.share_text(rate.of_closed),
        "note": "to retire" if record.is_to_retire else retired,
    }


def _rate_fields(record: TriggerRecord) -> dict[str, object]:
    rate = record.rate
    return {
        "trigger": record.trigger,
        "label": as_text.named(record.trigger) if record.trigger else "by hand",
        "shown": rate.shown,
        "won": rate.won,
        "lost": rate.lost,
        "dismissed": rate.dismissed,
        "open": rate.open,
        **_share_fields(rate.of_shown, "won_of_shown", "low", "high"),
        **_share_fields(rate.of_closed, "won_of_closed", "closed_low", "closed_high"),
        "is_to_retire": record.is_to_retire,
        "retired_on": record.retired.retired_on if record.retired else None,
        "retired_because": record.retired.reason if record.retired else None,
    }


def _share_fields(share: Estimate | None, *names: str) -> dict[str, object]:
    values = (share.value, share.low, share.high) if share else (None, None, None)
    return {
        name: None if value is None else round(value, 4) for name, value in zip(names, values, strict=True)
    }


@click.command(name="retire", epilog="\b\nExample:\n  onewindow opportunity retire peers_own")
@click.argument("trigger", metavar="RULE")
@click.argument("reason", nargs=-1)
@pass_invocation
def retire_command(invocation: Invocation, trigger: str, reason: tuple[str, ...]) -> None:
    """Let a rule suggest nothing any more; without a reason its numbers are the reason."""
    retired = track_record.retire(invocation.session(), trigger, " ".join(reason))
    print_raw(str(retired.id))
    tell(f"The rule “{trigger}” is retired: {retired.reason}; `opportunity bring-back {trigger}` wakes it.")


@click.command(name="bring-back", epilog="\b\nExample:\n  onewindow opportunity bring-back peers_own")
@click.argument("trigger", metavar="RULE")
@pass_invocation
def bring_back_command(invocation: Invocation, trigger: str) -> None:
    """Let a retired rule suggest again."""
    print_raw(str(track_record.bring_back(invocation.session(), trigger).id))
