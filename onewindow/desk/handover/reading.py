"""A package from sales read into values: what its cells say of the deal, the card, terms and the meeting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from onewindow.desk.handover.parties import with_party
from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.reading.cell_values import FieldFormats, ValueReader
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.exchange.handover.package import PackageLine, PackageText
from onewindow.exchange.handover.sections import LEGAL, SECTION_KINDS
from onewindow.exchange.values.person_names import person_name
from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.choices import read_choice
from onewindow.text.identifiers.checks import compact

Values = dict[str, Value]

_KINDS = {**SECTION_KINDS, "requisites": "requisites"}
_REFERENCES = {
    "sales": ("sales_id", "staff"),
    "receiver": ("receiver_id", "staff"),
    "product": ("product_id", "product"),
    "given_by": ("given_by_id", "staff"),
}
_NONE = frozenset({"нет", "none", "no", "няма", "-", "—", "не", "n/a", "отсутствуют"})
_NAME_PARTS = ("last_name", "first_name", "middle_name")
_CONSENT_CELLS = ("consents", "consent_source", "consent_on")
_FINDS_CLIENT = (
    ("client", "external_id"),
    ("client", "tax_id"),
    ("requisites", "tax_id"),
    ("client", "name"),
    ("requisites", "legal_name"),
)
_DOCUMENT_TITLES = {
    "ru": {"contract": "Договор", "invoice": "Счёт", "act": "Акт"},
    "bg": {"contract": "Договор", "invoice": "Фактура", "act": "Протокол"},
    "en": {"contract": "Contract", "invoice": "Invoice", "act": "Act"},
}


@frozen_struct
class Entry:
    """One record that a package speaks of. `person` names whose consent it is, or who got a term."""

    kind: str
    values: Mapping[str, Value]
    person: str
    row: int


@dataclass(slots=True)
class Package:
    """One package read."""

    row: int
    deal: Values = field(default_factory=dict[str, Value])
    client: Values = field(default_factory=dict[str, Value])
    billing_details: Values = field(default_factory=dict[str, Value])
    contacts: list[Entry] = field(default_factory=list[Entry])
    consents: list[Entry] = field(default_factory=list[Entry])
    documents: list[Entry] = field(default_factory=list[Entry])
    licences: list[Entry] = field(default_factory=list[Entry])
    terms: list[Entry] = field(default_factory=list[Entry])
    has_no_terms: bool = False
    """Whether sales says that nothing special was agreed."""
    client_words: tuple[str, ...] = ()
    """The words that may name the client, the surest first."""
    content: str = ""
    """The package as it came, in JSON, to be compared and sent on."""
    left_out: tuple[str, ...] = ()


class PackageProblems(StoreProblem):
    """Cells that cannot be read, one sentence each, with file, row and column."""

    def __init__(self, sentences: Iterable[str]) -> None:
        """Keep the sentences in the order of the file."""
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def read_package(session: Session, text: PackageText, file_name: str) -> Package:
    """Read the cells of a package; raises PackageProblems with all that cannot be read."""
    return _Reader(session, file_name).read(text)


class _Reader:
    def __init__(self, session: Session, file_name: str) -> None:
        self._session = session
        self._file = file_name
        self._problems: list[str] = []
        self._readers = {kind: ValueReader(session, FieldFormats()) for kind in set(_KINDS.values())}
        self._sections: Mapping[str, Callable[[Package, PackageLine], None]] = {
            "deal": self._deal,
            "client": self._client,
            "requisites": self._billing_details,
            "contract": self._document,
            "invoice": self._document,
            "act": self._document,
            "document": self._document,
            "contact": self._contact,
            "consent": self._consent,
            "term": self._term,
            "goal": self._goal,
            "product": self._product,
            "meeting": self._meeting,
        }

    def read(self, text: PackageText) -> Package:
        package = Package(row=text.lines[0].row, left_out=text.left_out)
        for line in text.lines:
            self._sections[line.section](package, line)
        package.client_words = _client_words(text.lines)
        package.content = _content(text.lines)
        self._complete(package, text.lines[0])
        if self._problems:
            raise PackageProblems(self._problems)
        return package

    # sections

    def _deal(self, package: Package, line: PackageLine) -> None:
        package.deal |= self._values(line)

    def _client(self, package: Package, line: PackageLine) -> None:
        package.client |= self._values(line, without=tuple(LEGAL))
        legal = {name: text for name, text in line.cells.items() if name in LEGAL}
        if legal:
            self._billing_details(package, PackageLine("requisites", legal, line.row, line.columns))

    def _billing_details(self, package: Package, line: PackageLine) -> None:
        values = self._values(line)
        if values.get("tax_id"):
            values["tax_id"] = _tidy_tax_id(str(values["tax_id"]))
        package.billing_details |= values

    def _document(self, package: Package, line: PackageLine) -> None:
        values = self._values(line)
        if line.section != "document":
            values["document_kind"] = line.section
        kind = str(values.setdefault("document_kind", "other"))
        number = str(values.get("number") or "")
        if not values.get("title"):
            values["title"] = self._titles.get(kind) or " ".join(part for part in (kind, number) if part)
        values.setdefault("state", "signed" if values.get("signed_on") else "sent")
        package.documents.append(Entry("document", values, "", line.row))
        if kind == "contract" and number:
            package.deal.setdefault("contract_number", number)

    @property
    def _titles(self) -> Mapping[str, str]:
        return _DOCUMENT_TITLES["bg" if self._session.settings.region == "BG" else "ru"]

    def _contact(self, package: Package, line: PackageLine) -> None:
        values = self._values(line, without=(*_NAME_PARTS, *_CONSENT_CELLS))
        values["name"] = person_name(line.cells, "ru")
        if not values["name"]:
            self._add_problem(line, "", "the contact has no name; write who it is")
            return
        package.contacts.append(Entry("contact", values, "", line.row))
        self._consents_of(package, line, str(values["name"]))

    def _consents_of(self, package: Package, line: PackageLine, name: str) -> None:
        text = line.cells.get("consents", "")
        source = line.cells.get("consent_source", "")
        given_on = (
            self._one(line, "consent_on", "consent", "decided_on") if "consent_on" in line.cells else None
        )
        for part in (part.strip() for part in text.replace(",", ";").split(";")):
            if not part or part.casefold() in _NONE:
                continue
            word, _, answer = part.partition(":")
            values: Values = {"source": source or self._file, "decided_on": given_on}
            values["purpose"] = self._word(line, "consents", "consent", "purpose", word)
            values["state"] = self._word(line, "consents", "consent", "state", answer) if answer else "given"
            package.consents.append(Entry("consent", values, name, line.row))

    def _consent(self, package: Package, line: PackageLine) -> None:
        values = self._values(line, without=("contact",))
        values.setdefault("state", "given")
        values.setdefault("source", self._file)
        if not values.get("purpose"):
            self._add_problem(
                line, "", "it has no purpose; write marketing, newsletter, survey or personal data"
            )
        package.consents.append(Entry("consent", values, line.cells.get("contact", ""), line.row))

    def _term(self, package: Package, line: PackageLine) -> None:
        if line.cells.get("text", "").casefold().strip(" .") in _NONE:
            package.has_no_terms = True
            return
        values = self._values(line, without=("given_to", "given_by"))
        giver = line.cells.get("given_by", "")
        if giver:
            try:
                values["given_by_id"] = naming.resolve(self._session, "staff", giver)
            except NotFound:
                # They may be of another firm or gone: the term still says who gave it.
                values["evidence"] = with_party(str(values.get("evidence") or ""), "given_by", giver)
                values["given_by_id"] = None
        if not values.get("text"):
            self._add_problem(line, "", "the special term has no text; write what was promised")
        package.terms.append(Entry("promise", values, line.cells.get("given_to", ""), line.row))

    def _goal(self, package: Package, line: PackageLine) -> None:
        values = self._values(line)
        for name, value in values.items():
            before = package.client.get(name)
            package.client[name] = f"{before}; {value}" if before and before != value else value

    def _product(self, package: Package, line: PackageLine) -> None:
        values = self._values(line)
        if not values.get("product_id"):
            if "product" not in line.cells:
                self._add_problem(line, "", "the row names no product; write what was bought")
            return
        package.licences.append(Entry("licence", values, "", line.row))

    def _meeting(self, package: Package, line: PackageLine) -> None:
        package.deal |= self._values(line)

    # cells

    def _values(self, line: PackageLine, without: tuple[str, ...] = ()) -> Values:
        kind = _KINDS[line.section]
        values: Values = {}
        currency = self._session.settings.currency
        if "currency" in line.cells:
            currency = str(self._one(line, "currency", kind, "currency") or currency)
            values["currency"] = currency
        for name, text in line.cells.items():
            if name in without or name == "currency":
                continue
            if name == "external_id":
                values[name] = text[:200]
            elif name in _REFERENCES:
                stored, refers = _REFERENCES[name]
                values[stored] = self._reference(line, name, refers, text)
            else:
                values[name] = self._one(line, name, kind, name, currency)
        return {name: value for name, value in values.items() if value is not None}

    def _one(self, line: PackageLine, cell: str, kind: str, name: str, currency: str = "") -> Value:
        described = importable(kind).get(name)
        if described is None:
            self._add_problem(line, cell, f"a {line.section} has no such field")
            return None
        try:
            return self._readers[kind].read(described, line.cells[cell], currency)
        except ValueError as error:
            self._add_problem(line, cell, str(error).rstrip("."))
            return None

    def _word(self, line: PackageLine, cell: str, kind: str, name: str, text: str) -> str:
        described = attribute_of(KINDS[kind].record, name)
        choices = described.choices
        choice = read_choice(described, text.strip())
        if choice is None:
            self._add_problem(line, cell, f"“{text.strip()[:40]}” is none of {', '.join(choices)}")
        return choice or choices[0]

    def _reference(self, line: PackageLine, cell: str, kind: str, text: str) -> int | None:
        try:
            return naming.resolve(self._session, kind, text)
        except NotFound as problem:
            self._add_problem(line, cell, str(problem).rstrip("."))
            return None

    def _add_problem(self, line: PackageLine, cell: str, reason: str) -> None:
        column = line.columns.get(cell, cell)
        where = f", column {column}" if column else ""
        self._problems.append(f"{self._file}, row {line.row}, {line.section}{where}: {reason}.")

    def _complete(self, package: Package, line: PackageLine) -> None:
        name = package.client.get("name") or package.billing_details.get("legal_name")
        if name:
            package.client.setdefault("name", name)
        if not package.deal.get("deal"):
            number = package.deal.get("contract_number") or package.deal.get("external_id")
            if number is None and name is None:
                self._add_problem(line, "", "the package names no deal; add a row “deal” with its name")
            package.deal["deal"] = " ".join(str(part) for part in (number, name) if part)[:200]


def _client_words(lines: Iterable[PackageLine]) -> tuple[str, ...]:
    words: list[str] = []
    known = tuple(lines)
    for section, name in _FINDS_CLIENT:
        words += [line.cells[name] for line in known if line.section == section and line.cells.get(name)]
    return tuple(
        dict.fromkeys(_tidy_tax_id(word) if word.replace(" ", "").isdigit() else word for word in words)
    )


def _content(lines: Iterable[PackageLine]) -> str:
    content: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        content.setdefault(line.section, []).append(dict(sorted(line.cells.items())))
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _tidy_tax_id(typed: str) -> str:
    """A tax id without what people put between its digits; a text of other kinds as typed."""
    digits = compact(typed)
    return digits if digits.isalnum() and any(digit.isdigit() for digit in digits) else typed
