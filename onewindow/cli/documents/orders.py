"""`onewindow document orders`: each order of a client from agreement to payment, as one line of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.desk.clients.orders import Order, order_text, orders_of
from onewindow.desk.session.naming import resolve_client, title_of

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.clients import Client

_COLUMNS = (
    *("client_id", "document_id", "document_kind", "number", "title", "state", "agreed_on", "currency"),
    *("invoices", "invoiced", "invoiced_on", "acts", "acts_signed", "done_on", "paid", "paid_on", "missing"),
)


@click.command(
    epilog="\b\nExamples:\n  onewindow document orders romashka\n"
    "  onewindow document orders C-17 --format csv"
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@format_option
@pass_invocation
def orders(invocation: Invocation, client: str, output_format: TableFormat) -> None:
    """Follow each contract and specification of a client: agreed, invoiced, done, paid.

    Invoices and acts belong to the document they name (--parent). Paid is what finance booked for it (revenue
    with --document) or marked on the invoice (--paid-on).
    """
    session = invocation.session()
    of = resolve_client(session, client)
    found = orders_of(session, of)
    if output_format != "table":
        print_table([_row(of, order) for order in found], _COLUMNS, output_format)
        return
    if not found:
        print_text("There is no contract or specification of this client.")
        return
    today = session.today()
    print_table(
        [
            {
                "order": title_of(order.document),
                "state": order.line.state,
                "from order to payment": order_text(order, today),
            }
            for order in found
        ],
        ("order", "state", "from order to payment"),
        "table",
        wrapped=("from order to payment",),
    )


def _row(client: Client, order: Order) -> dict[str, object]:
    document, line = order.document, order.line
    return {
        "client_id": client.id,
        "document_id": document.id,
        "document_kind": document.document_kind,
        "number": document.number,
        "title": document.title,
        "state": line.state,
        "agreed_on": line.agreed_on,
        "currency": document.currency,
        "invoices": line.invoices,
        "invoiced": line.invoiced,
        "invoiced_on": line.invoiced_on,
        "acts": line.acts,
        "acts_signed": line.acts_signed,
        "done_on": line.done_on,
        "paid": line.paid,
        "paid_on": line.paid_on,
        "missing": list(line.missing),
    }
