"""One client's adoption whole: weeks of each product, functions, versions, places, people and lessons."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.metrics.product_trends import WEEKS, YEAR_WEEKS, Idle, Trend, idle, trend
from onewindow.records.adoption import Licence, Trainee, Training, Workplace, is_in_force
from onewindow.records.clients import Client, Contact
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.adoption import function_use, ownership
from onewindow.store.adoption.function_use import Used
from onewindow.store.clients import cards as clients
from onewindow.text.dates import week_monday, week_number

FUNCTION_WEEKS = 12
"""So many weeks back the use of functions is counted."""
_FUNCTION_MEMORY = 104
_TAUGHT = ("passed", "done")


@frozen_struct
class FunctionUse:
    """One function of a product at the client; one that was never touched has no last week."""

    name: str
    weeks: int
    """Weeks with use of the last 12."""
    users: int
    """Users of the last week with use."""
    uses: int
    """How often it was used in the last 12 weeks."""
    last_week: str | None
    """Monday of the last week with use, of two years."""


@frozen_struct
class ProductUse:
    """One product that a client owns."""

    product_id: int
    name: str
    module_of: str
    licences: tuple[Licence, ...]
    bought: int
    """Licences in force."""
    active: int
    last_used_on: str | None
    installed: str
    """The version on file, '' if none is."""
    newest: str
    """The version that came out last, '' if none did."""
    places: tuple[Workplace, ...]
    weeks: tuple[int | None, ...]
    """Users of 52 weeks, the oldest first, the running one last."""
    trend: Trend | None
    idle: Idle | None
    functions: tuple[FunctionUse, ...]

    @property
    def installed_places(self) -> int:
        """Workplaces where it is installed."""
        return sum(place.installed_on is not None for place in self.places)

    @property
    def is_behind(self) -> bool:
        """Whether a newer version is out than the one on file."""
        return bool(self.installed and self.newest and self.installed != self.newest)


@frozen_struct
class Person:
    """One person at work there, with their lessons."""

    contact: Contact
    planned: int
    done: int
    passed: int
    missed: int
    last_on: str | None
    """The day of their last lesson that was held."""

    @property
    def status(self) -> str:
        """`passed`, `done`, `planned`, `missed`, or `never` had a lesson."""
        counts = ("passed", self.passed), ("done", self.done), ("planned", self.planned)
        best = next((word for word, count in counts if count), "")
        return best or ("missed" if self.missed else "never")


@frozen_struct
class AdoptionSnapshot:
    """Everything of one client that the Adoption screen shows."""

    client: Client
    products: tuple[ProductUse, ...]
    loose_places: tuple[Workplace, ...]
    """Workplaces of no product that the client owns."""
    people: tuple[Person, ...]
    trainings: tuple[Training, ...]
    trainees: tuple[Trainee, ...]

    @property
    def taught(self) -> int:
        """People at work who learnt something."""
        return sum(person.status in _TAUGHT for person in self.people)


def read_adoption(session: Session, client_id: int) -> AdoptionSnapshot:
    """The adoption of one client now; raises NotFound."""
    store = session.store
    with store.read():
        client = rows.get(store, Client, client_id)
        places = ownership.workplaces(store, client_id)
        trainings = ownership.trainings(store, client_id)
        trainees = function_use.trainees(store, client_id)
        people = [contact for contact in clients.contacts(store, client_id) if contact.left_on is None]
        products = _products(session, client_id, places)
    owned = {product.product_id for product in products}
    return AdoptionSnapshot(
        client=client,
        products=tuple(products),
        loose_places=tuple(place for place in places if place.product_id not in owned),
        people=tuple(_person(contact, trainings, trainees) for contact in people),
        trainings=tuple(trainings),
        trainees=tuple(trainees),
    )


def states_of(
    contact_id: int, trainings: Sequence[Training], trainees: Sequence[Trainee]
) -> list[tuple[str, str]]:
    """State and day of each lesson of a person: what is noted of them in it, else how the lesson went."""
    of_lesson = {trainee.training_id: trainee for trainee in trainees if trainee.contact_id == contact_id}
    states: list[tuple[str, str]] = []
    for training in trainings:
        own = of_lesson.get(training.id)
        if own is None and training.contact_id != contact_id:
            continue
        states.append((own.state if own else training.state, training.held_on or training.planned_on or ""))
    return states


def _person(contact: Contact, trainings: Sequence[Training], trainees: Sequence[Trainee]) -> Person:
    states = states_of(contact.id, trainings, trainees)
    counts = {
        word: sum(state == word for state, _ in states) for word in ("planned", "done", "passed", "missed")
    }
    last = max((day for state, day in states if state in _TAUGHT), default="")
    return Person(contact=contact, **counts, last_on=last or None)


def _products(session: Session, client_id: int, places: Sequence[Workplace]) -> list[ProductUse]:
    store, today = session.store, session.today().isoformat()
    this_week = week_number(session.today())
    first = this_week - YEAR_WEEKS + 1
    series: dict[int, dict[int, int]] = {}
    # Sixteen weeks more, since a season is told by the same weeks of the year before.
    for product_id, week, users, _ in ownership.usage(store, client_id, first - WEEKS):
        series.setdefault(product_id, {})[week] = users
    functions: dict[int, list[Used]] = {}
    for used in function_use.used_by(store, client_id, this_week - _FUNCTION_MEMORY):
        functions.setdefault(used.product_id, []).append(used)
    owned: dict[int, list[Licence]] = {}
    for licence in ownership.licences(store, client_id):
        owned.setdefault(licence.product_id, []).append(licence)
    products: list[ProductUse] = []
    for product_id, licences in owned.items():
        weeks = series.get(product_id, {})
        current = [licence for licence in licences if is_in_force(licence, today)]
        # Without the running week: half a week of use would read as a fall.
        full = [weeks.get(week) for week in range(this_week - 26, this_week)]
        before = range(this_week - YEAR_WEEKS - WEEKS, this_week - YEAR_WEEKS)
        release = function_use.newest_release(store, product_id, today)
        product = session.directory.products.get(product_id)
        products.append(
            ProductUse(
                product_id=product_id,
                name=session.directory.product(product_id),
                module_of=session.directory.product(product.parent_id) if product else "",
                licences=tuple(licences),
                bought=sum(licence.bought for licence in current),
                active=sum(licence.active for licence in current),
                last_used_on=max((licence.last_used_on or "" for licence in licences), default="") or None,
                installed=max((licence.installed_version for licence in licences), default=""),
                newest=release.version_name if release else "",
                places=tuple(place for place in places if place.product_id == product_id),
                weeks=tuple(weeks.get(week) for week in range(first, this_week + 1)),
                trend=trend(full, [weeks.get(week) for week in before]),
                idle=idle(full),
                functions=_functions(
                    functions.get(product_id, ()), function_use.known_functions(store, product_id), this_week
                ),
            )
        )
    return sorted(products, key=lambda product: (-product.bought, product.name))


def _functions(used: Sequence[Used], known: Sequence[str], this_week: int) -> tuple[FunctionUse, ...]:
    """The functions of a product, the most used first, those never touched last."""
    # Known ones first with nothing: what was never touched is what one looks for here.
    by_name: dict[str, list[Used]] = {name: [] for name in known}
    for week in used:
        if week.users or week.uses:
            by_name.setdefault(week.name, []).append(week)
    since = this_week - FUNCTION_WEEKS
    functions: list[FunctionUse] = []
    for name, weeks in by_name.items():
        lately = [week for week in weeks if week.week >= since]
        last = weeks[-1] if weeks else None
        functions.append(
            FunctionUse(
                name=name,
                weeks=len(lately),
                users=last.users if last else 0,
                uses=sum(week.uses for week in lately),
                last_week=week_monday(last.week).isoformat() if last else None,
            )
        )
    return tuple(
        sorted(functions, key=lambda function: (function.last_week is None, -function.uses, function.name))
    )
