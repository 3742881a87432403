"""What a client said, written down from one typed line: whom and what it names, what it may mean."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.feedback import linking
from onewindow.desk.feedback.linking import Similar
from onewindow.desk.feedback.releases import release_named
from onewindow.desk.requests.intake_clients import ClientReader
from onewindow.desk.requests.intake_people import person_of_client
from onewindow.desk.session.context import Session
from onewindow.desk.session.naming import title_of as name_of
from onewindow.records.adoption import Feature, Product, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.clients import cards
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.capture.feedback_line import FeedbackMarks, read_feedback_line, words_left
from onewindow.text.capture.line import Part, Word, title_of
from onewindow.text.fold import fold


@frozen_struct
class ReadFeedback:
    """What a line says; `problems` are sentences about what is in the way of keeping it."""

    text: str
    client: Client | None
    quote: str
    kind: str
    importance: int
    contact: Contact | None
    product: Product | None
    competitor: str
    release: Release | None
    feature: Feature | None
    """The feature that the line names."""
    similar: tuple[Similar, ...]
    """Features that the quote may mean, in the order of their numbers after `=`."""
    problems: tuple[str, ...]


class FeedbackIntake:
    """Understands a line again and again while it is typed; nothing is stored until `save`.

    It may be asked from another thread with a store of that thread.
    """

    def __init__(self, session: Session, shown_id: int | None = None) -> None:
        """Begin; `shown_id` is the client on the screen, who need not be named."""
        self._session, self._shown_id = session, shown_id
        self._clients = ClientReader(session.me.id)
        self._products = dict(session.directory.products)
        self._features: linking.Features | None = None

    def understand(self, text: str, store: Store | None = None) -> ReadFeedback:
        """What a line says."""
        store = store or self._session.store
        marks = read_feedback_line(text)
        problems = list(marks.problems)
        client, left = self._client(store, marks, problems)
        quote = marks.quote or left
        if marks.quote and left:
            problems.append(f"“{left}” is not understood: put all that the client said into «».")
        if not quote:
            problems.append("Say what the client said.")
        product = self._product(marks, problems)
        release = self._release(store, marks, problems)
        if self._features is None:
            self._features = linking.Features(store)
        similar = tuple(self._features.similar(quote, product.id if product else None)) if quote else ()
        return ReadFeedback(
            text=text,
            client=client,
            quote=quote,
            kind=marks.kind or ("competitor" if marks.competitor else "reaction" if release else "wish"),
            importance=1 if marks.importance is None else marks.importance,
            contact=_contact(store, client, marks.contact, problems),
            product=product,
            competitor=marks.competitor,
            release=release,
            feature=self._feature(marks.feature, similar, problems),
            similar=similar,
            problems=tuple(problems),
        )

    def save(self, read: ReadFeedback) -> Feedback:
        """Keep it as a quote heard by this person today; raises StoreProblem with what is in the way."""
        if read.problems:
            raise StoreProblem(read.problems[0])
        product_id = read.product.id if read.product else None
        feature = read.feature
        if product_id is None and feature is not None:
            product_id = feature.product_id
        if product_id is None and read.release is not None:
            product_id = read.release.product_id
        return changing.insert(
            self._session,
            Feedback(
                client_id=read.client.id if read.client else 0,
                feedback_kind=read.kind,  # pyright: ignore[reportArgumentType]  one of the choices by `spellings`
                quote=read.quote,
                importance=read.importance,
                contact_id=read.contact.id if read.contact else None,
                said_on=self._session.today().isoformat(),
                product_id=product_id,
                feature_id=feature.id if feature else None,
                release_id=read.release.id if read.release else None,
                competitor=read.competitor,
                staff_id=self._session.me.id,
            ),
        )

    def _client(self, store: Store, marks: FeedbackMarks, problems: list[str]) -> tuple[Client | None, str]:
        """The client, and the words that name nobody."""
        whole: tuple[Part, ...] = (Part("title", 0, len(marks.rest), ""),) if marks.rest else ()
        named = self._clients.read(store, marks.rest, whole, self._shown_id)
        if named.is_certain:
            left = title_of(marks.rest, named.parts)
            return rows.find(store, Client, named.hits[0].client_id), " ".join(words_left(left))
        left = " ".join(words_left(marks.rest))
        if self._shown_id is not None:
            return rows.find(store, Client, self._shown_id), left
        if named.hits:
            some = ", ".join(f"C-{hit.number} {hit.name}" for hit in named.hits[:4])
            problems.append(f"Which client: {some}?")
            return None, "" if marks.quote else left
        begin = "Begin with the client: name, C-17, or telephone."
        # Outside the quotation marks only the client stands, so that word was meant as one.
        problems.append(f"No client is called “{left}”. {begin}" if marks.quote and left else begin)
        return None, "" if marks.quote else left

    def _product(self, marks: FeedbackMarks, problems: list[str]) -> Product | None:
        if not marks.products:
            return None
        asked = fold(marks.products[-1])
        known = [one for one in self._products.values() if fold(one.name) == asked or one.slug == asked]
        known = known or [one for one in self._products.values() if fold(one.name).startswith(asked)]
        if len(known) == 1:
            return known[0]
        if known:
            some = ", ".join(one.name for one in known[:4])
            problems.append(f"#{marks.products[-1]} may be {some}; write it in full.")
        else:
            problems.append(f"#{marks.products[-1]} is no kind of feedback and no product.")
        return None

    def _release(self, store: Store, marks: FeedbackMarks, problems: list[str]) -> Release | None:
        if not marks.release:
            return None
        product = self._product(marks, [])
        try:
            return release_named(
                store, self._products, marks.release, product_id=product.id if product else None
            )
        except StoreProblem as problem:
            problems.append(str(problem))
            return None

    def _feature(self, named: str, similar: tuple[Similar, ...], problems: list[str]) -> Feature | None:
        if not named:
            return None
        if named.isdecimal():
            place = int(named)
            if 1 <= place <= len(similar):
                return similar[place - 1].feature
            problems.append(f"={named}: {len(similar)} features are offered.")
            return None
        found = self._features.similar(named) if self._features is not None else []
        if found and (len(found) == 1 or found[0].score > found[1].score):
            return found[0].feature
        some = f" may be {', '.join(one.feature.title for one in found)}" if found else " is no feature"
        problems.append(f"={named}{some}; J in panel 4 links it later, or makes a new one.")
        return None


def _contact(store: Store, client: Client | None, name: str, problems: list[str]) -> Contact | None:
    if not name or client is None:
        return None
    people = cards.contacts(store, client.id)
    words = [Word(0, len(part), part) for part in name.split()]
    found = person_of_client(people, words, [name])
    if found is None:
        some = ", ".join(person.name for person in people[:4]) or "nobody yet"
        problems.append(f"@{name}: not one person of {client.name} is called so; there are {some}.")
        return None
    return found.contact


def lines_of(read: ReadFeedback) -> list[tuple[str, str]]:
    """What was understood, part by part: what it is, and what was read; problems first."""
    lines = [("!", problem) for problem in read.problems]
    lines.append(("client", f"{read.client.name} C-{read.client.number}" if read.client else "not named yet"))
    lines.append(("said", f"«{read.quote}»" if read.quote else "nothing yet"))
    lines.append(("kind", f"{read.kind}, importance {read.importance}"))
    optional = (
        ("who said it", read.contact.name if read.contact else ""),
        ("product", read.product.name if read.product else ""),
        ("competitor", read.competitor),
        ("release", name_of(read.release) if read.release else ""),
        ("feature", read.feature.title if read.feature else ""),
    )
    lines += [(label, text) for label, text in optional if text]
    if read.feature is None:
        lines += [
            (f"={place}", f"{one.feature.title} ({one.feature.status.replace('_', ' ')})")
            for place, one in enumerate(read.similar, start=1)
        ]
    return lines
