"""What must hold for colleagues: one login a person, who may change staff, and who can be given work."""

from __future__ import annotations

from onewindow.desk.people.absences import absences_text
from onewindow.desk.reference.record_entries import Concerned, Context, Display, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import NO_FIELD
from onewindow.desk.validation.time_zones import zone_problem
from onewindow.records.absences import Absence, absence_values, absences_of
from onewindow.records.fields import columns
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.engine import Store, Value
from onewindow.store.people import absence_cover, organization
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import day_in_full
from onewindow.text.identifiers.mail_addresses import email_problem
from onewindow.text.names.logins import as_login, login_problem

OWN_FIELDS = frozenset({"phone", "email", "language", "time_zone"})
"""What everybody may change of their own record."""
ABSENCE_FIELDS = frozenset({"away_from", "away_till", "deputy_id", "absences"})
"""What people note of themselves, and leads of everybody."""
_COVERED_AT_ONCE = 1000
"""So many clients of a colleague who goes or comes are renewed with that change."""
_WRITTEN_BY_ITSELF = frozenset({"version", "updated_at"})


def problems(context: Context, record: Staff) -> dict[str, str]:
    """What keeps a colleague from being saved: one sentence by field."""
    before = rows.find(context.store, Staff, record.id) if record.id else None
    if refused := _rights(context, before, record):
        return refused
    errors = _login(context.store, before, record)
    kept = absences_of(record)
    for place, absence in enumerate(kept):
        clash = next((other for other in kept[place + 1 :] if absence.overlaps(other)), None)
        if clash is not None:
            last = day_in_full(clash.last) if clash.last else "further notice"
            days = f"{day_in_full(clash.first)} – {last}"
            errors["away_from"] = f"{record.name} is away already then ({days}); end that first."
    if problem := _stands_in_for_oneself(before, record):
        errors["deputy_id"] = problem
    is_new = bool(record.email) and (before is None or before.email != record.email)
    # An address that came with an import stays until somebody changes it.
    if is_new and (problem := email_problem(record.email)):
        errors["email"] = f"this is no mail address: {problem}."
    if record.time_zone and (wrong := zone_problem(record.time_zone)):
        errors["time_zone"] = wrong
    return errors


def filled(context: Context, record: Staff) -> dict[str, Value]:
    """A login in small letters, where it is new or changed."""
    before = rows.find(context.store, Staff, record.id) if record.id else None
    values = _typed_absence(context, before, record)
    if before is not None and before.login == record.login:
        return values
    login = as_login(record.login)
    return values if login == record.login else {**values, "login": login}


def _typed_absence(context: Context, before: Staff | None, record: Staff) -> dict[str, Value]:
    """The list after the days of the record itself were typed: they are those of the nearest absence."""
    days = (record.away_from, record.away_till)
    if before is None:
        is_typed = bool(record.away_from) and not record.absences
    else:
        is_typed = record.absences == before.absences and days != (before.away_from, before.away_till)
    if not is_typed:
        return {}
    shown = (before.away_from, before.away_till) if before is not None else None
    known = absences_of(before) if before is not None else ()
    deputy = next((absence.deputy_id for absence in known if (absence.first, absence.last) == shown), None)
    kept = [absence for absence in known if (absence.first, absence.last) != shown]
    if record.away_from:
        kept.append(Absence(record.away_from, record.away_till, deputy))
    return dict(absence_values(kept, context.today))


def validate_moving(context: Context, record: Staff) -> None:
    """Raise StoreProblem where somebody may not archive or restore a colleague."""
    if not _is_admin(context):
        raise StoreProblem(_only_admins(context.store))
    if record.archived_at is None and _is_last_admin(context.store, record):
        raise StoreProblem(f"{record.name} is the last admin here; name another admin first.")


def _stands_in_for_oneself(before: Staff | None, record: Staff) -> str:
    """Why somebody cannot be the deputy, '' where nothing speaks against it; what stood before is left."""
    if not record.id:
        return ""
    is_own_deputy = record.deputy_id == record.id and (before is None or before.deputy_id != record.id)
    kept = absences_of(before) if before is not None else ()
    is_own_deputy |= any(
        absence.deputy_id == record.id and absence not in kept for absence in absences_of(record)
    )
    return "nobody stands in for oneself; name somebody else." if is_own_deputy else ""


def _login(store: Store, before: Staff | None, record: Staff) -> dict[str, str]:
    if before is not None and before.login == record.login:
        return {}
    login = as_login(record.login)
    if problem := login_problem(login):
        return {"login": problem}
    for staff_id, name, taken in organization.logins(store):
        # Both are folded: a login is written in small letters only since it was new or changed.
        if staff_id != record.id and as_login(taken) == login:
            return {"login": f"{name} has this login already."}
    return {}


def _rights(context: Context, before: Staff | None, record: Staff) -> dict[str, str]:
    """Who changes staff: admins everything, leads absences, everybody the own address."""
    if before is None:
        return {} if _is_admin(context) else {NO_FIELD: _only_admins(context.store)}
    changed = [
        name
        for name in columns(Staff)
        if getattr(before, name) != getattr(record, name) and name not in _WRITTEN_BY_ITSELF
    ]
    if not changed:
        return {}
    if not _is_admin(context):
        allowed = ABSENCE_FIELDS if context.is_lead else frozenset[str]()
        if context.me is not None and context.me.id == record.id:
            allowed = OWN_FIELDS | ABSENCE_FIELDS
        return {name: _only_admins(context.store) for name in changed if name not in allowed}
    first = organization.first_person(context.store)
    is_first = first is not None and first.id == before.id  # who stays an admin in any role
    if "role" in changed and not is_first and _is_last_admin(context.store, before):
        return {"role": f"{before.name} is the last admin here; name another admin first."}
    return {}


def _is_admin(context: Context) -> bool:
    return context.me is not None and organization.is_admin(context.store, context.me.id)


def _is_last_admin(store: Store, person: Staff) -> bool:
    """Whether nobody could change staff any more if this person could not."""
    return [admin.id for admin in organization.admins(store)] == [person.id]


def _only_admins(store: Store) -> str:
    names = ", ".join(admin.name for admin in organization.admins(store)[:3])
    return f"only an admin changes {KINDS['staff'].plural}; ask {names or 'whoever runs this file'}."


STAFF = RecordEntry[Session, Staff](
    RecordRules(problems=problems, filled=filled, validate_moving=validate_moving),
    caches=frozenset({"turn"}),
    concerned=Concerned(absence_cover.client_ids, _COVERED_AT_ONCE),
    display=Display(texts={"absences": absences_text}),
)
