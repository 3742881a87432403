"""Headers that say more than which field they fill: `InvoiceNo`, `account`, `deleted`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Literal

from onewindow.desk.imports.reading.columns import FileColumns
from onewindow.exchange.columns.dates import is_empty_date
from onewindow.exchange.columns.fits import fits
from onewindow.exchange.headers.matching import ALSO, normalise_header
from onewindow.exchange.headers.suggestions import like
from onewindow.exchange.rows import RowTable, SourceRow
from onewindow.exchange.values.countries import read_country
from onewindow.text.choices import read_flag
from onewindow.text.fold import fold
from onewindow.text.identifiers.checks import compact

_LOOKED_AT = 200
_DOCUMENTS = {
    "invoice": ("invoice", "bill", "счета", "счет", "фактура", "фактуры"),
    "contract": ("contract", "contractno", "agreement", "договора", "договор", "договори"),
    "act": ("act", "actno", "акта", "акт"),
    "offer": ("quote", "quotation", "offer", "кп", "оферта"),
    "licence": ("licence", "license", "лицензии", "лиценз"),
}
"""How headers begin or end that name the documents of a file."""
_DELETED_HEADERS = """
    deleted; is deleted; deleted at; deleted on; trashed; is trashed; in trash; is spam; spam; удален;
    удалено; удалена; пометка удаления; помечен на удаление; спам; изтрит; изтрито;
    archived; is archived; archived at; archived on; в архиве; архив;
    архивный; архивирован; архивировано; архивиран; архивирана; в архив
"""
"""Columns that say of a row that the other program holds it as thrown away."""
_FOLDER_HEADERS = """
    это группа; этогруппа; признак группы; является группой; is folder; is group; folder; е група; папка;
    это папка; isfolder; isgroup
"""
"""Columns that say of a row that it is a folder of the other program's list, and no card."""
_DELETED_STATES = """
    deleted; spam; junk; trash; trashed; in trash; suspended; удален; удалено; удалена; спам; корзина;
    в корзине; изтрит; изтрита; изтрито
"""
"""States of requests that say so."""
_DELETED, _FOLDERS, _GONE = (
    frozenset(map(normalise_header, words.split(";")))
    for words in (_DELETED_HEADERS, _FOLDER_HEADERS, _DELETED_STATES)
)
_THEMSELVES = {
    "request": frozenset(
        {"заявка", "обращение", "тикет", "инцидент", "запитване", "request", "case", "incident"}
    ),
    "opportunity": frozenset({"сделка", "сделки", "deal", "lead", "лид"}),
    "task": frozenset({"задача", "задание", "task"}),
}
"""Normalised headers by kind that are names of the records, or codes of them."""
_CLIENT = ("client_id", "client_id" + ALSO)
_TAX_WORDS = frozenset({"inn", "tax", "vat", "eik", "bulstat"})
_CODE_WORDS = frozenset({"id", "ids", "code", "number", "no", "kod", "nomer"})
"""Folded words of headers of columns that have no names."""
_ID_COUNTRIES = {
    **dict.fromkeys(("eik", "bulstat", "dds"), "BG"),
    **dict.fromkeys(("inn", "kpp", "ogrn"), "RU"),
    **dict.fromkeys(("unp",), "BY"),
    **dict.fromkeys(("bin", "iin"), "KZ"),
    **dict.fromkeys(("edrpou", "yedrpou"), "UA"),
    **dict.fromkeys(("ust", "ustid", "idnr"), "DE"),
    "nip": "PL",
    "siren": "FR",
}
"""Folded words of headers of tax ids, and the countries where they are called so."""
_WITH_INN = frozenset({"RU", "KG", "TJ", "UZ", "TM"})
_OF_A_PERSON = ("name", "last_name", "first_name", "middle_name")
_IN_ONE_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF_ANOTHER_FILE = re.compile(r"[_.]ids?$|^[a-z]+Ids?$")
"""How programs name the column that points at a row of another of their tables."""
_FEWEST_FIGURES = 12
"""Bank accounts have at least so many figures, IBANs and Russian accounts more."""


def with_meant_accounts(
    columns: FileColumns, kind: str, mapped: Mapping[str, str], reopen: Callable[[], RowTable]
) -> FileColumns:
    """The same columns, but an `account` without bank accounts is the client's name, or a code of theirs.

    What was the name then is that of a person there, as in lists of accounts with their contacts.
    """
    fields = columns.fields
    header = next((column for column, field in fields.items() if field == "account"), "")
    if kind != "client" or columns.is_own or header in mapped or normalise_header(header) != "account":
        return columns
    cells = [text for row in islice(reopen().rows, _LOOKED_AT) if (text := row.values[header].strip())]
    if not cells or all(map(_is_bank_account, cells)):
        return columns
    named = next((column for column, field in fields.items() if field == "name"), "")
    if named and all(map(is_code, cells)):
        return replace(columns, fields=_put(fields, header, "external_id"))
    meant = {**fields, header: "name"}
    if named and normalise_header(named) != "name":
        meant = _put(fields, header, "aliases")  # it says outright that it is the client's
    elif named:
        meant[named] = "contact.name"
    return replace(columns, fields=meant)


def with_named_ids(
    columns: FileColumns, kind: str, mapped: Mapping[str, str], reopen: Callable[[], RowTable]
) -> FileColumns:
    """The same columns, but one that is called as the records are, and has codes only, is their id."""
    words = _THEMSELVES.get(kind, frozenset())
    header = next((column for column in columns.left_out if normalise_header(column) in words), "")
    if columns.is_own or not header or header in mapped or "external_id" in columns.fields.values():
        return columns
    cells = [text for row in islice(reopen().rows, _LOOKED_AT) if (text := row.values[header].strip())]
    if not cells or not all(map(is_code, cells)):
        return columns
    left_out = tuple(column for column in columns.left_out if column != header)
    return replace(columns, fields={**columns.fields, header: "external_id"}, left_out=left_out)


def implied_by_headers(kind: str, columns: FileColumns) -> dict[str, str]:
    """What the names of columns say of every row that does not say it itself, by field.

    A file with a column `InvoiceNo` has invoices, and so has one of lines with quantity and price.
    """
    if kind != "document" or columns.is_own or "document_kind" in columns.fields.values():
        return {}
    telling = [
        header for header, field in columns.fields.items() if field in ("number", "issued_on", "due_on")
    ]
    for header in telling:
        word = normalise_header(header)
        for document_kind, stems in _DOCUMENTS.items():
            if any(word.startswith(stem) or word.endswith(stem) for stem in stems):
                return {"document_kind": document_kind}
    return {"document_kind": "invoice"} if columns.has_lines else {}


def id_country_of(kind: str, columns: FileColumns, region: str) -> str:
    """The country of the tax ids of a file by what their column is called; '' where that tells none.

    Several countries have an ИНН: it is that of `region` if that is one of them.
    """
    header = next((column for column, field in columns.pairs if field in ("tax_id", "vat_id")), "")
    words = set(fold(_IN_ONE_WORD.sub(" ", header)).split())
    if kind != "client" or columns.is_own or not words:
        return ""
    named = next((country for word, country in _ID_COUNTRIES.items() if word in words), "")
    return region if named == "RU" and region in _WITH_INN else named


def usual_country_of(kind: str, columns: FileColumns, reopen: Callable[[], RowTable]) -> str:
    """The country of all rows at the beginning of a file that name one; '' for none, or several."""
    header = next((column for column, field in columns.pairs if field == "country"), "")
    if kind not in ("client", "contact") or columns.is_own or not header:
        return ""
    cells = {text for row in islice(reopen().rows, _LOOKED_AT) if (text := row.values[header].strip())}
    countries = {read_country(cell) for cell in cells}
    return (countries.pop() or "") if len(countries) == 1 else ""


def unread_opening_of(kind: str, columns: FileColumns, reopen: Callable[[], RowTable]) -> str:
    """The column that nothing reads and that looks as if it told when requests were opened; '' for none."""
    if kind != "request" or columns.is_own or "opened_at" in (field for _, field in columns.pairs):
        return ""
    alike = [
        header
        for header in columns.left_out
        if any(likeness.field == "opened_at" for likeness in like(header, kind, ("opened_at",)))
    ]
    first = list(islice(reopen().rows, _LOOKED_AT)) if alike else []
    cells = {header: [text for row in first if (text := row.values[header].strip())] for header in alike}
    return next((header for header in alike if fits("time", cells[header])), "")


def with_ids_of_clients_first(
    kind: str, columns: FileColumns, mapped: Mapping[str, str]
) -> tuple[FileColumns, Literal["", "tax", "code", "alone"]]:
    """Of two columns that name a client the one with ids first, where the other has none; and what ids.

    A column of ids that point into another file of the same program, `organization_id`, is `alone` where
    nothing else names the client and nobody mapped it. A Customer ID of a sheet may be all that there is.
    """
    by_field = {field: header for header, field in columns.fields.items()}
    pair = [by_field[field] for field in _CLIENT if field in by_field]
    if kind == "client" or columns.is_own or not pair:
        return columns, ""
    if len(pair) < len(_CLIENT):
        is_alone = pair[0] not in mapped and _OF_ANOTHER_FILE.search(pair[0].strip()) is not None
        return columns, "alone" if is_alone else ""
    first, second = pair
    if bool(_id_of(first)) == bool(_id_of(second)):
        return columns, ""
    if _id_of(first):
        return columns, _id_of(first)
    swapped = dict(zip((second, first), _CLIENT, strict=True))
    fields = {header: swapped.get(header, field) for header, field in columns.fields.items()}
    return replace(columns, fields=fields), _id_of(second)


def _id_of(header: str) -> Literal["", "tax", "code"]:
    words = set(fold(_IN_ONE_WORD.sub(" ", header)).split())
    if words & _TAX_WORDS:
        return "tax"
    return "code" if words & _CODE_WORDS else ""


def without_deleted(
    rows: Iterable[SourceRow],
    headers: Iterable[str],
    kind: str,
    columns: FileColumns,
    mapped: Mapping[str, str],
) -> Iterator[SourceRow]:
    """The rows, of which those are marked as left out that are no card of the other program any more.

    It holds them as deleted or as spam, or they are folders of its list.
    """
    states = [header for header, field in columns.fields.items() if (kind, field) == ("request", "status")]
    seen = {*columns.fields, *mapped}
    telling = [
        header for header in headers if header not in seen and normalise_header(header) in _DELETED | _FOLDERS
    ]
    if columns.is_own or not (states or telling):
        yield from rows
        return
    for row in rows:
        if row.left_out:
            yield row
            continue
        gone = next(
            (row.values[header] for header in states if normalise_header(row.values[header]) in _GONE), ""
        )
        marked = next((header for header in telling if _says_yes(row.values.get(header, ""))), "")
        if gone or marked:
            word = gone.strip()[:40] or f"{marked[:40]}: {row.values[marked].strip()[:40]}"
            is_folder = not gone and normalise_header(marked) in _FOLDERS
            what = "it is a folder of the other program" if is_folder else "the other program holds it as"
            row = replace(row, left_out=f"{what}: “{word}”" if is_folder else f"{what} “{word}”")
        yield row


def without_firms(rows: Iterator[SourceRow], kind: str, file_format: str) -> Iterator[SourceRow]:
    """The rows, of which cards of firms are marked as left out where people are looked for."""
    if kind != "contact" or file_format != "vcard":
        yield from rows
        return
    for row in rows:
        firm = row.values.get("organization", "").strip()
        if firm and not row.left_out and not any(row.values.get(name, "").strip() for name in _OF_A_PERSON):
            reason = f"“{firm[:60]}” is a firm, no person; “import clients” takes it"
            row = replace(row, left_out=reason)
        yield row


def _says_yes(text: str) -> bool:
    plain = text.strip()
    if not plain or is_empty_date(plain):
        return False
    known = read_flag(plain)
    return known == 1 if known is not None else any(map(str.isdigit, plain))


def _put(fields: Mapping[str, str], header: str, field: str) -> dict[str, str]:
    """The fields with that of a header, which is left out where another column has it."""
    others = {column: name for column, name in fields.items() if column != header}
    return others if field in others.values() else {**others, header: field}


def _is_bank_account(text: str) -> bool:
    plain = compact(text)
    return sum(map(str.isdigit, plain)) >= _FEWEST_FIGURES and plain.isalnum()


def is_code(text: str) -> bool:
    """Whether a cell is the code of something, and no name."""
    return " " not in text and any(map(str.isdigit, text))
