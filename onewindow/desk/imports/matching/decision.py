"""Who or what a row of a file means: the one decision for every kind, from values alone.

| a key | identifies | where |
|---|---|---|
| our own id | always | a file that a One Window wrote |
| id of the other program | of one source; where none is named, only if something else agrees | every kind |
| tax id | unless the КПП differs (a branch), or tells of several | clients, requisites |
| name with a phone or an e-mail | yes; a name that is only alike is enough then | clients, people |
| name alone | whole, and only while nothing contradicts | clients, people, kinds with one of a name |
| another name, the legal name, without its form, a former name | the only one, in this order | clients |
| all that tells apart | whole, each record once: n alike in a file mean n on file | money, requests, events |
| phone or e-mail alone, shared mailbox, filler | never | |

| what differs | then |
|---|---|
| tax ids, or КПП beside one tax id | somebody else; refused as unclear where an id says that it is the same |
| КПП beside one tax id, on file or in one file | a branch: new, whatever its name alone fits |
| what else rows or cards of one firm's name have | unclear, unless more than the name fits one of them |
| ids of one source, or ids of no source | somebody else |
| the client | somebody else; refused as unclear where an id of no source says that it is the same |
| people: phone or e-mail, and neither agrees | a namesake, so a new record |
| firms: phone and e-mail, or one of them and the city | a namesake, so a new record |
| firms of one name: the legal form | somebody else; unclear where a name without one may be either |
| firms of one tax id: every word | flagged; refused as unclear where two rows of one file are so |
| firms of one name: the ОГРН; of one file, also any of phone, e-mail, city, site, address | a namesake |
| everything but an id of no source | refused as unclear: it may be the id of another program |
"""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.imports.matching.identities import (
    EXTERNAL,
    FORMER,
    NOTHING,
    OWN,
    REACH,
    SAID,
    SOURCE,
    TAX,
    WHOLE,
    Decision,
    Identity,
    Nature,
    Reach,
)
from onewindow.desk.imports.matching.name_evidence import (
    agrees,
    by_name,
    has_other_form,
    is_of_several_forms,
    is_said_as,
    names_fit,
    names_of,
    shares_form,
    unsure_message,
)
from onewindow.text.identifiers.tax_ids import is_same_tax_id

NEW = Decision()
_PLURALS: dict[Nature, str] = {"firm": "clients", "person": "people", "thing": "records"}
_MORE: dict[Nature, str] = {"firm": " or of tax ids", "person": ", phones or e-mails", "thing": ""}
_OTHER_PROGRAM = "; is it of another program? name the program with --source"


def decide(row: Identity, known: Sequence[Identity], nature: Nature) -> Decision:
    """Say which of the records on file a row means; their order does not count."""
    fitting: list[tuple[int, Identity]] = []
    unclear = namesake = ""
    unsure: list[Identity] = []
    is_formed = nature == "firm" and is_of_several_forms(row, known)
    is_branch = row.is_branch or any(_is_branch_of(row, candidate) for candidate in known)
    passed: list[Identity] = []
    for candidate in known:
        evidence = _evidence(row, candidate, nature)
        # A name that another legal form bears is no evidence, but the result says who has it.
        is_other = nature == "firm" and evidence in (SAID, FORMER) and has_other_form(row, candidate)
        if evidence == NOTHING or is_other:
            if nature == "firm" and is_said_as(row, candidate):
                namesake = namesake or f"{candidate.label} on file has the name, but another legal form"
            continue
        if is_formed and evidence in (SAID, FORMER) and not shares_form(row, candidate):
            unsure.append(candidate)
            continue
        why = "" if evidence == OWN else _contradiction(row, candidate, nature, evidence)
        if not why and is_branch and evidence < REACH and not candidate.tax_id:
            why = "without a tax id, and that of the row is of several with another КПП each"
        if why:
            if evidence <= WHOLE and not _is_distinguished(row, candidate):
                passed.append(candidate)
            if evidence in (SOURCE, EXTERNAL):
                unclear = unclear or f"{_named(row, candidate)}, but {why}"
            elif not namesake:
                shared = "its tax id" if evidence == TAX else "the name"
                namesake = f"{candidate.label} on file has {shared}, but {why}"
            continue
        fitting.append((evidence, candidate))
    best, rank = _surest(row, fitting, nature)
    if row.doubt and rank <= REACH:
        return Decision(unclear=f"unclear: {row.doubt}")
    # Where an id that agrees is contradicted, only a key as sure as an id tells whom the row means, no name.
    if rank >= EXTERNAL or (best and not unclear):
        meant = _one_of(row, best, rank, nature)
        if nature == "firm" and rank <= WHOLE and meant.record_id and not _is_backed(row, best, passed):
            meant = _several((*best, *passed), nature)
        return _as_firm(row, best, meant, rank) if nature == "firm" else meant
    unclear = unclear or row.doubt or (unsure_message(row, unsure) if is_formed else "")
    if unclear:
        return Decision(unclear=f"unclear: {unclear}")
    return Decision(namesake=namesake)


def _as_firm(row: Identity, best: Sequence[Identity], meant: Decision, rank: int) -> Decision:
    """What was found, unless a tax id alone says so while everything else is that of another firm."""
    known = next((candidate for candidate in best if candidate.record_id == meant.record_id), None)
    if known is None:
        return meant
    if rank != TAX or agrees(row, known):
        # A legal name or a former one is no better than another of the same client, unless it alone tells.
        counting = known.called if rank > REACH else names_of(known)
        keeps = any(name.is_said_as(own) for own in row.called for name in counting)
        return Decision(meant.record_id, keeps_name=keeps)
    if row.doubt or known.is_of_file:
        why = row.doubt or f"it has the tax id of {known.label} in this file, and nothing else agrees"
        return Decision(unclear=f"unclear: {why}")
    odd = f"it has the tax id of {known.label}, but no word of that name; is the id right?"
    return Decision(meant.record_id, odd=odd)


def _evidence(row: Identity, known: Identity, nature: Nature) -> int:
    """The strongest key that both share, whatever contradicts it."""
    if row.record_id and row.record_id == known.record_id:
        return OWN
    shared = row.external & known.external
    if any(source for source, _ in shared):
        return SOURCE
    if row.tax_id and known.tax_id and is_same_tax_id(row.tax_id, known.tax_id):
        return TAX
    if shared or (_loose(row, known) and _is_confirmed(row, known, nature)):
        return EXTERNAL
    if nature == "thing":
        return WHOLE if row.facts is not None and row.facts == known.facts else NOTHING
    if _shares_reach(row, known, nature):
        return REACH
    if row.name and row.name == known.name:
        return WHOLE
    return by_name(row, known) if nature == "firm" else NOTHING


def _shares_reach(row: Identity, known: Identity, nature: Nature) -> bool:
    """Whether a phone or an e-mail is one and the names are alike enough for it.

    Colleagues share a phone on their desks, and firms of a group that of their office.
    """
    if nature == "firm":
        return bool(row.phones & known.phones or row.mails & known.mails) and names_fit(row, known)
    if row.mails & known.mails and row.words & known.words:
        return True
    return bool(row.phones & known.phones) and _are_alike(row.words, known.words)


def _are_alike(words: Reach, others: Reach) -> bool:
    """Whether one name is the other with more or less of it: Ким А. С., Ким Анна, Ким Анна Сергеевна."""
    shorter, longer = sorted((words, others), key=lambda side: (len(side), sorted(side)))
    if not shorter & longer:
        return False
    left = shorter - longer
    return all(
        any(word[0] == longer_word[0] and 1 in (len(word), len(longer_word)) for longer_word in longer)
        for word in left
    )


def _loose(row: Identity, known: Identity) -> bool:
    """Whether both have one id and only one of them says of which program."""
    if not row.external or not known.external:
        return False
    plain = {key for source, key in row.external if not source}
    theirs = {key for source, key in known.external if not source}
    return bool(plain & {key for _, key in known.external} or theirs & {key for _, key in row.external})


def _contradiction(row: Identity, known: Identity, nature: Nature, evidence: int) -> str:
    """Why both cannot be one in spite of what they share; '' if nothing says so."""
    if row.tax_id and known.tax_id and not is_same_tax_id(row.tax_id, known.tax_id):
        return f"with the tax id {known.tax_id}"
    if row.kpp and known.kpp and row.kpp != known.kpp:
        return f"with the КПП {known.kpp}"
    is_moved = bool(row.client_id and known.client_id and row.client_id != known.client_id)
    if is_moved and (evidence != SOURCE or nature == "person"):
        return "of another client"
    is_by_id = evidence in (SOURCE, EXTERNAL)
    is_another = not row.external & known.external and _common_sources(row, known)
    if not is_by_id and is_another and not _loose(row, known):
        return "with another id of the same program"
    if evidence == EXTERNAL and not _is_confirmed(row, known, nature):
        return f"nothing else of it agrees{_OTHER_PROGRAM}"
    if nature == "firm" and evidence <= REACH:
        if row.ogrn and known.ogrn and row.ogrn != known.ogrn:
            return f"with the ОГРН {known.ogrn}"
        if known.is_of_file and (field := _other_field(row, known)):
            return f"with another {field} in this file"
    if evidence <= WHOLE and nature != "thing":
        return _other_reach(row, known, nature)
    return ""


def _common_sources(row: Identity, known: Identity) -> bool:
    return not {source for source, _ in row.external}.isdisjoint(source for source, _ in known.external)


def _is_confirmed(row: Identity, known: Identity, nature: Nature) -> bool:
    """Whether something besides an id of no source agrees, or there is nothing to compare."""
    if nature == "thing":
        mine, theirs = {name for name, _ in row.agreeing}, {name for name, _ in known.agreeing}
        if row.agreeing & known.agreeing or row.words & known.words:
            return True
        return not mine & theirs and not (row.words and known.words)
    if row.words & known.words or row.name == known.name or not row.name or not known.name:
        return True
    return bool(
        row.phones & known.phones
        or row.mails & known.mails
        or (row.tax_id and known.tax_id and is_same_tax_id(row.tax_id, known.tax_id))
    )


def _other_reach(row: Identity, known: Identity, nature: Nature) -> str:
    """Why somebody of one name is somebody else, by phone and e-mail."""
    phone = bool(row.phones and known.phones)  # that they share none is known here
    mail = bool(row.mails and known.mails)
    if nature == "person":
        return f"with another {'phone' if phone else 'e-mail'}" if phone or mail else ""
    elsewhere = bool(row.place and known.place and row.place != known.place)
    own, theirs = row.of_people, known.of_people
    if (row.phones - own and known.phones - theirs) and (row.mails - own and known.mails - theirs):
        return "with another phone and e-mail"
    if elsewhere and (phone or mail):
        return f"in another city with another {'phone' if phone else 'e-mail'}"
    return ""


def _surest(
    row: Identity, fitting: Sequence[tuple[int, Identity]], nature: Nature
) -> tuple[list[Identity], int]:
    """Those of the records on file that fit a row best, and by what they do.

    Of firms that a name alone tells those go first that can be reached wherever the row says.
    """
    rank = max((evidence for evidence, _ in fitting), default=NOTHING)
    if (
        nature == "firm"
        and rank <= WHOLE
        and any(field.startswith(("e-mail", "phone")) for field, _ in row.described)
    ):
        fitting = [pair for pair in fitting if row.described <= pair[1].described] or fitting
        rank = max((evidence for evidence, _ in fitting), default=NOTHING)
    return [candidate for evidence, candidate in fitting if evidence == rank], rank


def _is_branch_of(row: Identity, known: Identity) -> bool:
    """Whether both have one tax id, each with a КПП of its own."""
    return bool(
        row.kpp and known.kpp and row.kpp != known.kpp and row.tax_id and known.tax_id
    ) and is_same_tax_id(row.tax_id, known.tax_id)


def _is_distinguished(row: Identity, known: Identity) -> bool:
    """Whether both have ids of which one is another."""
    both = (row.tax_id and known.tax_id, row.kpp and known.kpp, row.ogrn and known.ogrn)
    return any(both) or _common_sources(row, known)


def _is_backed(row: Identity, best: Sequence[Identity], passed: Sequence[Identity]) -> bool:
    """Whether more than the name tells the one that fits from those of its name that were passed over."""
    if not passed or any(row.described & candidate.described for candidate in best):
        return True
    return any(candidate.name == row.name for candidate in best) and all(
        candidate.name != row.name for candidate in passed
    )


def _other_field(row: Identity, known: Identity) -> str:
    """What both say and differ in, '' for nothing."""
    shared = {field for field, _ in row.described & known.described}
    theirs = {field for field, _ in known.described}
    return min(({field for field, _ in row.described} & theirs) - shared, default="")


def _one_of(row: Identity, best: Sequence[Identity], rank: int, nature: Nature) -> Decision:
    """The only one, or the only one that agrees in more; of things alike any, since they are counted."""
    if len(best) == 1 or (rank == WHOLE and row.facts is not None):
        return Decision(best[0].record_id)
    for narrower in (
        [candidate for candidate in best if candidate.name == row.name],
        [candidate for candidate in best if row.phones & candidate.phones or row.mails & candidate.mails],
        [candidate for candidate in best if row.kpp and candidate.kpp == row.kpp],
        [candidate for candidate in best if row.place and candidate.place == row.place],
        [candidate for candidate in best if not _other_field(row, candidate)],
    ):
        if len(narrower) == 1:
            return Decision(narrower[0].record_id)
    return _several(best, nature)


def _several(known: Sequence[Identity], nature: Nature) -> Decision:
    labels = ", ".join(sorted(candidate.label for candidate in known)[:3])
    meant = f"{len(known)} {_PLURALS[nature]} on file may be meant ({labels})"
    return Decision(unclear=f"unclear: {meant}; add a column of ids{_MORE[nature]}")


def _named(row: Identity, known: Identity) -> str:
    shared = sorted(key for _, key in row.external if key in {theirs for _, theirs in known.external})
    return f"the id {shared[0] if shared else ''} is {known.label} on file"
