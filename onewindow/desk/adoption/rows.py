"""One client's adoption as the rows of a table, and what stands behind each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onewindow.desk.adoption.summary import AdoptionSnapshot, FunctionUse, Person, ProductUse
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.adoption import trained
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when_at
from onewindow.metrics.product_trends import YEAR_WEEKS, explain_idle, explain_trend
from onewindow.records.adoption import Training, Workplace
from onewindow.text.dates import short_day, week_monday, week_number
from onewindow.text.layout.bars import bars
from onewindow.text.layout.cells import Cell, Column, Row, Tone

HEADINGS = ("what", "how much", "by week", "last")
PRODUCT, FUNCTION, PERSON = "licence", "feature_use", "contact"


def columns(weeks: int) -> tuple[Column, ...]:
    """The columns of the table with so many weeks of bars."""
    return (Column(min_width=18), Column(width=17), Column(width=weeks), Column(width=18, drop_priority=1))


def rows_of(session: Session, snapshot: AdoptionSnapshot, weeks: int) -> list[Row]:
    """Products with their functions and workplaces, then people, then lessons."""
    moment = when_at(session, session.now())
    rows: list[Row] = []
    for product in snapshot.products:
        rows.append(_product_row(session, moment, product, weeks))
        rows += [_function_row(moment, product, function) for function in product.functions]
        rows += [_place_row(moment, place) for place in product.places]
    rows += [_place_row(moment, place) for place in snapshot.loose_places]
    if snapshot.people:
        count = f"{snapshot.taught}/{len(snapshot.people)} had a lesson"
        rows.append(Row("people", (Cell("people at work"), Cell(count), Cell(""), Cell("")), style="title"))
        rows += [_person_row(moment, person) for person in snapshot.people]
    if snapshot.trainings:
        rows.append(Row("lessons", (Cell("lessons"), Cell(""), Cell(""), Cell("")), style="title"))
        rows += [_training_row(session, moment, snapshot, training) for training in snapshot.trainings]
    return rows


def summary(snapshot: AdoptionSnapshot) -> str:
    """What matters in a line: `licences 58/70, workplaces 3/3, trained 2/4`."""
    parts: list[str] = []
    bought = sum(product.bought for product in snapshot.products)
    if bought:
        parts.append(f"licences {sum(product.active for product in snapshot.products)}/{bought}")
    places = [place for product in snapshot.products for place in product.places] + list(
        snapshot.loose_places
    )
    if places:
        installed = sum(place.installed_on is not None for place in places)
        parts.append(f"workplaces {installed}/{len(places)}")
    taught, people = trained(snapshot.trainings)
    if people:
        parts.append(f"trained {taught}/{people}")
    return ", ".join(parts)


def change_text(product: ProductUse) -> str:
    """How use goes, in a word: `decline −39 %`; '' where it is steady or too little is known."""
    trend = product.trend
    if trend is None or trend.direction == "steady":
        return ""
    return f"{trend.direction} {'−' if trend.share < 0 else '+'}{abs(100 * trend.share):.0f} %"


def product_lines(session: Session, product: ProductUse) -> list[str]:
    """The numbers behind a product: licences, version, trend, pause, and every week with its bar."""
    lines = [f"{product.active} of {product.bought} licences in use"]
    if product.bought:
        lines[0] += f" = {100 * product.active / product.bought:.0f} %"
    if product.installed or product.newest:
        lines.append(
            f"version {product.installed or 'not noted'}, the newest is {product.newest or 'not on file'}"
        )
    if product.places:
        lines.append(f"workplaces installed: {product.installed_places} of {len(product.places)}")
    last = product.last_used_on
    lines.append(f"last used on {short_day(last, session.today())}" if last else "no use is recorded")
    lines += [*explain_trend(product.trend), *explain_idle(product.idle), "", *_week_lines(session, product)]
    return lines


def _week_lines(session: Session, product: ProductUse) -> Iterator[str]:
    """Every week, the newest first, with a bar from 0 to the most users or licences."""
    this_week = week_number(session.today())
    top = _top(product)
    for back, users in enumerate(reversed(product.weeks)):
        monday = week_monday(this_week - back).isoformat()
        if users is None:
            yield f"{monday}        not reported"
        else:
            bar = ("=" if session.settings.ascii else "█") * (round(24 * users / top) if top else 0)
            yield f"{monday}  {users:>5}  |{bar}"


def _top(product: ProductUse) -> int:
    return max([product.bought, *(users for users in product.weeks if users is not None)])


def _product_row(session: Session, moment: When, product: ProductUse, weeks: int) -> Row:
    shown = product.weeks[-weeks:] if weeks <= YEAR_WEEKS else product.weeks
    # The bars reach from 0 to the figure beside them; a gap at the end is the running week.
    top = _top(product)
    figures = f"{product.active}/{product.bought}, 0–{top}" if product.bought else "none in force"
    change = change_text(product)
    tone: Tone = "late" if change.startswith("decline") else ""
    last = change or (f"used {moment.away(product.last_used_on)}" if product.last_used_on else "never used")
    name = f"{product.name} {product.installed}".rstrip()
    if product.is_behind:
        name += f" (newest {product.newest})"
    return Row(
        RecordKey(PRODUCT, product.licences[0].id),
        (
            Cell(name),
            Cell(figures),
            Cell(bars(shown, weeks, hi=top or 1, ascii=session.settings.ascii)),
            Cell(last, tone),
        ),
        "!" if tone else " ",
        style="title",
    )


def _function_row(moment: When, product: ProductUse, function: FunctionUse) -> Row:
    if function.last_week is None:
        cells = (Cell(f"  {function.name}"), Cell("never touched", "warn"), Cell(""), Cell(""))
        return Row(f"{FUNCTION}:{product.product_id}:{function.name}", cells)
    how_much = f"{function.users} users, {function.uses} ×" if function.uses else f"{function.users} users"
    cells = (
        Cell(f"  {function.name}"),
        Cell(how_much),
        Cell(f"{function.weeks} of 12 weeks", "" if function.weeks else "warn"),
        Cell(f"week of {moment.day(function.last_week)}", "dim"),
    )
    return Row(f"{FUNCTION}:{product.product_id}:{function.name}", cells)


def _place_row(moment: When, place: Workplace) -> Row:
    installed = f"version {place.installed_version}".rstrip() if place.installed_on else "not installed"
    return Row(
        RecordKey("workplace", place.id),
        (
            Cell(f"  workplace {place.name}"),
            Cell(installed, "" if place.installed_on else "warn"),
            Cell(""),
            Cell(f"since {moment.day(place.installed_on)}" if place.installed_on else "", "dim"),
        ),
    )


def _person_row(moment: When, person: Person) -> Row:
    counts = ", ".join(
        f"{count} {word}"
        for word, count in (
            ("passed", person.passed),
            ("done", person.done),
            ("planned", person.planned),
            ("missed", person.missed),
        )
        if count
    )
    name = f"{person.contact.name}, {person.contact.role}".rstrip(", ")
    return Row(
        RecordKey(PERSON, person.contact.id),
        (
            Cell(f"  {name}"),
            Cell("no lesson yet" if person.status == "never" else person.status, _person_tone(person)),
            Cell(counts, "dim"),
            Cell(f"on {moment.day(person.last_on)}" if person.last_on else "", "dim"),
        ),
    )


def _person_tone(person: Person) -> Tone:
    return "warn" if person.status in ("never", "missed") else ""


def _training_row(session: Session, moment: When, snapshot: AdoptionSnapshot, training: Training) -> Row:
    late = training.state == "planned" and (moment.days_to(training.planned_on) or 0) < 0
    at = (
        moment.due(training.planned_on) if training.state == "planned" else moment.day(training.held_on or "")
    )
    return Row(
        RecordKey("training", training.id),
        (
            Cell(f"  {training.title}"),
            Cell(f"{training.state}, {training.people} people" if training.people != 1 else training.state),
            Cell(_came(snapshot, training)),
            Cell(at or session.directory.surname(training.trainer_id), "late" if late else "dim"),
        ),
        "!" if late else " ",
    )


def _came(snapshot: AdoptionSnapshot, training: Training) -> str:
    """How the people of a training did, counted by state; '' where none is named."""
    known = [trainee for trainee in snapshot.trainees if trainee.training_id == training.id]
    if not known:
        return ""
    states: Sequence[str] = ("passed", "done", "planned", "missed")
    counts = ((state, sum(trainee.state == state for trainee in known)) for state in states)
    return ", ".join(f"{count} {state}" for state, count in counts if count)
