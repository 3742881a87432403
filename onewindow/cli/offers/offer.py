"""`onewindow offer …`: the common verbs; drafting, checking, deciding, writing out, sending, answering."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    format_option,
    print_object,
    print_pairs,
    print_raw,
    print_table,
    tell,
)
from onewindow.desk.offers import best, deciding, drafting, rendering
from onewindow.desk.offers.as_text import offer_pairs, offer_row
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.exchange.export.files import whole_file
from onewindow.records.kinds import KINDS
from onewindow.records.offers import Offer
from onewindow.store import rows
from onewindow.store.problems import StoreProblem
from onewindow.text.money import parse_money

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.adoption import Product
    from onewindow.records.feedback import Opportunity

_LARGEST_TEMPLATE = 256 * 1024
_FORMS = {"": "md", ".md": "md", ".markdown": "md", ".txt": "md", ".html": "html", ".htm": "html"}
"""What an offer is written as, by the ending of the file."""
_BEST_COLUMNS = (
    *(
        "client_id",
        "client",
        "name",
        "class",
        "currency",
        "contribution",
        "offer",
        "amount",
        "offer_currency",
    ),
    *("evidence", "loyalty"),
)

_offer = click.argument("offer", metavar="ID_OR_TITLE", shell_complete=complete_record("offer"))
_reason = click.option("--reason", required=True, metavar="TEXT", help="Why.")


def _named(session: Session, word: str) -> Offer:
    return rows.get(session.store, Offer, resolve(session, "offer", word))


def _product(session: Session, word: str) -> tuple[Product, int]:
    """A product with how many: `sklad`, `sklad:5`. Raises UsageError for a count that is none."""
    name, _, count = word.rpartition(":") if ":" in word else (word, "", "1")
    if not count.isdecimal() or int(count) < 1:
        raise click.UsageError(
            f"“{word}”: write a product and how many, for example sklad:5", click.get_current_context()
        )
    return named_record(session, KINDS["product"], name), int(count)  # pyright: ignore[reportReturnType]


@click.command(
    epilog="""\b
Examples:
  onewindow offer draft romashka --product sklad:5 --product portal
  onewindow offer draft romashka --opportunity "Продление"
  onewindow offer draft romashka --title "Вторая смена"        then offer line"""
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option(
    "--product", "products", multiple=True, metavar="NAME[:N]", help="What is offered; may be repeated."
)
@click.option("--opportunity", metavar="ID_OR_TITLE", help="What it is for: its product, amount and title.")
@click.option("--title", default="", metavar="TEXT", help="What is offered, in a few words.")
@pass_invocation
def draft(
    invocation: Invocation, client: str, products: tuple[str, ...], opportunity: str | None, title: str
) -> None:
    """Draft an offer with the prices of the products and the days to pay of the class; prints its id."""
    session = invocation.session()
    of = resolve_client(session, client)
    for_what: Opportunity | None = None
    if opportunity:
        for_what = named_record(session, KINDS["opportunity"], opportunity, client)  # pyright: ignore[reportAssignmentType]
    made = drafting.draft(session, of, [_product(session, word) for word in products], for_what, title)
    print_raw(str(made.id))
    for line in drafting.whole(session, made).lines:
        if not line.price:
            tell(f"“{line.title}” has no price in {made.currency}: offer-line edit {line.id} --price …")


@click.command(epilog='\b\nExample:\n  onewindow offer line "Вторая смена" --product sklad --quantity 3')
@_offer
@click.option("--product", metavar="NAME", help="Brings its name and its price.")
@click.option(
    "--title", default="", metavar="TEXT", help="What, if it is no product or goes by another name."
)
@click.option("--quantity", type=Count(min=1), default=1, show_default=True, metavar="N")
@click.option("--price", metavar="AMOUNT", help="Of one piece; else that of the product.")
@pass_invocation
def line(
    invocation: Invocation, offer: str, product: str | None, title: str, quantity: int, price: str | None
) -> None:
    """Add a line to an offer; prints its id."""
    session = invocation.session()
    record = _named(session, offer)
    chosen = _product(session, product)[0] if product else None
    minor = _price(price, record.currency) if price is not None else None
    print_raw(str(drafting.add_line(session, record, chosen, title, quantity, minor).id))


@click.command(epilog='\b\nExample:\n  onewindow offer look "Вторая смена"')
@_offer
@format_option
@pass_invocation
def look(invocation: Invocation, offer: str, output_format: TableFormat) -> None:
    """Show an offer with its lines, its sum, where it goes beyond the class, and what comes next."""
    session = invocation.session()
    whole = drafting.read_offer(session, _named(session, offer).id)
    if output_format == "json":
        print_object(offer_row(session, whole))
    elif output_format == "table":
        print_pairs(offer_pairs(session, whole))
    else:
        row = offer_row(session, whole)
        print_table([row], list(row), output_format)


@click.command(epilog='\b\nExample:\n  onewindow offer submit "Вторая смена"')
@_offer
@pass_invocation
def submit(invocation: Invocation, offer: str) -> None:
    """Give an offer that goes beyond the terms of the class to a lead."""
    session = invocation.session()
    _told(deciding.submit(session, _named(session, offer).id), "waits for a lead")


@click.command(epilog='\b\nExample:\n  onewindow offer approve "Вторая смена" --reason "ключевой клиент"')
@_offer
@click.option("--reason", default="", metavar="TEXT", help="Why, if it is worth a word.")
@pass_invocation
def approve(invocation: Invocation, offer: str, reason: str) -> None:
    """Approve an offer that goes beyond the terms of the class; leads only."""
    session = invocation.session()
    _told(deciding.decide(session, _named(session, offer).id, is_approved=True, reason=reason), "is approved")


@click.command(epilog='\b\nExample:\n  onewindow offer refuse "Вторая смена" --reason "скидка выше маржи"')
@_offer
@_reason
@pass_invocation
def refuse(invocation: Invocation, offer: str, reason: str) -> None:
    """Refuse an offer that goes beyond the terms of the class, with the reason; leads only."""
    session = invocation.session()
    _told(deciding.decide(session, _named(session, offer).id, is_approved=False, reason=reason), "is refused")


@click.command(
    epilog="""\b
Examples:
  onewindow offer write "Вторая смена"
  onewindow offer write "Вторая смена" -o offer.html
  onewindow offer write "Вторая смена" --template our-offer.md -o offer.md"""
)
@_offer
@click.option("-o", "--output", metavar="FILE", help="The file to write (.md or .html); else the output.")
@click.option(
    "--as", "form", type=click.Choice(("md", "html")), help="Else what the ending of the file tells."
)
@click.option("--template", metavar="FILE", help="A text in Markdown with {places} of your own.")
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@pass_invocation
def write(
    invocation: Invocation,
    offer: str,
    output: str | None,
    form: str | None,
    template: str | None,
    force: bool,
) -> None:
    """Write an offer out in the client's language, by the program's template or by your own."""
    session = invocation.session()
    whole = drafting.read_offer(session, _named(session, offer).id)
    ending = Path(output).suffix.lower() if output else ""
    if form is None and ending not in _FORMS:
        raise click.UsageError(
            f"-o {output}: an offer is written as .md or .html; name such a file, or add --as md or html",
            click.get_current_context(),
        )
    wanted = form or _FORMS[ending]
    words = _template(template) if template else ""
    text = (rendering.html_page if wanted == "html" else rendering.markdown)(session, whole, words)
    if output and output != "-":
        with whole_file(Path(output), force=force) as stream:
            stream.write(text.encode())
        tell(f"Written to {output}.")
    else:
        print_raw(text.rstrip("\n"))


@click.command(epilog='\b\nExample:\n  onewindow offer send "Вторая смена" --location offers/romashka.html')
@_offer
@click.option("--location", default="", metavar="FILE", help="Where the written offer is kept.")
@pass_invocation
def send(invocation: Invocation, offer: str, location: str) -> None:
    """Note that the client has the offer, and register it as a document."""
    session = invocation.session()
    _told(deciding.send(session, _named(session, offer).id, location), "is with the client")


@click.command(
    name="answer",
    epilog="""\b
Examples:
  onewindow offer answer "Вторая смена" accepted
  onewindow offer answer "Вторая смена" declined --words "дорого\"""",
)
@_offer
@click.argument("outcome", type=click.Choice(("accepted", "declined")), metavar="accepted|declined")
@click.option("--words", default="", metavar="TEXT", help="What the client said; a refusal needs it.")
@pass_invocation
def answer(invocation: Invocation, offer: str, outcome: str, words: str) -> None:
    """Note what the client answered; the opportunity is won or lost with it."""
    session = invocation.session()
    made = deciding.answer(session, _named(session, offer).id, is_accepted=outcome == "accepted", words=words)
    _told(made, f"is {outcome}")


@click.command(epilog='\b\nExample:\n  onewindow offer withdraw "Вторая смена" --reason "цены изменились"')
@_offer
@_reason
@pass_invocation
def withdraw(invocation: Invocation, offer: str, reason: str) -> None:
    """Take an offer back that is not answered yet, with the reason."""
    session = invocation.session()
    _told(deciding.withdraw(session, _named(session, offer).id, reason), "is withdrawn")


@click.command(name="best", epilog="\b\nExample:\n  onewindow offer best --limit 20")
@click.option(
    "--limit", type=Count(min=1), default=10, show_default=True, metavar="N", help="So many clients."
)
@click.option("--mine", is_flag=True, help="Only clients whose owner you are.")
@format_option
@pass_invocation
def best_command(invocation: Invocation, limit: int, mine: bool, output_format: TableFormat) -> None:
    """Name the best personal offer to each of the most profitable clients, and how they are rewarded."""
    session = invocation.session()
    found = best.best_offers(session, limit, owner_id=session.me.id if mine else None)
    if output_format == "table":
        columns = ("client", "left in a year", "best offer", "worth", "why", "loyalty")
        print_table(map(best.readable, found), columns, "table", wrapped=("why", "loyalty"))
    else:
        print_table(map(best.machine, found), _BEST_COLUMNS, output_format)


def _told(offer: Offer, what: str) -> None:
    tell(f"“{offer.title}” {what}.")


def _price(text: str, currency: str) -> int:
    try:
        amount, written = parse_money(text, currency)
    except ValueError as error:
        raise click.UsageError(f"--price: {error}", click.get_current_context()) from error
    if written != currency or amount < 0:
        raise click.UsageError(f"--price: write an amount in {currency}", click.get_current_context())
    return amount


def _template(name: str) -> str:
    """The text of a template; raises StoreProblem for a file that is none."""
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        raise StoreProblem(f"The template {name} cannot be read: {error.strerror}.") from error
    if len(content) > _LARGEST_TEMPLATE:
        raise StoreProblem(
            f"{name} is larger than a template is ever: {_LARGEST_TEMPLATE // 1024} KB at most."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreProblem(f"{name} is no text in UTF-8; save it as such.") from error


group = RecordGroup(
    KINDS["offer"],
    ready(draft, line, look, submit, approve, refuse, write, send, answer, withdraw, best_command),
)
