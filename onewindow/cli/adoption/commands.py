"""`onewindow adoption …`: a client's use, functions, people, places; who needs a look; licences in use.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_table, print_text, tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.adoption import report as adoption_report
from onewindow.desk.adoption import rows as adoption_rows
from onewindow.desk.adoption import training_results
from onewindow.desk.adoption.summary import AdoptionSnapshot, ProductUse, read_adoption
from onewindow.desk.session.naming import resolve_client
from onewindow.records.adoption import Training, Workplace
from onewindow.records.kinds import KINDS
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.adoption.report import By
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.licence_use import GroupUse

_WEEKS = 26
_PRODUCT_COLUMNS = (
    *("product_id", "product", "bought", "active", "last_used_on", "change", "installed_version"),
    *("newest_version", "workplaces_installed", "workplaces"),
)
_LIST_COLUMNS = ("client_id", "name", "owner", "kind", "since", "text")
_REPORT_COLUMNS = (
    "group",
    "clients",
    "idle_clients",
    "bought",
    "active",
    "unused",
    "share",
    "low",
    "high",
    "n",
)


@click.group(name="adoption")
def group() -> None:
    """How clients use what they bought: weeks, functions, versions, workplaces, people taught."""


@group.command(
    epilog="\b\nExample:\n  onewindow adoption show romashka\n  onewindow adoption show C-17 --format json"
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@format_option
@pass_invocation
def show(invocation: Invocation, client: str, output_format: TableFormat) -> None:
    """Show a client's products with their weeks, functions, versions, workplaces, and who was taught.

    As csv, tsv, md and jsonl there is a line for each product; json has everything.
    """
    session = invocation.session()
    snapshot = read_adoption(session, resolve_client(session, client).id)
    if output_format == "json":
        print_object(_as_object(snapshot))
    elif output_format == "table":
        _print_picture(session, snapshot)
    else:
        print_table(map(_product, snapshot.products), _PRODUCT_COLUMNS, output_format)


@group.command(
    name="list",
    epilog="\b\nExample:\n  onewindow adoption list --declining --mine",
)
@click.option("--declining", is_flag=True, help="Use falls against the client's own history.")
@click.option("--unused", is_flag=True, help="Paid licences that nobody uses any more, or ever did.")
@click.option("--untrained", is_flag=True, help="Licences, and no lesson ever or to come.")
@click.option("--mine", is_flag=True, help="My clients only.")
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N only.")
@format_option
@pass_invocation
def list_clients(
    invocation: Invocation,
    limit: int | None,
    output_format: TableFormat,
    *,
    declining: bool,
    unused: bool,
    untrained: bool,
    mine: bool,
) -> None:
    """List clients whose use asks for a look, the gravest first; without a choice all of them."""
    session = invocation.session()
    every = not (declining or unused or untrained)
    kinds = frozenset[str]()
    if declining or every:
        kinds |= {"decline"}
    if unused or every:
        kinds |= {"unused", "never_used"}
    owner = session.me.id if mine else None
    alarmed = islice(_listed(session, kinds, owner, untrained=untrained or every), limit)
    columns = _LIST_COLUMNS[1:] if output_format == "table" else _LIST_COLUMNS
    print_table(alarmed, columns, output_format, wrapped=("text",))


@group.command(epilog="\b\nExample:\n  onewindow adoption report --by tier --format csv")
@click.option(
    "--by",
    type=click.Choice(["product", "tier", "owner"]),
    default="product",
    show_default=True,
    help="Groups.",
)
@format_option
@pass_invocation
def report(invocation: Invocation, by: str, output_format: TableFormat) -> None:
    """Report which share of the licences in force is in use, with n and a 95 % interval, the lowest first."""
    groups = adoption_report.report(invocation.session(), cast("By", by))
    if not groups and output_format == "table":
        tell("No licences are in force.")
        return
    print_table((_group_row(group, output_format) for group in groups), _REPORT_COLUMNS, output_format)


@group.command(
    epilog="\b\nExample:\n  onewindow adoption held C-17 'склад' --passed 'Ким, Зуев' --missed Орлова"
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("lesson", metavar="LESSON")
@click.option("--passed", default="", metavar="NAMES", help="Who passed, names with commas between, or all.")
@click.option("--came", default="", metavar="NAMES", help="Who came.")
@click.option("--missed", default="", metavar="NAMES", help="Who missed it.")
@click.option("--on", "day", metavar="DATE", help="When it was held; else today.")
@pass_invocation
def held(
    invocation: Invocation, client: str, lesson: str, passed: str, came: str, missed: str, day: str | None
) -> None:
    """Say how a lesson went for everybody in one change, and print its id."""
    session = invocation.session()
    training = _training(session, client, lesson)
    on = typed_day(session, day, "--on", "behind").isoformat() if day else None
    settled = training_results.settle(session, training, training_results.Result(passed, came, missed), on)
    print_text(str(settled.id))


@group.command(epilog="\b\nExample:\n  onewindow adoption book ромашка склад --on fri --people untaught")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("subject", metavar="SUBJECT")
@click.option("--on", "day", metavar="DATE", help="The day of the lesson.")
@click.option(
    "--people",
    default="",
    metavar="NAMES",
    help="Names with commas between; all; untaught: who had no lesson yet.",
)
@pass_invocation
def book(invocation: Invocation, client: str, subject: str, day: str | None, people: str) -> None:
    """Plan a lesson for several people in one change, and print its id."""
    session = invocation.session()
    training = Training(
        client_id=resolve_client(session, client).id,
        title=subject,
        planned_on=typed_day(session, day, "--on", "ahead").isoformat() if day else None,
        trainer_id=session.me.id,
    )
    print_text(str(training_results.book(session, training, people).id))


@group.command(epilog="\b\nExample:\n  onewindow adoption install ромашка Приёмка 5.2 --on 25.11")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("workplace", metavar="WORKPLACE")
@click.argument("version", metavar="VERSION")
@click.option("--on", "day", metavar="DATE", help="When it was installed; else today.")
@pass_invocation
def install(invocation: Invocation, client: str, workplace: str, version: str, day: str | None) -> None:
    """Note that a version was installed at a workplace, and print its id."""
    session = invocation.session()
    on = typed_day(session, day, "--on", "behind").isoformat() if day else None
    print_text(str(training_results.install(session, _workplace(session, client, workplace), version, on).id))


def _training(session: Session, client: str, word: str) -> Training:
    return cast("Training", named_record(session, KINDS["training"], word, client))


def _workplace(session: Session, client: str, word: str) -> Workplace:
    return cast("Workplace", named_record(session, KINDS["workplace"], word, client))


def _product(product: ProductUse) -> dict[str, object]:
    trend = product.trend
    return {
        "product_id": product.product_id,
        "product": product.name,
        "bought": product.bought,
        "active": product.active,
        "last_used_on": product.last_used_on,
        "change": trend.direction if trend else "too few weeks",
        "installed_version": product.installed,
        "newest_version": product.newest,
        "workplaces_installed": product.installed_places,
        "workplaces": len(product.places),
    }


def _as_object(snapshot: AdoptionSnapshot) -> Mapping[str, object]:
    return {
        "client_id": snapshot.client.id,
        "name": snapshot.client.name,
        "products": [
            {
                **_product(product),
                "weeks": list(product.weeks),
                "trend": asdict(product.trend) if product.trend else None,
                "functions": [asdict(function) for function in product.functions],
            }
            for product in snapshot.products
        ],
        "people": [
            {
                "contact_id": person.contact.id,
                "name": person.contact.name,
                "role": person.contact.role,
                "standing": person.status,
                "planned": person.planned,
                "done": person.done,
                "passed": person.passed,
                "missed": person.missed,
                "last_on": person.last_on,
            }
            for person in snapshot.people
        ],
        "lessons": [
            {
                "id": training.id,
                "title": training.title,
                "state": training.state,
                "planned_on": training.planned_on,
                "held_on": training.held_on,
                "people": training.people,
            }
            for training in snapshot.trainings
        ],
    }


def _print_picture(session: Session, snapshot: AdoptionSnapshot) -> None:
    print_text(f"{snapshot.client.name}: {adoption_rows.summary(snapshot)}".rstrip(": "))
    rows: list[dict[str, object]] = [
        dict(zip(adoption_rows.HEADINGS, (cell.text for cell in row.cells), strict=True))
        for row in adoption_rows.rows_of(session, snapshot, _WEEKS)
    ]
    print_table(rows, adoption_rows.HEADINGS, "table")


def _listed(
    session: Session, kinds: frozenset[str], owner: int | None, *, untrained: bool
) -> Iterator[Mapping[str, object]]:
    from onewindow.desk.alarms import ranked

    if kinds:
        for alarm in ranked.alarms(session, kinds, owner):
            yield ranked.values(session, alarm)
    if untrained:
        for client in adoption_report.untaught(session, owner):
            yield {
                "client_id": client.client_id,
                "name": client.name,
                "owner": client.owner,
                "kind": "untrained",
                "since": None,
                "text": f"{counted(client.people, 'person', 'people')} at work, no lesson",
            }


def _group_row(group: GroupUse, output_format: TableFormat) -> dict[str, object]:
    share, low, high = group.share.value, group.share.low, group.share.high
    as_text = output_format in ("table", "md")
    return {
        "group": group.group,
        "clients": group.clients,
        "idle_clients": group.idle_clients,
        "bought": group.bought,
        "active": group.active,
        "unused": group.unused,
        "share": f"{100 * share:.1f} %" if as_text else round(share, 4),
        "low": f"{100 * low:.1f} %" if as_text else round(low, 4),
        "high": f"{100 * high:.1f} %" if as_text else round(high, 4),
        "n": group.share.n,
    }
