"""What the import screen does in its thread: looking, trying on a copy, importing, taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from textual.message import Message

from onewindow.desk.imports.lists import SortedRows
from onewindow.desk.imports.look import FileLook, look_at
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.rejected import keep_rejected
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.trial import Trial, copy_of, try_import
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.exchange.headers.matching import MapProblem
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.opening import read_source
from onewindow.store.engine import Store

_REPORT_EVERY_SECONDS = 0.2


class Stopped(Exception):
    """Somebody stopped the work before it was done."""


class Told(Message):
    """Something that the thread says; `question` is the number of the question that it answers."""

    def __init__(self, question: int) -> None:
        super().__init__()
        self.question = question


class Looked(Told):
    """The file has been looked at."""

    def __init__(self, question: int, data: bytes, look: FileLook) -> None:
        super().__init__(question)
        self.data = data
        self.look = look


class Tried(Told):
    """The dry run has ended, or has begun: `trial` says whether it is whole."""

    def __init__(self, question: int, trial: Trial) -> None:
        super().__init__(question)
        self.trial = trial
        self.sorted = SortedRows(trial.report)


class Imported(Told):
    """The import has ended; `said` is what became of refused rows."""

    def __init__(self, question: int, report: ImportReport, said: str) -> None:
        super().__init__(question)
        self.report = report
        self.sorted = SortedRows(report)
        self.said = said


class TakenBack(Told):
    """The last change was taken back."""

    def __init__(self, question: int, label: str) -> None:
        super().__init__(question)
        self.label = label


class Failed(Told):
    """It cannot be done; nothing came in."""

    def __init__(self, question: int, text: str, *, was_stopped: bool = False) -> None:
        super().__init__(question)
        self.text = text
        self.was_stopped = was_stopped


class Going(Told):
    """How far the work is: the phase, and how many things of how many (0: not known) are done."""

    def __init__(self, question: int, phase: str, done: int, total: int) -> None:
        super().__init__(question)
        self.phase = phase
        self.done = done
        self.total = total


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be brought in, and how."""

    path: Path
    kind: str
    """Empty: the likeliest."""
    options: ImportOptions
    data: bytes | None = None
    """What the file holds, if it has been read."""


class ImportWork:
    """One thread with a connection of its own; a newer question stops the older one."""

    def __init__(self, session: Session, tell: Callable[[Told], object]) -> None:
        """`tell` is called from the thread."""
        self._session = session
        self._tell = tell
        self._reader = BesideReader(session.store)
        self.question = 0
        """The number of the newest question; what others say is old."""
        self._is_stopped = False

    def close(self) -> None:
        """Stop whatever is running; an import that is not done yet leaves nothing."""
        self.question += 1
        self._reader.close()

    def stop(self) -> None:
        """Stop an import before its commit; it says `Failed`, or `Imported` if it was done already."""
        self._is_stopped = True

    def prepare(self, job: Job) -> None:
        """Look at the file and try it: says `Looked`, `Going` and `Tried`, or `Failed`."""
        question = self._next()

        def loads(store: Store) -> Iterator[Told]:
            going = _Progress(question, self._tell, lambda: question != self.question)
            going.phase("reading the file")
            data = job.data if job.data is not None else read_source(job.path, job.path.name)
            look = look_at(data, job.path.name, job.kind, job.options)
            yield Looked(question, data, look)
            going.phase("copying what is on file")
            with copy_of(self._session, store) as beside:
                beside.store.on_progress = going.count
                going.phase("reading how dates and numbers are written")
                trial = try_import(
                    *(beside, look.kind, data, job.path.name, job.options, going.rows),
                    first=lambda begun: self._tell(Tried(question, begun)),
                )
            yield Tried(question, trial)

        self._ask(question, loads)

    def bring_in(self, job: Job, total: int) -> None:
        """Import the file: says `Going` and `Imported`, or `Failed`; `total` is how many rows it has."""
        question = self._next()

        def loads(store: Store) -> Iterator[Told]:
            going = _Progress(question, self._tell, lambda: self._is_stopped, total)
            going.phase("reading how dates and numbers are written")
            store.on_progress = going.count
            data = job.data if job.data is not None else read_source(job.path, job.path.name)
            report = import_file(
                self._session.beside(store), job.kind, data, job.path.name, job.options, progress=going.rows
            )
            yield Imported(question, report, _keep_rejected(report, job.path))

        self._ask(question, loads)

    def take_back(self) -> None:
        """Undo the last change of this person: says `TakenBack` or `Failed`."""
        question = self._next()

        def loads(store: Store) -> Iterator[Told]:
            going = _Progress(question, self._tell, lambda: False)
            going.phase("taking it back")
            store.on_progress = going.count
            yield TakenBack(question, self._session.beside(store).undo())

        self._ask(question, loads)

    def _next(self) -> int:
        self.question += 1
        self._is_stopped = False
        return self.question

    def _ask(self, question: int, loads: Callable[[Store], Iterator[Told]]) -> None:
        def guarded(store: Store) -> Iterator[Told]:
            try:
                yield from loads(store)
            except (FileProblem, MapProblem) as problem:
                yield Failed(question, str(problem))
            except Exception:
                if not self._is_stopped:
                    raise
                yield Failed(question, "Stopped: nothing came in.", was_stopped=True)

        self._reader.ask(guarded, self._tell, lambda problem: self._tell(Failed(question, str(problem))))


class _Progress:
    """Says now and then how far it is, and ends the work that nobody wants any more."""

    def __init__(
        self, question: int, tell: Callable[[Told], object], is_unwanted: Callable[[], bool], total: int = 0
    ) -> None:
        self._question = question
        self._tell = tell
        self._is_unwanted = is_unwanted
        self._total = total
        self._told_at = 0.0

    def phase(self, words: str) -> None:
        """Say that another phase begins."""
        self._refuse_unwanted()
        self._tell(Going(self._question, words, 0, 0))

    def rows(self, done: int, _seconds: float) -> None:
        """Rows are done."""
        self.count("rows", done, self._total)

    def count(self, phase: str, done: int, total: int) -> None:
        """So many things of a phase are done."""
        self._refuse_unwanted()
        if monotonic() - self._told_at >= _REPORT_EVERY_SECONDS:
            self._told_at = monotonic()
            self._tell(Going(self._question, phase, done, total))

    def _refuse_unwanted(self) -> None:
        if self._is_unwanted():
            raise Stopped


def _keep_rejected(report: ImportReport, path: Path) -> str:
    """Write refused rows beside the file, as the command does, and say where they are."""
    if not report.rejected:
        return ""
    try:
        target = keep_rejected(report, str(path))
    except OSError as error:
        return f"The refused rows could not be written ({error.strerror})."
    return f"The refused rows are in {target}: mend them there and import that file."
