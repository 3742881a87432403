"""What names say of firms: how surely one is meant, and when nobody knows because of legal forms."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.imports.matching.identities import ALSO, FORMER, NOTHING, SAID, WHOLE, Identity
from onewindow.text.names.firm_names import FirmName, differ


def decide_by_name(word: FirmName, known: Sequence[Identity]) -> list[int]:
    """The ids of the firms on file that a name alone means: one, all that it may mean, or none."""
    row = Identity(called=(word,))
    best: list[Identity] = []
    rank = NOTHING
    for identity in known:
        evidence = by_name(row, identity)
        if evidence > rank:
            best, rank = [identity], evidence
        elif evidence == rank and evidence:
            best.append(identity)
    if rank in (SAID, FORMER) and is_of_several_forms(row, known):
        same = [identity for identity in best if shares_form(row, identity)]
        alike = [identity for identity in known if is_said_as(row, identity)]
        best = same or (alike if not all(has_other_form(row, identity) for identity in alike) else [])
    return [identity.record_id for identity in best]


def by_name(row: Identity, known: Identity) -> int:
    """How surely the name of a row is one of a firm on file."""
    if not row.called or not known.called:
        return NOTHING
    own, card, now = row.called[0], known.called[0], (*known.called, *known.legally)
    if card.is_same(own):
        return WHOLE
    if any(name.is_same(own) for name in now):
        return ALSO
    if any(name.may_be(own) for name in now):
        return SAID
    return FORMER if any(name.may_be(own) for name in known.formerly) else NOTHING


def names_fit(row: Identity, known: Identity) -> bool:
    """Whether a phone is enough to tell that two firms are one."""
    own = row.called[0] if row.called else None
    if own and (said := [name for name in names_of(known) if name.is_said_as(own)]):
        return not all(name.contradicts(own) for name in said)
    return row.words == known.words


def is_of_several_forms(row: Identity, known: Sequence[Identity]) -> bool:
    """Whether the file or the records on file have the name of a row with legal forms of several firms."""
    if not row.called:
        return False
    own = row.called[0]
    forms = {own.forms, *row.forms_in_file}
    forms |= {
        name.forms
        for identity in known
        for name in (*identity.called, *identity.legally)
        if name.is_said_as(own)
    }
    return any(differ(one, other) for one in forms for other in forms)


def is_said_as(row: Identity, known: Identity) -> bool:
    """Whether both have a name in common but for the legal form."""
    return any(name.is_said_as(own) for own in row.called for name in names_of(known))


def shares_form(row: Identity, known: Identity) -> bool:
    """Whether a name of both is one with the legal form."""
    own = row.called[0]
    return any(name.may_be(own) and bool(name.forms) == bool(own.forms) for name in names_of(known))


def has_other_form(row: Identity, known: Identity) -> bool:
    """Whether a firm on file has the name of a row only with another legal form, or with none besides."""
    names = [name for name in names_of(known) if name.is_said_as(row.called[0])]
    return any(name.contradicts(row.called[0]) for name in names) and not shares_form(row, known)


def unsure_message(row: Identity, unsure: Sequence[Identity]) -> str:
    """Why nobody knows whom a name means that firms of several legal forms have; '' if an id tells."""
    own = row.called[0]
    if row.tax_id or row.external or (own.forms and (not unsure or frozenset() in row.forms_in_file)):
        return ""
    if unsure:
        whom = f"{', '.join(sorted(identity.label for identity in unsure)[:3])} may be meant"
    else:
        whom = "rows of this file have the name with several legal forms"
    return f"{whom}; write the name with its legal form, or add a column of tax ids"


def names_of(known: Identity) -> tuple[FirmName, ...]:
    """All names of a firm on file."""
    return (*known.called, *known.legally, *known.formerly)


def agrees(row: Identity, known: Identity) -> bool:
    """Whether something besides the tax id is the same of both, or no name can be compared."""
    if not row.called or not known.called or row.record_id:
        return True
    words = {word for name in names_of(known) for word in name.said.split()}
    return bool(
        not words.isdisjoint(row.called[0].said.split())
        or row.phones & known.phones
        or row.mails & known.mails
        or row.external & known.external
        or (row.ogrn and row.ogrn == known.ogrn)
    )


def are_strangers(row: Identity, other: Identity) -> bool:
    """Whether two rows of one file share a tax id and nothing else; a branch has another КПП."""
    return not (row.kpp and other.kpp and row.kpp != other.kpp) and not agrees(row, other)
