"""What tells who or what a row of a file means, or a record on file is, and what is decided of a row."""

from __future__ import annotations

from typing import Literal

from onewindow.records.structs import frozen_struct
from onewindow.text.names.firm_names import FirmName

Reach = frozenset[str]
ExternalKey = tuple[str, str]
"""A source, '' where none is named, and the id there."""
Nature = Literal["firm", "person", "thing"]

_NOBODY: Reach = frozenset()

OWN, SOURCE, TAX, EXTERNAL, REACH, WHOLE, ALSO, SAID, FORMER, NOTHING = range(9, -1, -1)
"""What two may share, the strongest first: ids, phones, the name, another one, without its form, a former."""

UNCLEAR = "unclear: "
"""How the reason begins for which a row is refused that may mean several records."""


@frozen_struct
class Identity:
    """What tells who or what a row means, or a record on file is. What is empty says nothing."""

    record_id: int = 0
    """Our own id: of a row the one that it carries."""
    label: str = ""
    """How a message names it."""
    external: frozenset[ExternalKey] = frozenset()
    tax_id: str = ""
    kpp: str = ""
    name: str = ""
    """As one name is compared: without case and needless spaces."""
    words: Reach = _NOBODY
    """The words of the name that tell somebody apart."""
    called: tuple[FirmName, ...] = ()
    """Of a firm: the name, and of one on file what it is also called."""
    legally: tuple[FirmName, ...] = ()
    """Of a firm on file: its legal name."""
    formerly: tuple[FirmName, ...] = ()
    """What a firm on file was called before."""
    forms_in_file: frozenset[frozenset[str]] = frozenset()
    """Of a row: the legal forms with which rows of the file have its name."""
    doubt: str = ""
    """Of a row: why its tax id may be that of somebody else."""
    is_branch: bool = False
    """Of a row: whether its file has the tax id with several КПП."""
    phones: Reach = _NOBODY
    mails: Reach = _NOBODY
    """Without mailboxes that many read."""
    of_people: Reach = _NOBODY
    """Of a firm: phones and mails that are of one of its people, who may be several."""
    place: str = ""
    """The city of a firm, the role of a person."""
    client_id: int = 0
    """Whose it is; 0 for a client, and for what belongs to the department."""
    facts: tuple[object, ...] | None = None
    """All that tells a thing apart, in one order."""
    ogrn: str = ""
    described: frozenset[tuple[str, str]] = frozenset()
    """What else tells firms of one name apart, each under what it is: phone, e-mail, city, web site."""
    is_of_file: bool = False
    """Of a record on file: whether another row of the same file means it."""
    agreeing: frozenset[tuple[str, object]] = frozenset()
    """Fields of a thing, with their values, of which one that agrees confirms an id of no source."""


@frozen_struct
class Decision:
    """What a row means: a record on file, a new one (0), or nobody knows, and why."""

    record_id: int = 0
    unclear: str = ""
    """Why the row is refused, as a clause."""
    namesake: str = ""
    """Of a new record: who on file has its name and is somebody else."""
    odd: str = ""
    """Of a record on file: why it may be somebody else all the same."""
    keeps_name: bool = False
    """Of a record on file: whether it is called so already, but for the legal form, case and quotes."""
