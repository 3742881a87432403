"""Rows of a file brought into the shape that a kind has: cells by field, constants, words, parts, lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from onewindow.desk.imports.matching.kinds import NAME_PARTS
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.columns import FileColumns
from onewindow.desk.imports.rows.contact_points import ALL_EMAILS
from onewindow.exchange.columns.numbers import DecimalMark, plain_number
from onewindow.exchange.headers.matching import MapProblem, field_named
from onewindow.exchange.headers.units import NO_UNIT
from onewindow.exchange.rows import SourceRow
from onewindow.exchange.values.person_names import person_name
from onewindow.text.choices import read_currency
from onewindow.text.empty_words import can_identify, identifies
from onewindow.text.money import minor_digits, parse_number, without_currency

_LONGEST_FILLER = 24
_OFTEN_THE_SAME = 9
"""So long are cells that repeat themselves: tiers, cities, roles; numbers and addresses are longer."""
_REMEMBERED = 5000
ANY_WORD = "*"
_FIGURES = frozenset(
    (
        *(
            "tax_id",
            "vat_id",
            "kpp",
            "ogrn",
            "bik",
            "account",
            "corr_account",
            "postal_code",
            "external_id",
            "id",
        ),
        *("number", "phone", "phone_2", "client_id", "client_id_also"),
    )
)
_UNIT = re.compile(r"\s*[^\W\d_]+\.?\s*$")
"""What is counted, behind how many there are: 12 шт."""
_TAX_IDS = frozenset({"tax_id", "vat_id"})
_OF_A_FILLER = 2
"""So many different figures has a number that stands for nothing, 0000000000; 123456789 may be meant."""
_UNMISTAKABLE = 2
"""More decimals than these could be taken for thousands."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a person said of how cells become those of fields."""

    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    """Field → what it has in every row."""
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """`COLUMN:WORD` → the value that is meant; the word `*` means any other, an empty one an empty cell."""


def parse_pairs(option: str, pairs: tuple[str, ...]) -> dict[str, str]:
    """Read `--set FIELD=VALUE` or `--value COLUMN:WORD=value`; else raises MapProblem."""
    parsed: dict[str, str] = {}
    for pair in pairs:
        left, mark, value = pair.partition("=") if option == "--set" else pair.rpartition("=")
        if not mark or not left.strip() or (option == "--value" and ":" not in left):
            form = "FIELD=VALUE" if option == "--set" else "COLUMN:WORD=value"
            raise MapProblem(f"{option} {pair}: write it as {form}.")
        parsed[left.strip()] = value.strip()
    return parsed


def shaper(
    kind: str, columns: FileColumns, shape: Shape, formats: FieldFormats, headers: list[str]
) -> Callable[[SourceRow], SourceRow]:
    """Give back what makes a row of cells by field of a row by header; raises MapProblem."""
    pairs = columns.pairs
    constants = {_field(kind, name): value for name, value in shape.constants.items()}
    words = words_by_header(shape.words, headers)
    has_parts = not columns.fields.keys().isdisjoint(columns.parts)
    looks = [_Look(name) for name in dict.fromkeys(name for _, name in pairs)]
    is_plain = len({name for _, name in pairs}) == len(pairs)

    def cells(row: SourceRow) -> SourceRow:
        values, flags = row.values, row.flags
        if words:
            values = {header: _said(words.get(header), cell) for header, cell in values.items()}
        if is_plain:
            named = {name: values.get(header, "") for header, name in pairs}
        else:
            named = _joined(pairs, values, columns.between)
        if "\x00" in "".join(named.values()):
            named = {name: cell.replace("\x00", "") for name, cell in named.items()}
        if not formats.is_literal:
            flags = (*flags, *_leave_fillers_out(named, looks))
            if has_parts:
                _name_from_parts(named)
            if columns.multiplies:
                _multiply(named, formats, is_line=columns.has_lines)
        named.update(constants)
        return SourceRow(row.number, named, flags)

    return cells


def _field(kind: str, word: str) -> str:
    try:
        return field_named(kind, word)
    except MapProblem as error:
        raise MapProblem(f"--set {word}: {error}") from error


def words_by_header(words: Mapping[str, str], headers: list[str]) -> dict[str, dict[str, str]]:
    """Column → word, small, → the value that is meant; raises MapProblem for a column that is not there."""
    by_fold = {header.casefold(): header for header in headers}
    by_header: dict[str, dict[str, str]] = {}
    for left, value in words.items():
        fits = [folded for folded in by_fold if left.casefold().startswith(f"{folded}:")]
        if not fits:
            raise MapProblem(
                f"--value {left}={value}: the file has no column {left.partition(':')[0]}; "
                f"it has {', '.join(headers)}."
            )
        header = max(fits, key=len)
        by_header.setdefault(by_fold[header], {})[left[len(header) + 1 :].strip().casefold()] = value
    return by_header


def _said(words: Mapping[str, str] | None, cell: str) -> str:
    if words is None:
        return cell
    word = cell.strip().casefold()
    return words.get(word, words.get(ANY_WORD, cell) if word else cell)


def _joined(pairs: list[tuple[str, str]], values: Mapping[str, str], between: str) -> dict[str, str]:
    """Cells by field; of several columns that fill one field, one behind another."""
    named: dict[str, str] = {}
    for header, name in pairs:
        cell = values.get(header, "")
        known = named.get(name, "")
        more = cell.strip()
        named[name] = f"{known}{between}{more}" if known and more else known or cell
    return named


class _Look:
    """What is looked at in the cells of one field, and what short ones said."""

    __slots__ = ("has_figures", "is_free", "known", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.has_figures = name.rpartition(".")[2] in _FIGURES
        self.is_free = not can_identify(name)
        self.known: dict[str, bool] = {}


def _leave_fillers_out(named: dict[str, str], looks: list[_Look]) -> list[str]:
    """Empty the cells that say only that there is nothing, and give back what is to be told of that.

    Figures that are a name, and no amount, lose the `.0` that a spreadsheet gave them.
    """
    lines: list[str] = []
    for look in looks:
        name = look.name
        cell = named[name]
        if not cell:
            continue
        if cell[0] == "/" and name.rpartition(".")[2] in ALL_EMAILS and cell[:3].casefold() == "/o=":
            named[name] = ""  # how a server of Outlook calls somebody of its own firm
            continue
        if len(cell) > _LONGEST_FILLER:
            continue
        if look.has_figures and cell.endswith(".0") and cell[:-2].isdecimal():
            named[name] = cell = cell[:-2]
        if len(cell) > _OFTEN_THE_SAME:
            # As `identifies` sees at a look.
            says = (look.is_free and cell[0].isalnum()) or identifies(name, cell)
        else:
            known = look.known
            says = known.get(cell)
            if says is None:
                if len(known) > _REMEMBERED:
                    known.clear()
                says = known[cell] = identifies(name, cell)
        if not says:
            named[name] = ""
            if name in _TAX_IDS and len(set(filter(str.isdecimal, cell))) > _OF_A_FILLER:
                lines.append(f"{name}: “{cell}” is no number of anybody, and was left out")
    return lines


def _name_from_parts(named: dict[str, str]) -> None:
    """The name of a colleague with all its parts."""
    parts = {part: named.pop(part, "") for part in NAME_PARTS}
    if any(parts.values()):
        named["name"] = person_name({"name": named.get("name", ""), **parts}, "")


def _multiply(named: dict[str, str], formats: FieldFormats, *, is_line: bool) -> None:
    """The amount of a line from how many there are at what price; no number where it tells one of them."""
    quantity, price = named.pop("quantity", "").strip(), named.pop("price", "").strip()
    if named.get("amount", "").strip() or not (quantity or price):
        return
    if not (quantity and price):
        if is_line:
            named["amount"] = f"{quantity or '?'} × {price or '?'}"
        return
    bare, currency = without_currency(price)
    try:
        many = _number(_UNIT.sub("", quantity), formats.marks.get("quantity"))
        price = _number(bare, formats.marks.get("price"))
    except ValueError:
        named["amount"] = f"{quantity} × {price}"
        return
    unit = formats.units.get("price", NO_UNIT)
    price *= unit.factor
    currency = currency or unit.currency
    if currency and not named.get("currency", "").strip():
        named["currency"] = currency
    # A line comes to whole minor units, however fine its price is. Three decimals would read as thousands.
    digits = minor_digits(read_currency(named.get("currency", "")) or currency)
    amount = (many * price).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    named["amount"] = f"{amount:.4f}" if digits > _UNMISTAKABLE else f"{amount:f}"


def _number(text: str, mark: DecimalMark | None) -> Decimal:
    """A factor; raises ValueError for what can be a thousand or a fraction."""
    return parse_number(plain_number(text, mark) if mark else text)
