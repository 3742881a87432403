"""An offer as a document: Markdown from a template with `{places}`, or a page of HTML on its own."""

from __future__ import annotations

from html import escape

from onewindow.desk.offers.drafting import WholeOffer
from onewindow.desk.offers.wording import HEADINGS, OPTIONS, PLACES, TEMPLATES
from onewindow.desk.session.context import Session
from onewindow.desk.templates.writing import addressee
from onewindow.records.adoption import Product
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.handover import promises
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.text.identifiers.phones import format_phone
from onewindow.text.markdown import plain_markdown
from onewindow.text.money import format_money
from onewindow.text.placeholders import fill, places_in

_STANDING = ("new", "acknowledged")


def markdown(session: Session, whole: WholeOffer, template: str = "") -> str:
    """The offer in Markdown, by a template or that of its language; a paragraph without a value is left out.

    Raises StoreProblem for a template with a place that nothing fills. What texts hold is never read as
    Markdown.
    """
    text = template or TEMPLATES[whole.offer.language]
    if unknown := [name for name in places_in(text) if name not in PLACES]:
        raise StoreProblem(
            f"The template has a place that nothing fills: {{{unknown[0]}}}. There are"
            f" {', '.join(f'{{{name}}}' for name in PLACES)}."
        )
    values = _values(session, whole)
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        named = places_in(paragraph)
        # A paragraph that says only what is not there says nothing: “What you have already: ”.
        if named and not any(values[name] for name in named):
            continue
        kept.append(fill(paragraph, {name: value or "—" for name, value in values.items()}))
    return "\n\n".join(kept).strip() + "\n"


def html_page(session: Session, whole: WholeOffer, template: str = "") -> str:
    """The same as one page of HTML without any outside resource; what texts hold is never read as HTML."""
    # A page is seldom asked for, and the reader of Markdown takes 20 ms to load.
    from markdown_it import MarkdownIt

    body = (
        MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown(session, whole, template))
    )
    title = escape(clean(whole.offer.title))
    return _PAGE.format(language=whole.offer.language, title=title, body=body)


def _values(session: Session, whole: WholeOffer) -> dict[str, str]:
    offer, client = whole.offer, whole.client
    person = addressee(session, client)
    me = session.me
    owned = ownership.licences(session.store, client.id)
    held = [
        promise.text
        for promise in promises.of_client(session.store, client.id)
        if promise.promise_kind == "term" and promise.status in _STANDING
    ]
    products = dict.fromkeys(line.product_id for line in whole.lines if line.product_id)
    described = [
        f"**{plain_markdown(product.name)}.** {plain_markdown(product.description)}"
        for product in (rows.get(session.store, Product, product_id) for product_id in products)
        if product.description
    ]
    named = dict.fromkeys(
        f"{session.directory.product(licence.product_id)} × {licence.bought}" for licence in owned
    )
    plain = {
        "client": client.name,
        "contact": (person.address_as or person.name) if person else "",
        "title": offer.title,
        "date": _day(offer.sent_on or session.today().isoformat()),
        "valid_till": _day(offer.valid_till or ""),
        "text": offer.text,
        "owned": ", ".join(named),
        "promises": "; ".join(held),
        "total": format_money(whole.sum.total, offer.currency),
        "me": me.name,
        "phone": format_phone(me.phone) if me.phone else "",
        "email": me.email,
    }
    return {
        **{name: _plain(value) for name, value in plain.items()},
        "products": "\n\n".join(described),
        "lines": _table(whole),
        "options": _options(whole),
    }


def _table(whole: WholeOffer) -> str:
    currency = whole.offer.currency
    lines = [f"| {' | '.join(HEADINGS[whole.offer.language])} |", "|---|---:|---:|---:|"]
    for line in whole.lines:
        amounts = (line.price, line.quantity * line.price)
        cells = (str(line.quantity), *(format_money(amount, currency) for amount in amounts))
        lines.append(f"| {plain_markdown(_one_line(line.title))} | {' | '.join(cells)} |")
    return "\n".join(lines) if whole.lines else ""


def _options(whole: WholeOffer) -> str:
    offer, words, currency = whole.offer, OPTIONS[whole.offer.language], whole.offer.currency
    found: list[str] = []
    if whole.sum.discount:
        found.append(f"{words['sum']}: {format_money(whole.sum.lines, currency)}")
        cut = format_money(whole.sum.discount, currency)
        found.append(f"{words['discount'].format(percent=offer.discount_percent)}: {cut}")
    if offer.instalments > 1:
        first, rest = whole.sum.instalments[0], whole.sum.instalments[-1]
        found.append(
            words["instalments"].format(
                count=offer.instalments,
                first=format_money(first, currency),
                rest=format_money(rest, currency),
            )
        )
    if offer.payment_days:
        found.append(words["payment_days"].format(days=offer.payment_days))
    for name, said in (("bonus", offer.bonus), ("extra_service", offer.extra_service)):
        found += [words[name].format(words=plain_markdown(_one_line(said)))] if said.strip() else []
    return "\n".join(f"- {line}" for line in found)


def _plain(text: str) -> str:
    """A text that stays text, with its lines as they are."""
    return "\n".join(plain_markdown(line) for line in text.splitlines())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(stored: str) -> str:
    """A day as letters have it, with its year: 07.12.2026."""
    return f"{stored[8:10]}.{stored[5:7]}.{stored[:4]}" if stored else ""


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0; }}
th, td {{ border-bottom: 1px solid #ccc; padding: .35rem .5rem; }}
th {{ text-align: left; }}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style>
</head>
<body>
{body}</body>
</html>
"""
