"""What can be chosen of an import: each line of the screen asks for its own thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from onewindow.desk.imports.lists import spoken_field
from onewindow.desk.imports.look import KIND_WORDS, FileLook
from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.profiles import profile, profiles, save_profile
from onewindow.desk.imports.reading.shaping import ANY_WORD, Shape, parse_pairs
from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.window_words import in_window
from onewindow.desk.meetings.unknown_caller import UnknownCaller
from onewindow.desk.session.context import Session
from onewindow.exchange.columns.dates import DATE_ORDERS
from onewindow.exchange.headers.matching import ALSO, AND, MapProblem, fields_of, synonyms_as_written
from onewindow.records.clients import Client
from onewindow.records.kinds import IMPORTED_KINDS, KINDS
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser, Prompt
from onewindow.screens.frame.file_finder import FileFinder
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.store import rows
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import Option

_ENCODINGS = (
    *("utf-8", "windows-1251", "cp866", "koi8-r", "mac-cyrillic", "utf-16", "utf-32"),
    *("windows-1252", "iso-8859-5", "iso-8859-2", "windows-1250"),
)
_SIGNS = ((";", "semicolon ;"), (",", "comma ,"), ("\t", "tab"), ("|", "bar |"))
_AS_FOUND, _LEFT_OUT, _MORE, _KEEP = "\0found", "\0out", "\0more", "\0keep"
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_SHOWN = 30


class Prepared(Protocol):
    """An import that is prepared, as those who ask see it."""

    @property
    def session(self) -> Session:
        """Who imports."""
        ...

    @property
    def options(self) -> ImportOptions:
        """How the file is read now."""
        ...

    @property
    def look(self) -> FileLook | None:
        """What the file is."""
        ...

    @property
    def proposals(self) -> Sequence[Proposal]:
        """What the dry run proposes."""
        ...

    @property
    def path(self) -> str:
        """Where the file is."""
        ...

    def take_file(self, path: str) -> None:
        """Take another file."""
        ...

    def take_kind(self, kind: str) -> None:
        """Read the file as another kind; '' as the likeliest."""
        ...

    def take_options(self, options: ImportOptions) -> None:
        """Read the file otherwise."""
        ...

    def take_profile(self, name: str, kind: str, options: ImportOptions) -> None:
        """Read the file as a profile says."""
        ...


class ImportChoices:
    """Asks over a screen, and gives what was chosen to the import."""

    def __init__(self, screen: TableScreen[None], prepared: Prepared) -> None:
        """Serve one screen."""
        self._screen = screen
        self._import = prepared
        self._asks: dict[str, Callable[[FileLook], None]] = {
            "kind": self._kind,
            "encoding": self._encoding,
            "sheet": self._sheet,
            "column names": self._header_row,
            "delimiter": self._delimiter,
            "dates": self._dates,
            "source": self._source,
            "profile": self._profile,
            "set": self._constants,
            "words": self._words,
            "client": self._client,
            "new clients": self._new_clients,
        }

    def ask(self, what: str) -> None:
        """Ask for what a line is about."""
        if what == "file" or self._import.look is None:
            self.ask_file()
        elif what in self._asks:
            self._asks[what](self._import.look)

    def ask_file(self) -> None:
        """Ask for a file; who names none at first wants back."""

        def closed(path: str | None) -> None:
            if path:
                self._import.take_file(path)
            elif not self._import.path:
                self._screen.dismiss(None)

        open_over(self._screen, FileFinder("Which file comes in?", self._import.path), closed)

    def ask_column(self, header: str) -> None:
        """Ask for the field that a column fills."""
        look = self._import.look
        if look is None:
            return
        mapped = self._import.options.mapped

        fills = look.fields.get(header, ())

        def take(name: str) -> None:
            # Of two columns that were said to fill one field the later word counts.
            others = {column: field for column, field in mapped.items() if column != header and field != name}
            if name != _AS_FOUND:
                others[header] = "" if name == _LEFT_OUT else name
            self._import.take_options(replace(self._import.options, mapped=others))

        def chosen(name: str) -> None:
            if name == _MORE:
                more = [option for option in _fields(look.kind) if option[0] not in fills]
                self._choose(
                    f"What else is “{header}”?",
                    more,
                    lambda field: take(AND.join([*fills, field])),
                    _called(look.kind),
                )
            else:
                take(name)

        by_name = [(_AS_FOUND, "(as its name tells)")] if header in mapped else []
        more = [(_MORE, "(one more field)")] if fills else []
        options = [*by_name, (_LEFT_OUT, "(leave it out)"), *more, *_fields(look.kind)]
        self._choose(f"What is “{header}”?", options, chosen, _called(look.kind))

    def take_proposal(self, place: int) -> None:
        """Read the file as a proposal of the dry run says."""
        told = self._import.proposals
        if place >= len(told):
            return
        proposal, options = told[place], self._import.options
        mapped = dict(options.mapped)
        if proposal.fields:
            mapped[proposal.header] = AND.join(proposal.fields)
        words = {f"{proposal.header}:{word}": value for word, value in proposal.words}
        constants = dict([proposal.constant] if proposal.constant else [])
        shape = Shape({**options.shape.constants, **constants}, {**options.shape.words, **words})
        creates = options.create_clients or proposal.creates_clients
        self._import.take_options(replace(options, mapped=mapped, shape=shape, create_clients=creates))

    # what opens a file

    def _kind(self, look: FileLook) -> None:
        options = [("", "(the likeliest)"), *((kind, KINDS[kind].plural) for kind in IMPORTED_KINDS)]
        title = f"What are the rows? Now {KINDS[look.kind].plural}"
        self._choose(title, options, self._import.take_kind, KIND_WORDS)

    def _encoding(self, look: FileLook) -> None:
        options = [("", "(find it out)"), *((name, name) for name in _ENCODINGS)]
        self._choose(f"Read now as {look.notes.encoding}", options, lambda name: self._read_as(encoding=name))

    def _sheet(self, look: FileLook) -> None:
        titles = dict.fromkeys([look.notes.sheet, *look.notes.other_sheets, *look.notes.hidden_sheets])
        options = [(title, title) for title in titles]
        self._choose("Which sheet?", options, lambda title: self._read_as(sheet=title))

    def _delimiter(self, look: FileLook) -> None:  # noqa: ARG002
        options = [("", "(find it out)"), *_SIGNS]
        self._choose("What stands between cells?", options, lambda sign: self._read_as(delimiter=sign))

    def _header_row(self, look: FileLook) -> None:
        def typed(text: str) -> None:
            number = text.strip()
            if number and not (number.isdecimal() and int(number[:9]) > 0):
                self._screen.say("Type the number of a row, from 1; nothing lets it be found.", warning=True)
            else:
                self._read_as(header_row=int(number[:9]) if number else 0)

        self._prompt("In which row are the column names?", "row", str(look.notes.header_row), typed)

    def _read_as(self, **said: str | int) -> None:
        options = self._import.options
        # The names of the fields are checked by the class itself.
        read_as = replace(options.read_as, **said)  # pyright: ignore[reportArgumentType]
        self._import.take_options(replace(options, read_as=read_as))

    # what its cells mean

    def _dates(self, look: FileLook) -> None:  # noqa: ARG002
        options = [("", "(as the file tells)"), *((order, _ORDERS[order]) for order in DATE_ORDERS)]

        def chosen(name: str) -> None:
            order = next((known for known in DATE_ORDERS if known == name), None)
            self._import.take_options(replace(self._import.options, dates=order))

        self._choose("What comes first in a date?", options, chosen)

    def _source(self, look: FileLook) -> None:  # noqa: ARG002
        options = self._import.options
        self._prompt(
            "Which program is the file from?",
            "source",
            options.source,
            lambda text: self._import.take_options(replace(self._import.options, source=text.strip())),
        )

    def _constants(self, look: FileLook) -> None:
        shape = self._import.options.shape

        def keep(name: str, value: str | None) -> None:
            others = {field: text for field, text in shape.constants.items() if field != name}
            if value is not None:
                others[name] = value
            self._import.take_options(replace(self._import.options, shape=replace(shape, constants=others)))

        def chosen(name: str) -> None:
            if name.startswith("-"):
                keep(name[1:], None)
                return
            described = importable(look.kind).get(name)
            title = f"Which {spoken_field(name)} has every row?"
            if described is not None and described.choices:
                options = [(choice, choice.replace("_", " ")) for choice in described.choices]
                self._choose(title, options, lambda value: keep(name, value))
            else:
                self._prompt(title, "value", shape.constants.get(name, ""), lambda value: keep(name, value))

        away = [(f"-{name}", f"(no more: {name} = {value})") for name, value in shape.constants.items()]
        title = "Which field has the same value in every row?"
        self._choose(title, [*away, *_fields(look.kind)], chosen, _called(look.kind))

    def _words(self, look: FileLook) -> None:
        shape = self._import.options.shape
        away = [(f"-{left}", f"(no more: {left} = {value})") for left, value in shape.words.items()]

        def keep(left: str, value: str | None) -> None:
            others = {word: text for word, text in shape.words.items() if word != left}
            if value is not None:
                others |= parse_pairs("--value", (f"{left}={value}",))
            self._import.take_options(replace(self._import.options, shape=replace(shape, words=others)))

        def column(header: str) -> None:
            if header.startswith("-"):
                keep(header[1:], None)
                return
            cells = dict.fromkeys(row.get(header, "").strip() for row in look.cells.values())
            options = [(word, word or "(empty)") for word in list(cells)[:_SHOWN]]
            options.append((ANY_WORD, "(any other word)"))
            self._choose(f"Which word of “{header}”?", options, lambda word: meant(header, word))

        def meant(header: str, word: str) -> None:
            self._prompt(
                f"What does “{word}” mean?", "value", "", lambda value: keep(f"{header}:{word}", value)
            )

        self._choose(
            "Words of which column?", [*away, *((header, header) for header in look.headers)], column
        )

    def _client(self, look: FileLook) -> None:  # noqa: ARG002
        def chosen(picked: int | UnknownCaller | None) -> None:
            client = (
                rows.find(self._import.session.store, Client, picked) if isinstance(picked, int) else None
            )
            self._import.take_options(replace(self._import.options, client=client))

        if self._import.options.client is not None:
            chosen(None)
            self._screen.say("Each row says whose it is again.")
            return
        open_over(
            self._screen,
            ClientFinder(self._import.session),
            lambda picked: chosen(picked) if picked is not None else None,
        )

    def _new_clients(self, look: FileLook) -> None:  # noqa: ARG002
        options = self._import.options
        self._import.take_options(replace(options, create_clients=not options.create_clients))

    def _profile(self, look: FileLook) -> None:
        session = self._import.session

        def chosen(name: str) -> None:
            if name == _KEEP:
                self._prompt("Under which name?", "profile", self._import.options.source, keep)
                return
            kind = str(profiles(session)[name]["kind"])
            self._import.take_profile(name, kind, profile(session, name, kind))

        def keep(name: str) -> None:
            if not name.strip():
                self._screen.say("A profile needs a name.", warning=True)
                return
            options = self._import.options
            kept = replace(options, source=options.source or name.strip())
            save_profile(session, name.strip(), look.kind, kept)
            self._import.take_profile(name.strip(), look.kind, kept)
            self._screen.say_undoable(f"Kept as the profile {name.strip()}")

        known = [(name, f"{name}   {kept['kind']}") for name, kept in profiles(session).items()]
        self._choose("Which profile?", [*known, (_KEEP, "(keep how this file is read)")], chosen)

    # asking

    def _choose(
        self,
        title: str,
        options: Sequence[Option],
        chosen: Callable[[str], None],
        also: Mapping[str, str] | None = None,
    ) -> None:
        open_over(
            self._screen,
            Chooser(title, options, also=also),
            lambda value: self._do(chosen, value) if value is not None else None,
        )

    def _prompt(self, title: str, label: str, value: str, typed: Callable[[str], None]) -> None:
        open_over(
            self._screen,
            Prompt(title, label, value),
            lambda text: self._do(typed, text) if text is not None else None,
        )

    def _do(self, work: Callable[[str], None], value: str) -> None:
        try:
            work(value)
        except (MapProblem, StoreProblem) as problem:
            self._screen.say(in_window(str(problem)), warning=True)


def _called(kind: str) -> dict[str, str]:
    """Every name by which a column of another program is known, by field: any of them finds it."""
    words_of: dict[str, list[str]] = {}
    for name, words in synonyms_as_written(kind):
        words_of.setdefault(name, []).append(words)
    return {name: "; ".join(words) for name, words in words_of.items()}


def _fields(kind: str) -> list[Option]:
    """The fields of a kind, each by its name and by what people call it."""
    known = importable(kind)
    options: list[Option] = []
    for name in fields_of(kind):
        if name.endswith(ALSO):
            continue
        spoken = spoken_field(name)
        label = known[name].label if name in known else ""
        options.append((name, spoken if label in ("", spoken) else f"{spoken}   {label}"))
    return options
